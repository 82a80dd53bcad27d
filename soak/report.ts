import { type Cell, markdownTable } from "../tools/text/markdown-table";
import { count, counted } from "../tools/text/numbers";
import { isExactlyOnce, type Verdict } from "./audit/verdict";
import { isUnhindered } from "./audit/waits";
import type { CountsByName } from "./counts-by-name";
import type { ShardWait } from "./record-ledger";

export interface SoakReport {
  readonly faults: CountsByName;
  /** Number of invocations by their end. */
  readonly invocations: CountsByName;
  /** Number of events that OpenSearch was sent again. */
  readonly alreadyIndexed: number;
  /** Whether every record was acknowledged in the end. */
  readonly drained: boolean;
  readonly verdict: Verdict;
  /** How long records waited, by shard; none of a lane without shards. */
  readonly waits: readonly ShardWait[];
  /** How OpenSearch ended by itself, each time. */
  readonly searchCrashes: readonly string[];
  /** The field by which copies are one. @default none: nothing may be there twice */
  readonly by?: string;
  /** What else the lane counts. @default nothing */
  readonly notes?: readonly string[];
  /** What the commands did not make as they have to. @default none */
  readonly mistakes?: readonly string[];
}

/** Mistakes that are printed. */
const MAX_MISTAKES = 30;

/** Whether everything was found once, no shard held up for longer than its neighbours, and OpenSearch alive throughout. */
export function hasPassed({ drained, verdict, waits, searchCrashes, mistakes = [] }: SoakReport): boolean {
  const isDelivered = drained && isExactlyOnce(verdict) && isUnhindered(waits);
  return isDelivered && searchCrashes.length === 0 && mistakes.length === 0;
}

/** Formats the report in Markdown, with the verdict last. */
export function soakReportText(report: SoakReport): string {
  const {
    faults,
    invocations,
    alreadyIndexed,
    drained,
    verdict,
    waits,
    searchCrashes,
    by,
    notes = [],
    mistakes = [],
  } = report;
  const { rows, examples } = verdict;
  return [
    table(["fault", "times"], faults.entries().toSorted()),
    table(["invocation ended with", "times"], invocations.entries().toSorted()),
    table(
      ["", "put", "found", "rejected", "duplicated", "lost"],
      rows.map(({ kind, put, found, rejected, duplicated, lost }) => [kind, put, found, rejected, duplicated, lost]),
    ),
    ...(waits.length > 0 ? [waitsTable(waits)] : []),
    `Sent again although already indexed: ${count(alreadyIndexed)} events.`,
    ...notes,
    ...(mistakes.length > 0 ? [mistakesText(mistakes)] : []),
    ...(drained ? [] : ["NOT drained: the function did not acknowledge all records in time."]),
    ...(isUnhindered(waits) ? [] : ["HELD UP: the others waited longer in the shards that a stranger writes to."]),
    ...searchCrashes.map((how) => `OpenSearch CRASHED: ${how}`),
    isExactlyOnce(verdict)
      ? `Nothing lost, nothing duplicated${by === undefined ? "" : `, by ${by}`}.`
      : `NOT exactly once.\n${examples.join("\n")}`,
  ].join("\n\n");
}

function mistakesText(mistakes: readonly string[]): string {
  const lines = mistakes.slice(0, MAX_MISTAKES).join("\n");
  return `The commands are WRONG in ${counted(mistakes.length, "place")}:\n${lines}`;
}

function waitsTable(waits: SoakReport["waits"]): string {
  return table(
    ["shard", "records", "a stranger's", "longest wait of the others (s)"],
    waits.map(({ shardId, records, hostile, longestMs }) => [shardId, records, hostile, (longestMs / 1000).toFixed(1)]),
  );
}

const table = (head: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  markdownTable(head, rows, { isPadded: true });
