import type { QueryFilter } from "../../search/saved-objects/filter";
import type { SavedObject } from "../../search/saved-objects/saved-object";
import { queryOfDql } from "./dql";

interface Agg {
  id: string;
  type: "count" | "max" | "date_histogram" | "terms" | "filters";
  schema: string;
  params: {
    field: string;
    size?: number;
    orderBy?: string;
    order?: string;
    missingBucket?: boolean;
    missingBucketLabel?: string;
    filters?: { input: { query: string }; label: string }[];
  };
}

/**
 * The search that Dashboards sends for a saved search or a visualization, by the source of OpenSearch Dashboards' main branch (3.6.0):
 * src/plugins/data/common/opensearch_query/opensearch_query/{build_opensearch_query,from_filters,from_kuery}.ts and
 * src/plugins/data/common/search/aggs.
 */
export function bodyOfSavedObject({ attributes }: SavedObject): object {
  const { searchSourceJSON } = attributes.kibanaSavedObjectMeta as { searchSourceJSON: string };
  const { query, filter } = JSON.parse(searchSourceJSON) as { query: { query: string }; filter: QueryFilter[] };
  const filters = [queryOfDql(query.query), ...filter.map((each) => each.query)];
  const sort = (attributes.sort as [string, string][] | undefined)?.map(([field, order]) => ({ [field]: { order } }));
  const aggs = attributes.visState === undefined ? [] : (JSON.parse(attributes.visState as string).aggs as Agg[]);
  const [metric, ...buckets] = aggs;
  return {
    query: { bool: { filter: filters } },
    ...(sort && { sort, size: 100 }),
    ...(metric && { size: 0, aggs: nested(metric, buckets) }),
  };
}

/** Each bucket's aggregation in that of the bucket before, and the metric in all. */
function nested(metric: Agg, [first, ...rest]: Agg[]): object {
  const metrics = metric.type === "count" ? {} : { [metric.id]: { [metric.type]: { field: metric.params.field } } };
  if (!first) return metrics;
  return { ...metrics, [first.id]: { ...bucketOf(metric, first), aggs: nested(metric, rest) } };
}

function bucketOf(metric: Agg, { type, params }: Agg): object {
  const { field, size, orderBy, order, missingBucket, missingBucketLabel } = params;
  // Dashboards makes an interval of "auto" by the time that is chosen.
  if (type === "date_histogram") return { date_histogram: { field, fixed_interval: "1m", min_doc_count: 1 } };
  if (type === "filters") {
    const queries = params.filters!.map(({ input, label }) => [label, queryOfDql(input.query)]);
    return { filters: { filters: Object.fromEntries(queries) } };
  }
  const by = orderBy === metric.id && metric.type === "count" ? "_count" : orderBy!;
  return { terms: { field, size, order: { [by]: order }, ...(missingBucket && { missing: missingBucketLabel }) } };
}
