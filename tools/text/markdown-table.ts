import { rounded } from "./numbers";

export type Cell = string | number | undefined;

/** Minimum width of a padded column, in characters. */
const MIN_WIDTH = 4;

export interface MarkdownTableOptions {
  /** For a terminal: columns stand one below the other, the first aligned to the left, the others to the right. */
  readonly isPadded?: boolean;
}

/**
 * Formats a table in Markdown. A text may contain Markdown, but no line break; numbers are rounded by {@link rounded}.
 */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  { isPadded = false }: MarkdownTableOptions = {},
): string {
  const lines = [head, ...rows].map((cells) => cells.map(textOf));
  const [first, ...others] = lines.map(lineOf);
  if (!isPadded) return [first, `|${"---|".repeat(head.length)}`, ...others].join("\n");
  const widths = head.map((_, i) => Math.max(MIN_WIDTH, ...lines.map((cells) => cells[i]!.length)));
  const padded = lines.map((cells) =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))),
  );
  const rule = widths.map((width, i) => (i === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [padded[0]!, rule, ...padded.slice(1)].map(lineOf).join("\n");
}

/** Formats a text as code; "empty" for an empty text. */
export const code = (text: string): string => (text === "" ? "empty" : `\`${text}\``);

const textOf = (cell: Cell): string => (typeof cell === "number" ? rounded(cell) : (cell ?? "")).replaceAll("|", "\\|");

const lineOf = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
