import { levelQuery } from "../../../search/level-query";
import type { EventCursor } from "../shared/search-answers";
import { SEARCH_LEVELS, STATUS_CLASSES } from "../shared/search-choices";
import { histogramStep, type SearchPeriod } from "../shared/search-times";
import { allConditions, anyOf, type SearchConditions, statusQuery, type WholeName } from "./conditions";

/** Events of a page. */
export const PAGE_ROWS = 50;

/** Log groups that can be chosen; those with most events. */
const MAX_GROUPS = 100;

/** An engine that has not answered by then, answers with what it has found. */
const ENGINE_TIMEOUT = "10s";

/**
 * The order of events. Indices and sequence numbers tell events of one millisecond apart; `_id`, which would, takes the memory of all
 * ids, and Elasticsearch may refuse it (its documentation, "_id field").
 */
export const eventSort = (order: "asc" | "desc"): object[] => [
  { "@timestamp": { order, unmapped_type: "date", numeric_type: "date" } },
  { _index: { order } },
  { _seq_no: { order } },
];

/**
 * Returns where the engine goes on: with the last event itself, because another shard may have one of the same time, index and number.
 * Whoever reads on leaves out what is known.
 */
export const searchAfter = ([time, index, sequence]: EventCursor, order: "asc" | "desc"): unknown[] => [
  ...[time, index],
  order === "asc" ? sequence - 1 : sequence + 1,
];

/** Returns the body of a search for a page of events, the latest first. @param size @default PAGE_ROWS */
export function pageBody(conditions: SearchConditions, after?: EventCursor, size = PAGE_ROWS): object {
  return {
    ...{ size, timeout: ENGINE_TIMEOUT, track_total_hits: false, sort: eventSort("desc") },
    query: { bool: { filter: allConditions(conditions) } },
    ...(after && { search_after: searchAfter(after, "desc") }),
  };
}

/**
 * Returns the body of a search for the first page, with what all events have in common. What can be chosen is counted by the other
 * conditions, so the query has the base alone.
 *
 * @param groupFields `GROUP_FIELDS` as whole names
 */
export function firstPageBody(
  conditions: SearchConditions,
  period: SearchPeriod,
  groupFields: readonly WholeName[],
  size = PAGE_ROWS,
): object {
  const { base, ...chosen } = conditions;
  const within = (filter: readonly object[], aggs: object): object => ({ filter: { bool: { filter } }, aggs });
  const { groups, levels, statuses } = chosen;
  return {
    ...{ size, timeout: ENGINE_TIMEOUT, track_total_hits: false, sort: eventSort("desc") },
    query: { bool: { filter: base } },
    post_filter: { bool: { filter: [...groups, ...levels, ...statuses] } },
    aggs: {
      all: within([...groups, ...levels, ...statuses], { times: timesAggregation(period) }),
      byGroup: within([...levels, ...statuses], groupsAggregations(groupFields.map(({ exact }) => exact))),
      byLevel: within([...groups, ...statuses], {
        of: { filters: { filters: Object.fromEntries(SEARCH_LEVELS.map((level) => [level, levelQuery(level)])) } },
      }),
      byStatus: within([...groups, ...levels], {
        of: { filters: { filters: Object.fromEntries(STATUS_CLASSES.map((name) => [name, statusQuery(name)])) } },
      }),
    },
  };
}

/**
 * Returns the body of a search that counts log groups by fields that are whole in some indices only; in the others, where each is a
 * text, shards answer by an error, which would take the events from a search for both.
 */
export const otherGroupsBody = ({ base, levels, statuses }: SearchConditions, fields: readonly string[]): object => ({
  ...{ size: 0, timeout: ENGINE_TIMEOUT, track_total_hits: false },
  query: { bool: { filter: [...base, ...levels, ...statuses] } },
  aggs: { byGroup: { filter: { match_all: {} }, aggs: groupsAggregations(fields) } },
});

const groupsAggregations = (fields: readonly string[]): object =>
  Object.fromEntries(fields.map((field, n) => [`groups${n}`, { terms: { field, size: MAX_GROUPS } }]));

/** Returns the body of a search for the latest event of any time, by conditions of which the first is the period. */
export const latestBody = ({ base: [, ...base], ...chosen }: SearchConditions): object => ({
  ...pageBody({ base, ...chosen }, undefined, 1),
  _source: ["@timestamp"],
});

/** The histogram counts these levels as errors. */
const ERRORS = ["error", "fatal", "alert", "emerg"];

function timesAggregation(period: SearchPeriod): object {
  const step = histogramStep(period);
  return {
    date_histogram: {
      ...{ field: "@timestamp", fixed_interval: `${step}ms`, min_doc_count: 0 },
      extended_bounds: { min: period.from, max: period.to - 1 },
      format: "epoch_millis",
    },
    aggs: { of: { filters: { filters: { errors: anyOf(ERRORS.map(levelQuery)), warnings: levelQuery("warn") } } } },
  };
}
