/** A condition on a field, as a person clicks it together. */
export interface FieldFilter {
  readonly field: string;
  /** As the event has it, as text. */
  readonly value: string;
  /** Whether events must not have it. */
  readonly isExcluded: boolean;
}

/** Which events are looked for. */
export interface EventSearch {
  /** `now-15m`, or ISO 8601; see `searchTime`. */
  readonly from: string;
  readonly to: string;
  /** Free text, in the engines' `simple_query_string`; "" finds all. */
  readonly text: string;
  /** Log groups, and buckets of access logs: events of any of them; none finds all. */
  readonly groups: readonly string[];
  /** `error`; by whichever spelling a logger has. */
  readonly levels: readonly string[];
  /** HTTP statuses: `404`, or a class such as `4xx`. */
  readonly statuses: readonly string[];
  readonly filters: readonly FieldFilter[];
}

/** A document: of two indices, both may have an `_id`. */
export interface HitPlace {
  readonly index: string;
  readonly id: string;
}

/** All that the section shows; its URL holds it. */
export interface SearchView extends EventSearch {
  /** Fields, beside the time. */
  readonly columns: readonly string[];
  /** The event that is opened. */
  readonly event: HitPlace | undefined;
  /** Whether its neighbours in the log stream are shown in place of what was found. */
  readonly isAround: boolean;
  /** Whether new events are looked for by itself. */
  readonly isLive: boolean;
}

export const DEFAULT_COLUMNS: readonly string[] = ["aws.cloudwatch.log_group", "level", "message"];

/** Returns what is shown first: the last 15 minutes. */
export const defaultView = (): SearchView => ({
  ...{ from: "now-15m", to: "now", text: "", groups: [], levels: [], statuses: [], filters: [] },
  ...{ columns: DEFAULT_COLUMNS, event: undefined, isAround: false, isLive: false },
});

/**
 * Returns a view as the query of a URL, without what is the default: the same view always has the same text.
 *
 * @param view of well-formed texts: a URL holds no others
 */
export function queryOfView(view: SearchView): string {
  const query = new URLSearchParams();
  const initial = defaultView();
  if (view.from !== initial.from) query.append("from", view.from);
  if (view.to !== initial.to) query.append("to", view.to);
  if (view.text !== "") query.append("q", view.text);
  for (const group of view.groups) query.append("group", group);
  for (const level of view.levels) query.append("level", level);
  for (const status of view.statuses) query.append("status", status);
  for (const { field, value, isExcluded } of view.filters) {
    query.append(isExcluded ? "not" : "is", pairText(field, value));
  }
  if (JSON.stringify(view.columns) !== JSON.stringify(DEFAULT_COLUMNS)) {
    // One that is empty says that there is none.
    for (const column of view.columns.length > 0 ? view.columns : [""]) query.append("column", column);
  }
  if (view.event) query.append("event", pairText(view.event.index, view.event.id));
  if (view.isAround) query.append("around", "1");
  if (view.isLive) query.append("live", "1");
  return query.toString();
}

/** Returns the view that a URL's query holds; what it does not say, or says in another form, is the default. */
export function viewOfQuery(text: string): SearchView {
  const query = new URLSearchParams(text);
  const initial = defaultView();
  const columns = [...new Set(query.getAll("column"))].filter((column) => column !== "");
  const filters = [...query].flatMap(([name, value]) => {
    const pair = name === "is" || name === "not" ? pairOf(value) : undefined;
    return pair ? [{ field: pair[0], value: pair[1], isExcluded: name === "not" }] : [];
  });
  const event = pairOf(query.get("event") ?? "");
  return {
    from: query.get("from") ?? initial.from,
    to: query.get("to") ?? initial.to,
    text: query.get("q") ?? "",
    groups: distinct(query, "group"),
    levels: distinct(query, "level"),
    statuses: distinct(query, "status"),
    filters: withoutTwins(filters),
    columns: query.has("column") ? columns : initial.columns,
    event: event && { index: event[0], id: event[1] },
    isAround: event !== undefined && query.get("around") === "1",
    isLive: query.get("live") === "1",
  };
}

const distinct = (query: URLSearchParams, name: string): string[] =>
  [...new Set(query.getAll(name))].filter((value) => value !== "");

/** Two texts as one: the first has no colon of its own then. */
const pairText = (first: string, second: string): string => `${encodeURIComponent(first)}:${second}`;

function pairOf(text: string): [string, string] | undefined {
  const colon = text.indexOf(":");
  if (colon < 1) return undefined;
  try {
    return [decodeURIComponent(text.slice(0, colon)), text.slice(colon + 1)];
  } catch {
    return undefined;
  }
}

function withoutTwins(filters: readonly FieldFilter[]): FieldFilter[] {
  const byText = new Map(filters.map((filter) => [JSON.stringify(filter), filter]));
  return [...byText.values()];
}
