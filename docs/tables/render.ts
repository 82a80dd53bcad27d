import { tables as documentTables } from "./tables";

/**
 * Returns the text with the table between each pair of markers regenerated.
 *
 * @throws Error when a marker names a table that does not exist, or markers do not come in pairs
 */
export function renderTables(text: string, tables = documentTables): string {
  const markers = text.match(/<!-- table:|<!-- \/table/g) ?? [];
  if (markers.some((marker, index) => marker.startsWith("<!-- /") !== (index % 2 === 1)) || markers.length % 2 === 1) {
    throw new Error("each <!-- table:NAME --> needs a <!-- /table --> after it");
  }
  return text.replaceAll(/(<!-- table:(\S+) -->\n)[\s\S]*?(<!-- \/table -->)/g, (_, start, name, end) => {
    const table = tables[name];
    if (table === undefined) {
      throw new Error(`unknown table ${name}. Known: ${Object.keys(tables).join(", ")}`);
    }
    return `${start}${table()}\n${end}`;
  });
}
