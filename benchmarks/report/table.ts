/** One line of a table: what is in each column. */
export type Row = Readonly<Record<string, string | number>>;

/** What one benchmark prints: tables by their titles. */
export type Tables = Readonly<Record<string, readonly Row[]>>;

/** A Markdown table whose columns stand one below the other: the first to the left, the others to the right. */
export function tableOf(rows: readonly Row[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const lines = [columns, ...rows.map((row) => columns.map((column) => number(row[column])))];
  const widths = columns.map((_, i) => Math.max(4, ...lines.map((cells) => cells[i]!.length)));
  const padded = lines.map((cells) =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd : cell.padStart).call(cell, widths[i]!)),
  );
  const rule = widths.map((width, i) => (i === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [padded[0]!, rule, ...padded.slice(1)].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** A number rounded to what can be read; a text as it is. */
export function number(value: string | number | undefined): string {
  if (typeof value !== "number") return value ?? "";
  const decimals = Number.isInteger(value) || Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}
