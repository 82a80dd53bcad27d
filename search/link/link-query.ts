import { levelQuery } from "../level-query";

/** A condition that every event meets. */
export interface LinkFilter {
  /** As Dashboards shows it. */
  alias: string;
  /** Of the engine. */
  query: object;
}

/** What every event meets that is looked for. */
export interface LinkConditions {
  filters: readonly LinkFilter[];
  /** In Lucene's syntax, which engines know themselves: `query_string`. "" finds all. */
  text: string;
}

/** What a link and its command look for; both are made from it, so that they find the same events. */
export interface LinkQuery extends LinkConditions {
  /** The first and the last time, each a time in ISO 8601 or date math of the engines, such as `now-15m`. */
  from: string;
  to: string;
}

/** An event, and what its neighbours meet. */
export interface NeighboursQuery extends LinkConditions {
  /** The `_id` of its document. */
  id: string;
  /** In ISO 8601. */
  time: string;
}

/** Events that the command shows, as many as Discover's first page. */
const SIZE = 50;

/** Events that are shown before one, and as many after it. */
export const NEIGHBOURS = 25;

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
export function searchBodyOf({ from, to, ...conditions }: LinkQuery): object {
  const filter = [{ range: { "@timestamp": { gte: from, lte: to } } }, ...queriesOf(conditions)];
  return { size: SIZE, sort: [{ "@timestamp": "desc" }], query: { bool: { filter } } };
}

/**
 * Returns the bodies of two searches: for an event and those before it, the latest first, and for those after it, the earliest
 * first. Others of the event's millisecond are among those before it.
 */
export function neighbourBodiesOf({ id, time, ...conditions }: NeighboursQuery): [before: object, after: object] {
  const [until, since] = ["lte", "gt"].map((side) => [
    { range: { "@timestamp": { [side]: time } } },
    ...queriesOf(conditions),
  ]);
  return [
    {
      size: NEIGHBOURS + 1,
      // The score puts the event before others of its millisecond, however many there are.
      sort: [{ "@timestamp": "desc" }, { _score: "desc" }],
      query: { bool: { filter: until, should: [{ ids: { values: [id] } }] } },
    },
    { size: NEIGHBOURS, sort: [{ "@timestamp": "asc" }], query: { bool: { filter: since } } },
  ];
}

/** Returns the conditions as filters: the text as one of them, for what has no text of its own. */
export function allFilters({ filters, text }: LinkConditions): LinkFilter[] {
  if (text === "") return [...filters];
  return [...filters, { alias: text, query: { query_string: { query: text, analyze_wildcard: true } } }];
}

const queriesOf = (conditions: LinkConditions): object[] => allFilters(conditions).map(({ query }) => query);
