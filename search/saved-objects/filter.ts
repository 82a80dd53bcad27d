/** A filter of Dashboards that holds a query of the engine; `index` is the id of an index pattern. */
export interface QueryFilter {
  $state: { store: "appState" };
  meta: {
    alias: string;
    disabled: false;
    negate: false;
    type: "custom";
    key: "query";
    value: string;
    index?: string;
    indexRefName?: string;
  };
  query: object;
}

/**
 * Returns a filter. It holds the query itself, so that no text of it has to be escaped for a query language.
 *
 * @param alias as Dashboards shows it
 */
export function queryFilter(
  alias: string,
  query: object,
  index: { index: string } | { indexRefName: string },
): QueryFilter {
  const meta = {
    alias,
    disabled: false,
    negate: false,
    type: "custom",
    key: "query",
    value: JSON.stringify(query),
  } as const;
  return { $state: { store: "appState" }, meta: { ...meta, ...index }, query };
}
