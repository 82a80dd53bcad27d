import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { writeBatch } from "../corpus/batches";
import { type BenchmarkCase, batchOfCase, cases, groupCases, SHARED_STREAM } from "../corpus/cases";
import { type ComparedRounds, comparedRow } from "../measure/comparison";
import { timesFor } from "../measure/rounds";
import { OUTPUT, startMeasured } from "../processes/start";
import type { TableRow } from "../report/table";
import { buildOfCommit, buildOfWorkingTree } from "../subjects/builds";
import { startSink } from "../subjects/local-sink";
import { type CaseOptions, chosenCases, lineOf, progress, type SuiteResult } from "./suite";

export interface CompareOptions extends CaseOptions {
  rounds: number;
  /** Whether requests go over TLS, as they do in Lambda. */
  tls?: true;
}

/** The corpora of the targets, and one event. */
const CASES = /^(access|application|CloudTrail|text, 140 B; 1 × 1$)/;

/** The cases that are compared, and variables of their functions. */
function comparedCases(): (BenchmarkCase & { environment: object })[] {
  const [textGroups] = groupCases();
  return [
    ...cases().flatMap((one) => (CASES.test(one.name) ? [{ ...one, environment: {} }] : [])),
    ...textGroups!.map((one) => ({ ...one, environment: SHARED_STREAM })),
  ];
}

/** CPU milliseconds of a round, of each build. */
const ROUND_MS = 100;

type Side = keyof ComparedRounds;

/** Every order of the three, so that none is favoured by its turn: a round has one, and a set of processes has all. */
const ORDERS: readonly (readonly Side[])[] = [
  ["old", "new", "again"],
  ["again", "new", "old"],
  ["new", "again", "old"],
  ["old", "again", "new"],
  ["again", "old", "new"],
  ["new", "old", "again"],
];

/**
 * Measures the function of a commit, the same one again, and that of the working tree, in processes that work by turns.
 * How fast a process runs depends on its start, too, so new processes take over after each set of rounds.
 */
export async function compareSuite(options: CompareOptions, commit: string): Promise<SuiteResult> {
  const { rounds, profiles, tls } = options;
  const compared = chosenCases(comparedCases(), options);
  progress(`Building ${commit} and the working tree`);
  const old = await buildOfCommit(commit, join(OUTPUT, "old"));
  const current = await buildOfWorkingTree(join(OUTPUT, "new"));
  if (readFileSync(old.file).equals(readFileSync(current.file))) progress("Both builds are the same, byte for byte");
  const bundles: Record<Side, string> = { old: old.file, again: old.file, new: current.file };
  const sink = await startSink(OUTPUT);
  const rows: TableRow[] = [];
  const origin = tls ? sink.tlsOrigin : sink.origin;
  for (const one of compared) {
    const { name, records, eventsPerRecord } = one;
    const batch = join(OUTPUT, "batch.json");
    writeBatch(batch, batchOfCase(one));
    const measured: Record<Side, number[]> = { old: [], again: [], new: [] };
    for (let set = 1; measured.old.length < rounds; set++) {
      const start = (side: Side) => {
        const args = [bundles[side], batch, origin, JSON.stringify(one.environment)];
        return startMeasured("compare", { args, profiles, label: `compare ${name} ${set} ${side}`, trustsSink: true });
      };
      await measureSet({ old: start("old"), again: start("again"), new: start("new") }, measured);
    }
    const row = { batch: name, ...comparedRow(measured, records * eventsPerRecord) };
    rows.push(row);
    progress(lineOf(row, ["new/old", "old/old"]));
  }
  sink.stop();
  const sizes = { "old, bytes": old.bytes, "new, bytes": current.bytes };
  return {
    tables: {
      [`The working tree beside ${commit}${tls ? ", over TLS" : ""}`]: rows,
      "The function's index.js": [sizes],
    },
  };
}

/** Adds a set of rounds to `measured`, then ends the processes. */
async function measureSet(processes: Record<Side, ChildProcess>, measured: Record<Side, number[]>): Promise<void> {
  const all = Object.values(processes);
  const warm = await Promise.all(all.map(answer));
  const times = timesFor(Math.min(...warm), ROUND_MS);
  const work = (side: Side) => {
    const answered = answer(processes[side]);
    processes[side].send(times);
    return answered;
  };
  // The first round after they have waited for one another does not count.
  for (const side of ORDERS[0]!) await work(side);
  for (const order of ORDERS) for (const side of order) measured[side].push(await work(side));
  await Promise.all(all.map(end));
}

/** @throws Error when the process ends instead */
function answer(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`a compared process ended with ${code}`));
    child.once("exit", ended);
    child.once("message", (ms: number) => {
      child.off("exit", ended);
      resolve(ms);
    });
  });
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.disconnect();
  });
}
