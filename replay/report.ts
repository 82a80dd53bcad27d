import type { ReplayArguments } from "./arguments/arguments";
import { emptyTally, type Tally } from "./sinks/sink";

/** How many objects are named; all are counted. */
const MAX_NAMED = 20;

/** Objects that were left out, and why. */
export class LeftOut {
  count = 0;
  readonly named: { key: string; reason: string }[] = [];

  add(key: string, reason: string): void {
    this.count++;
    if (this.named.length < MAX_NAMED) this.named.push({ key, reason });
  }
}

/** What a run has done so far. */
export class Report {
  /** Objects that were read, whatever became of them, and their bytes. */
  objects = 0;
  bytes = 0;
  readonly tally: Tally = emptyTally();
  /** Not what their place promises: trying again changes nothing. */
  readonly skipped = new LeftOut();
  /** To be tried again. */
  readonly failed = new LeftOut();
  /** Why nothing further was tried. */
  stopped?: string;

  get settledEvents(): number {
    const { delivered, alreadyPresent, refused } = this.tally;
    return delivered + alreadyPresent + refused;
  }

  /** Adds what earlier runs of the same command have finished. */
  addEarlier(objects: number, tally: Tally): void {
    this.objects += objects;
    this.add(tally);
  }

  add(tally: Tally): void {
    for (const name of Object.keys(tally) as (keyof Tally)[]) this.tally[name] += tally[name];
  }
}

export const count = (n: number): string => n.toLocaleString("en-US");

export const mebibytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;

const time = (ms: number): string => new Date(ms).toISOString().replace(".000", "");

/** What is replayed, in one line. */
export function title({ kind, bucket, selection }: ReplayArguments): string {
  const { fromMs, toMs, logGroup } = selection;
  const of = logGroup === undefined ? "" : ` of ${logGroup}`;
  return `${kind} in ${bucket}: events${of} from ${time(fromMs)} until ${time(toMs)}`;
}

/** The final table, and what was left out. */
export function reportText(report: Report, { sink }: ReplayArguments): string {
  const { found, delivered, alreadyPresent, refused } = report.tally;
  const rows: [string, number][] = [
    ["objects", report.objects],
    ["events found", found],
  ];
  if (sink) rows.push(["  delivered", delivered]);
  if (sink?.to === "endpoint") rows.push(["  found present", alreadyPresent]);
  if (sink) rows.push(["  refused again", refused], ["  failed", found - report.settledEvents]);
  rows.push(["objects failed", report.failed.count], ["objects skipped", report.skipped.count]);
  const lines = rows.map(([name, n]) => `${name.padEnd(18)}${count(n).padStart(15)}`);
  return [...lines, ...leftOut("failed", report.failed), ...leftOut("skipped", report.skipped)].join("\n");
}

function leftOut(what: string, { count: total, named }: LeftOut): string[] {
  const lines = named.map(({ key, reason }) => `${what}: ${key} ${reason}`);
  if (total > named.length) lines.push(`${what}: ${count(total - named.length)} more`);
  return lines;
}
