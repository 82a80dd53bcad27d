import { isWhole, type Verdict } from "./audit/verdict";
import type { Tally } from "./tally";

export interface SoakReport {
  readonly faults: Tally;
  /** How many invocations ended how. */
  readonly invocations: Tally;
  /** Events that OpenSearch was sent again although it had them. */
  readonly alreadyPresent: number;
  /** Whether every record was acknowledged in the end. */
  readonly drained: boolean;
  readonly verdict: Verdict;
}

/** The report for people, in Markdown, and what it comes to. */
export function reportText({ faults, invocations, alreadyPresent, drained, verdict }: SoakReport): string {
  const { rows, examples } = verdict;
  return [
    table(["fault", "times"], faults.entries().toSorted()),
    table(["invocation ended with", "times"], invocations.entries().toSorted()),
    table(
      ["", "put", "found", "set aside", "doubled", "lost"],
      rows.map(({ what, put, found, setAside, doubled, lost }) => [what, put, found, setAside, doubled, lost]),
    ),
    `Sent again although present: ${count(alreadyPresent)} events.`,
    ...(drained ? [] : ["NOT drained: the function did not finish all records in time."]),
    isWhole(verdict) ? "Nothing lost, nothing twice." : `NOT whole.\n${examples.join("\n")}`,
  ].join("\n\n");
}

/** The first column is text, the others are numbers. */
function table(head: readonly string[], rows: readonly (readonly [string, ...number[]])[]): string {
  const cells = [head, ...rows.map(([first, ...numbers]) => [first, ...numbers.map(count)])];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  const rule = widths.map((width, column) => (column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  const padded = (cell: string, column: number) =>
    column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!);
  const line = (row: readonly string[]) => `| ${row.map(padded).join(" | ")} |`;
  return [cells[0]!, rule, ...cells.slice(1)].map(line).join("\n");
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}
