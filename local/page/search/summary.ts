import { isObject, memberOf } from "../../../core/json/object";
import type { FacetValue, SearchSummary } from "../shared/search-answers";
import { SEARCH_LEVELS, STATUS_CLASSES } from "../shared/search-choices";
import { histogramStep, type SearchPeriod } from "../shared/search-times";

/** Reads the aggregations of `firstPageBody`. */
export function searchSummary(aggregations: Record<string, unknown>, period: SearchPeriod): SearchSummary {
  const times = bucketsAt(aggregations, "all.times").filter(isObject);
  return {
    total: countOf(memberOf(aggregations, "all")),
    histogram: {
      stepMs: histogramStep(period),
      at: times.map(({ key }) => Number(key)),
      total: times.map(countOf),
      errors: times.map((bucket) => countOf(memberOf(bucket, "of.buckets.errors"))),
      warnings: times.map((bucket) => countOf(memberOf(bucket, "of.buckets.warnings"))),
    },
    groups: ["groups0", "groups1"]
      .flatMap((name) => bucketsAt(aggregations, `byGroup.${name}`))
      .map((bucket) => ({ value: String(memberOf(bucket, "key")), count: countOf(bucket) })),
    levels: namedCounts(SEARCH_LEVELS, memberOf(aggregations, "byLevel.of.buckets")),
    statuses: namedCounts(STATUS_CLASSES, memberOf(aggregations, "byStatus.of.buckets")),
  };
}

function bucketsAt(aggregations: unknown, path: string): unknown[] {
  const buckets = memberOf(aggregations, `${path}.buckets`);
  return Array.isArray(buckets) ? buckets : [];
}

const namedCounts = (names: readonly string[], buckets: unknown): FacetValue[] =>
  names.map((value) => ({ value, count: countOf(memberOf(buckets, value)) }));

const countOf = (bucket: unknown): number => Number(memberOf(bucket, "doc_count") ?? 0);
