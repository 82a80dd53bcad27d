import { levelQuery } from "../level-query";

/** A condition that every event meets. */
export interface LinkFilter {
  /** As Dashboards shows it. */
  alias: string;
  /** Of the engine. */
  query: object;
}

/** What a link and its command look for; both are made from it, so that they find the same events. */
export interface LinkQuery {
  /** The first and the last time, each a time in ISO 8601 or date math of the engines, such as `now-15m`. */
  from: string;
  to: string;
  filters: readonly LinkFilter[];
  /** In Lucene's syntax, which engines know themselves: `query_string`. "" finds all. */
  text: string;
  order: "asc" | "desc";
}

/** Events that the command shows, as many as Discover's first page. */
const SIZE = 50;

/** Returns the filters for a log group, a log stream and a level; of each that is undefined, none. */
export function linkFilters({
  group,
  stream,
  level,
}: {
  group?: string;
  stream?: string;
  level?: string;
}): LinkFilter[] {
  return [
    ...(group === undefined ? [] : [nameFilter("log group", "aws.cloudwatch.log_group", group)]),
    ...(stream === undefined ? [] : [nameFilter("log stream", "aws.cloudwatch.log_stream", stream)]),
    ...(level === undefined ? [] : [{ alias: `level ${level}`, query: levelQuery(level) }]),
  ];
}

/** On a `keyword` the whole name; on the `text` of an index without the template, its words in their order. */
const nameFilter = (what: string, field: string, name: string): LinkFilter => ({
  alias: `${what} ${name}`,
  query: { match_phrase: { [field]: name } },
});

/** Returns the body of the search that Discover sends for a link. */
export function searchBodyOf({ from, to, filters, text, order }: LinkQuery): object {
  const typed = text === "" ? [] : [{ query_string: { query: text, analyze_wildcard: true } }];
  const range = { range: { "@timestamp": { gte: from, lte: to } } };
  return {
    size: SIZE,
    sort: [{ "@timestamp": order }],
    query: { bool: { filter: [range, ...filters.map(({ query }) => query), ...typed] } },
  };
}
