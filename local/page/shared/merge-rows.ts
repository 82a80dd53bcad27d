import type { EventRow } from "./search-answers";

/** What tells events apart. */
export const rowKey = ({ index, id }: Pick<EventRow, "index" | "id">): string => `${index}/${id}`;

/** Appends a page; its first events may be the last ones of the page before, whose times and sequence numbers they share. */
export function mergeRows(rows: readonly EventRow[], page: readonly EventRow[]): readonly EventRow[] {
  const known = new Set(rows.map(rowKey));
  return [...rows, ...page.filter((row) => !known.has(rowKey(row)))];
}
