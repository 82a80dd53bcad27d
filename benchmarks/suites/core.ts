import { median } from "../measure/rounds";
import { measure } from "../processes/start";
import type { TableRow } from "../report/table";
import { TITLES } from "../report/targets";
import { type CaseOptions, eachCase, type SuiteOptions, type SuiteResult } from "./suite";

/** Processes in which the first events are measured: each has only one first time. */
const PROCESSES = 11;

export async function coreSuite(options: CaseOptions): Promise<SuiteResult> {
  const rows = await eachCase("core", [], ["ms CPU", "× floor", "× lean floor"], options);
  const first = [await firstEvents("text", options), await firstEvents("JSON", options)];
  return { tables: { [TITLES.core]: rows, [TITLES.firstEvents]: first } };
}

async function firstEvents(kind: string, { profiles }: SuiteOptions): Promise<TableRow> {
  const runs: TableRow[] = [];
  for (let i = 1; i <= PROCESSES; i++) {
    runs.push(...(await measure("first-events", { args: [kind], profiles, label: `first-events ${kind} ${i}` })));
  }
  const of = (column: string) => median(runs.map((run) => Number(run[column])));
  return {
    messages: `${kind}, 140 B`,
    "first, ms CPU": of("first"),
    "steady, ms CPU": of("steady"),
    "beyond, ms CPU": of("beyond"),
  };
}
