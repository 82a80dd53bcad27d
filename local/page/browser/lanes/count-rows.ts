import type { LaneCost, LaneKind, PageLane } from "../../shared/page-state";
import { dollars, integerText, secondsText } from "../ui/format";

export interface CountRow {
  readonly name: string;
  readonly value: string;
  /** Whether somebody should look at it. */
  readonly isBad: boolean;
}

/** As AWS's metrics of the source are named. */
const AGES: Readonly<Record<LaneKind, string>> = {
  "log groups": "Iterator age",
  application: "Iterator age",
  "access logs": "Oldest message",
  Firehose: "Oldest record",
};

/** What is shown of a lane, in groups: the way of its events, its speed, and what went wrong. */
export function countRows(
  { counts, eventsPerSecond, lagMs, iteratorAgeMs, audit, kind }: PageLane,
  cost?: LaneCost,
): CountRow[][] {
  // What is not known, or not of such a lane, is not shown.
  const row = (name: string, value: string | undefined, isBad = false): CountRow[] =>
    value === undefined ? [] : [{ name, value, isBad }];
  const number = (name: string, value: number | undefined) =>
    row(name, value === undefined ? undefined : integerText(value));
  const wrong = (name: string, value: number | undefined) =>
    row(name, value === undefined ? undefined : integerText(value), value !== undefined && value > 0);
  const time = (ms: number | undefined) => (ms === undefined ? undefined : secondsText(ms / 1_000));
  return [
    [
      ...number("Put", counts.put),
      ...number("Searchable", counts.indexed),
      ...number(kind === "Firehose" ? "In S3" : "Archived", counts.archived),
      ...row("Events a second", eventsPerSecond.toFixed(1)),
    ],
    [...row("Lag p50", time(lagMs?.p50)), ...row("Lag p95", time(lagMs?.p95)), ...row(AGES[kind], time(iteratorAgeMs))],
    // Both are delivered again.
    [...number("Retried", counts.retried), ...number("Returned", counts.returned)],
    [
      ...wrong("Rejected", counts.rejected),
      ...wrong("Dead-lettered", counts.deadLettered),
      ...wrong("Lost", audit?.found?.lost),
      ...wrong("Duplicated", audit?.found?.duplicated),
      // Rare enough to be named only where there are any.
      ...wrong("Extra", audit?.found?.extra || undefined),
      ...wrong("Altered", audit?.found?.altered || undefined),
    ],
    [...row("Cost a month", cost && dollars(cost.usd)), ...row("Even if idle", cost && dollars(cost.fixedUsd))],
  ].filter((rows) => rows.length > 0);
}
