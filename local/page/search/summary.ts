import { isObject, memberOf } from "../../../core/json/object";
import { quotedAnswer } from "../../search-endpoint/engine-request";
import { isCount } from "../../search-endpoint/search-answer";
import type { FacetValue, SearchSummary } from "../shared/search-answers";
import { SEARCH_LEVELS, STATUS_CLASSES } from "../shared/search-choices";
import { histogramStep, type SearchPeriod } from "../shared/search-times";
import { EngineSearchError } from "./engine-search";

/** Reads the aggregations of `firstPageBody`, and of `otherGroupsBody` where that was asked. @throws EngineSearchError for others */
export function searchSummary(
  aggregations: Readonly<Record<string, unknown>>,
  period: SearchPeriod,
  others: Readonly<Record<string, unknown>> = {},
): SearchSummary {
  const times = bucketsAt(aggregations, "all.times").filter(isObject);
  return {
    total: countOf(memberOf(aggregations, "all")),
    histogram: {
      stepMs: histogramStep(period),
      at: times.map(timeOf),
      total: times.map(countOf),
      errors: times.map((bucket) => countOf(memberOf(bucket, "of.buckets.errors"))),
      warnings: times.map((bucket) => countOf(memberOf(bucket, "of.buckets.warnings"))),
    },
    groups: groupsIn([aggregations, others]),
    levels: namedCounts(SEARCH_LEVELS, memberOf(aggregations, "byLevel.of.buckets")),
    statuses: namedCounts(STATUS_CLASSES, memberOf(aggregations, "byStatus.of.buckets")),
  };
}

/** Those with most events first. */
function groupsIn(all: readonly Readonly<Record<string, unknown>>[]): FacetValue[] {
  const counts = new Map<string, number>();
  const buckets = all.flatMap((some) => ["groups0", "groups1"].flatMap((name) => bucketsAt(some, `byGroup.${name}`)));
  for (const bucket of buckets) {
    const name = nameOf(bucket);
    counts.set(name, (counts.get(name) ?? 0) + countOf(bucket));
  }
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
}

function bucketsAt(aggregations: unknown, path: string): unknown[] {
  const buckets = memberOf(aggregations, `${path}.buckets`);
  return Array.isArray(buckets) ? buckets : [];
}

const namedCounts = (names: readonly string[], buckets: unknown): FacetValue[] =>
  names.map((value) => ({ value, count: countOf(memberOf(buckets, value)) }));

/** @param bucket undefined: the engine has none, because it has counted nothing */
function countOf(bucket: unknown): number {
  const count = memberOf(bucket, "doc_count") ?? (isObject(bucket) ? undefined : 0);
  if (isCount(count)) return count;
  throw noCount(bucket);
}

function nameOf(bucket: unknown): string {
  const key = memberOf(bucket, "key");
  if (typeof key === "string" || typeof key === "number") return String(key);
  throw noCount(bucket);
}

function timeOf(bucket: Record<string, unknown>): number {
  // JSON has numbers beyond those of JavaScript.
  if (Number.isFinite(bucket.key)) return Number(bucket.key);
  throw noCount(bucket);
}

const noCount = (bucket: unknown): EngineSearchError =>
  new EngineSearchError(
    `The search engine has counted something else than events: ${quotedAnswer(JSON.stringify(bucket))}. Ask it without a proxy in between.`,
  );
