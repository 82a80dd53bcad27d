import { isComplete } from "./delivery";
import type { FoundDocument } from "./search";
import type { GroupReport } from "./wait";

/** The report for people: what became of each log group's events. */
export function reportTable(groups: readonly GroupReport[]): string {
  const rows = groups.map((group) => [
    group.logGroup,
    count(group.put),
    count(group.indexed),
    `${count(group.archived)} in ${count(group.archivedObjects)} objects, ${count(group.archivedBytes)} bytes`,
    count(group.duplicates),
    count(group.lost),
    group.searchableSeconds === undefined ? "not all" : `${group.searchableSeconds.toFixed(1)} s`,
  ]);
  const head = ["log group", "put", "indexed", "archived", "duplicates", "lost", "searchable after"];
  const complete = groups.every(isComplete);
  const verdict = complete
    ? "Every event was found once, in the index and in the archive."
    : "NOT every event was found once. docs/troubleshooting.md tells where to look.";
  return `${columns([head, ...rows])}\n\n${verdict}`;
}

/** The beginning of each document, as it stands in the index. */
export function documentLines(documents: readonly FoundDocument[]): string {
  return documents.map(({ _index, _source }) => `  ${_index}  ${clip(JSON.stringify(_source))}`).join("\n");
}

export function columns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  return rows.map((row) => `  ${row.map((cell, i) => cell.padEnd(widths[i]!)).join("  ")}`.trimEnd()).join("\n");
}

function clip(text: string, length = 240): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}
