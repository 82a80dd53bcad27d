import { markdownTable } from "../../tools/text/markdown-table";
import { rounded } from "../../tools/text/numbers";

/** A row of a table, by the names of its columns. */
export type TableRow = Readonly<Record<string, string | number>>;

/** Tables by their titles. */
export type Tables = Readonly<Record<string, readonly TableRow[]>>;

/** Hands a row of a measured process to the process that has started it. */
export function sendRow(row: TableRow): void {
  process.send!(row);
}

/** Formats a Markdown table for a terminal. */
export function tableOf(rows: readonly TableRow[]): string {
  const columns = Object.keys(rows[0] ?? {});
  return markdownTable(
    columns,
    rows.map((row) => columns.map((column) => row[column])),
    { isPadded: true },
  );
}

/** Formats a number with about three significant digits, and leaves a text as it is. */
export function formatCell(value: string | number | undefined): string {
  return typeof value === "number" ? rounded(value) : (value ?? "");
}
