import { type Cell, markdownTable } from "../tools/text/markdown-table";
import { count } from "../tools/text/numbers";
import { isExactlyOnce, type Verdict } from "./audit/verdict";
import type { CountsByName } from "./counts-by-name";

export interface SoakReport {
  readonly faults: CountsByName;
  /** Number of invocations by their end. */
  readonly invocations: CountsByName;
  /** Number of events that OpenSearch was sent again. */
  readonly alreadyIndexed: number;
  /** Whether every record was acknowledged in the end. */
  readonly drained: boolean;
  readonly verdict: Verdict;
}

/** Formats the report in Markdown, with the verdict last. */
export function soakReportText({ faults, invocations, alreadyIndexed, drained, verdict }: SoakReport): string {
  const { rows, examples } = verdict;
  return [
    table(["fault", "times"], faults.entries().toSorted()),
    table(["invocation ended with", "times"], invocations.entries().toSorted()),
    table(
      ["", "put", "found", "rejected", "duplicated", "lost"],
      rows.map(({ kind, put, found, rejected, duplicated, lost }) => [kind, put, found, rejected, duplicated, lost]),
    ),
    `Sent again although already indexed: ${count(alreadyIndexed)} events.`,
    ...(drained ? [] : ["NOT drained: the function did not acknowledge all records in time."]),
    isExactlyOnce(verdict) ? "Nothing lost, nothing duplicated." : `NOT exactly once.\n${examples.join("\n")}`,
  ].join("\n\n");
}

const table = (head: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  markdownTable(head, rows, { isPadded: true });
