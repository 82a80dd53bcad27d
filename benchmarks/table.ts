/** One line of a table: what is in each column. */
export type Row = Readonly<Record<string, string | number>>;

/** A Markdown table: the first column to the left, numbers to the right. */
export function tableOf(rows: readonly Row[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const lines = [
    columns,
    columns.map((_, i) => (i === 0 ? "---" : "---:")),
    ...rows.map((row) => columns.map((column) => cell(row[column]))),
  ];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function cell(value: string | number | undefined): string {
  if (typeof value !== "number") return value ?? "";
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString("en-US", { maximumFractionDigits: Number.isInteger(value) ? 0 : digits });
}
