import { median } from "../measure/rounds";
import type { Row } from "../report/table";
import { CORE, FIRST_EVENTS } from "../report/titles";
import { runSuite } from "../run-suite";
import type { Result } from "./benchmark";
import { eachCase } from "./each-case";

/** Processes in which the first events are measured: each has only one first time. */
const PROCESSES = 11;

export async function core(): Promise<Result> {
  const rows = await eachCase("core", ["ms CPU", "× floor"]);
  return { tables: { [CORE]: rows, [FIRST_EVENTS]: [await firstEvents("text"), await firstEvents("JSON")] } };
}

async function firstEvents(kind: string): Promise<Row> {
  const runs: Row[] = [];
  for (let i = 0; i < PROCESSES; i++) runs.push(...(await runSuite("first-events", { args: [kind] })));
  const of = (column: string) => median(runs.map((run) => run[column] as number));
  return {
    messages: `${kind}, 140 B`,
    "first, ms CPU": of("first"),
    "steady, ms CPU": of("steady"),
    "beyond, ms CPU": of("beyond"),
  };
}
