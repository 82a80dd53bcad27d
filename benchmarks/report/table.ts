/** A row of a table, by the names of its columns. */
export type TableRow = Readonly<Record<string, string | number>>;

/** Tables by their titles. */
export type Tables = Readonly<Record<string, readonly TableRow[]>>;

/** Hands a row of a measured process to the process that has started it. */
export function sendRow(row: TableRow): void {
  process.send!(row);
}

/** Formats a Markdown table with aligned columns: the first to the left, the others to the right. */
export function tableOf(rows: readonly TableRow[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const lines = [columns, ...rows.map((row) => columns.map((column) => formatCell(row[column])))];
  const widths = columns.map((_, i) => Math.max(4, ...lines.map((cells) => cells[i]!.length)));
  const padded = lines.map((cells) =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd : cell.padStart).call(cell, widths[i]!)),
  );
  const rule = widths.map((width, i) => (i === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [padded[0]!, rule, ...padded.slice(1)].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** Formats a number with about three significant digits, and leaves a text as it is. */
export function formatCell(value: string | number | undefined): string {
  if (typeof value !== "number") return value ?? "";
  const decimals = Number.isInteger(value) || Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}
