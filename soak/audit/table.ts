import type { Row } from "./verdict";

/** A Markdown table; every column but the first is of numbers, or of what is aligned like them. */
export function markdownTable(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = [head, ...rows.map((row) => row.map((cell) => (typeof cell === "number" ? count(cell) : cell)))];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join(" | ")} |`;
  const rule = `|${widths.map((width, column) => (column === 0 ? "-".repeat(width + 2) : `${"-".repeat(width + 1)}:`)).join("|")}|`;
  return [line(cells[0]!), rule, ...cells.slice(1).map(line)].join("\n");
}

export function deliveryTable(rows: readonly Row[]): string {
  return markdownTable(
    ["", "put", "found", "set aside", "doubled", "lost"],
    rows.map(({ what, put, found, setAside, doubled, lost }) => [what, put, found, setAside, doubled, lost]),
  );
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}
