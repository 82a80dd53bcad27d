import { queryFilter } from "./filter";
import type { SavedObjectReference } from "./saved-object";

/** What a saved search or a visualization looks for. */
export interface SearchSource {
  /** DQL. @default everything */
  text?: string;
  /** @default none */
  filter?: { alias: string; query: object };
}

/** Where a saved object keeps its search source; Dashboards' references are named by it. */
const PLACE = "kibanaSavedObjectMeta.searchSourceJSON";

/** Returns the attribute and the references of a search source on an index pattern. */
export function searchSource(
  { text = "", filter }: SearchSource,
  patternId: string,
): { attribute: { kibanaSavedObjectMeta: { searchSourceJSON: string } }; references: SavedObjectReference[] } {
  const indexRefName = `${PLACE}.index`;
  const filterRefName = `${PLACE}.filter[0].meta.index`;
  const filters = filter ? [queryFilter(filter.alias, filter.query, { indexRefName: filterRefName })] : [];
  const source = { query: { query: text, language: "kuery" }, filter: filters, indexRefName };
  const names = [indexRefName, ...(filter ? [filterRefName] : [])];
  return {
    attribute: { kibanaSavedObjectMeta: { searchSourceJSON: JSON.stringify(source) } },
    references: names.map((name) => ({ name, type: "index-pattern", id: patternId })),
  };
}
