import { levelQuery } from "../../../search/level-query";
import type { SearchPeriod } from "../shared/search-times";
import type { EventSearch, FieldFilter } from "../shared/search-view";

/** Fields that say where an event comes from: a log group, or the bucket of an access log. */
export const GROUP_FIELDS = ["aws.cloudwatch.log_group", "aws.s3.bucket.name"] as const;

/** Fields of the log stream, or of the object. */
export const STREAM_FIELDS = ["aws.cloudwatch.log_stream", "aws.s3.object.key"] as const;

/** Where parsers and loggers write an HTTP status. */
export const STATUS_FIELDS = ["http.response.status_code", "status", "statusCode", "status_code", "res.statusCode"];

/** Fields that are read, for indices that have too many for a search in all. */
export const MESSAGE_FIELDS = ["message", "msg", "log", "errorMessage", "error.message", "stack", "exception"];

type Facet = "groups" | "levels" | "statuses";

/** A field that is a whole name: in an index without the template it is a text, with a keyword in it. */
export interface WholeName {
  /** Where it is counted by. */
  readonly exact: string;
  /** The field itself, which is whole in other indices; undefined: in none. */
  readonly other: string | undefined;
}

/** The conditions of a search, each a query. */
export interface SearchConditions extends Record<Facet, readonly object[]> {
  /** Those that nobody chooses from counted values. */
  readonly base: readonly object[];
}

/**
 * @param groupFields `GROUP_FIELDS` as whole names
 * @param textFields in which free text is looked for @default all
 */
export function conditionsOf(
  { text, groups, levels, statuses, filters }: Omit<EventSearch, "from" | "to">,
  period: SearchPeriod,
  groupFields: readonly WholeName[],
  textFields: readonly string[] = ["*"],
): SearchConditions {
  return {
    base: [
      { range: { "@timestamp": { gte: period.from, lt: period.to, format: "epoch_millis" } } },
      ...(text.trim() === "" ? [] : [textQuery(text, textFields)]),
      ...filters.map(filterQuery),
    ],
    groups: groups.length === 0 ? [] : [namesQuery(groupFields, groups)],
    levels: levels.length === 0 ? [] : [anyOf(levels.map(levelQuery))],
    statuses: statuses.length === 0 ? [] : [anyOf(statuses.map(statusQuery))],
  };
}

/** Returns all conditions, or all but those of one facet. */
export const allConditions = (conditions: SearchConditions, but?: Facet): object[] =>
  (["base", "groups", "levels", "statuses"] as const).flatMap((name) => (name === but ? [] : conditions[name]));

export const anyOf = (should: readonly object[]): object => ({ bool: { should, minimum_should_match: 1 } });

/** Returns the query for any of these names in any of these fields. */
export const namesQuery = (fields: readonly WholeName[], names: readonly string[]): object =>
  anyOf(
    fields.flatMap(({ exact, other }) => [
      { terms: { [exact]: names } },
      // A text would have each word of the name.
      ...(other === undefined
        ? []
        : [{ bool: { filter: [{ terms: { [other]: names } }], must_not: [{ exists: { field: exact } }] } }]),
    ]),
  );

/**
 * Whatever the text is, an engine takes it: what it cannot parse, `simple_query_string` leaves out. Source: OpenSearch documentation,
 * "Simple query string query".
 */
const textQuery = (query: string, fields: readonly string[]): object => ({
  simple_query_string: {
    ...{ query: query.toWellFormed(), fields, default_operator: "and" },
    // A number's field takes no word.
    ...{ lenient: true, analyze_wildcard: true },
  },
});

function filterQuery({ field, value, isExcluded }: FieldFilter): object {
  // Lenient: in another index, the field may be a number. Of several fields, a name is a pattern.
  const query = /[*^]/.test(field)
    ? { match: { [field]: { query: value, operator: "and", lenient: true } } }
    : { multi_match: { query: value, fields: [field], type: "phrase", lenient: true } };
  return isExcluded ? { bool: { must_not: [query] } } : query;
}

/** @param status a class such as `4xx`, or one status, of digits: it is part of a query in Lucene's syntax */
export function statusQuery(status: string): object {
  const [first, last] = [status.replaceAll("x", "0"), status.replaceAll("x", "9")];
  // Lenient also for ranges: whoever's `status` is a boolean breaks no search.
  return { query_string: { query: `[${first} TO ${last}]`, fields: STATUS_FIELDS, lenient: true } };
}
