import { memberOf } from "../../../core/json/object";
import { requestEngine } from "../../search-endpoint/engine-request";
import { type EngineSearchAnswer, isCount, MAX_HITS, searchAnswer } from "../../search-endpoint/search-answer";
import type { LaneShape } from "./lane-shape";
import type { TimeSpan } from "./time-span";

/** What one search has found. */
export interface EngineCounts {
  /** Documents by lane. */
  readonly indexed: ReadonlyMap<string, number>;
  /** Of these documents, by lane, with the sum of their times: it is another one where others are as many. */
  readonly times: ReadonlyMap<string, TimeSpan & { readonly sumMs: number }>;
  /** The ids that were looked for and are there. */
  readonly found: readonly string[];
}

/** An engine that does not answer is asked again a second later. */
const TIMEOUT_MS = 5_000;

type CountedLane = Pick<LaneShape, "id" | "indexPattern" | "documentsHave">;

/**
 * Counts the documents of each lane, and looks for some by id, in one search.
 *
 * @returns undefined without a complete answer
 */
export async function engineCounts(
  endpoint: string,
  lanes: readonly CountedLane[],
  ids: readonly string[],
): Promise<EngineCounts | undefined> {
  const counted = lanes.filter(({ indexPattern }) => indexPattern !== undefined);
  if (counted.length === 0) return undefined;
  const indices = [...new Set(counted.map(({ indexPattern }) => indexPattern!))].join(",");
  const url = `${endpoint}/${encodeURIComponent(indices)}/_search?ignore_unavailable=true`;
  try {
    const answer = searchAnswer(await requestEngine({ url, body: countQuery(counted, ids), timeoutMs: TIMEOUT_MS }));
    return answer.missing === undefined ? readCounts(answer, counted) : undefined;
  } catch {
    return undefined;
  }
}

/** @returns undefined for an engine that has indices and does not count in them */
function readCounts(
  { hits, aggregations, shards }: EngineSearchAnswer,
  lanes: readonly CountedLane[],
): EngineCounts | undefined {
  const countedOf = (n: number, name: string) => memberOf(aggregations, `all.lane${n}.${name}`);
  // Where there is no index yet, nothing is counted.
  const counts = lanes.map((_, n) => countedOf(n, "doc_count") ?? (shards === 0 ? 0 : undefined));
  if (!counts.every(isCount)) return undefined;
  return {
    indexed: new Map(lanes.map(({ id }, n) => [id, counts[n]!])),
    times: new Map(
      lanes.flatMap(({ id }, n) => {
        // Without documents there are no minimum and maximum.
        const [fromMs, toMs, sumMs] = ["min", "max", "sum"].map((name) => countedOf(n, `times.${name}`));
        return isTime(fromMs) && isTime(toMs) && isTime(sumMs) ? [[id, { fromMs, toMs, sumMs }]] : [];
      }),
    ),
    found: [...new Set(hits.map(({ _id }) => _id))],
  };
}

const isTime = (value: unknown): value is number => Number.isFinite(value);

const TIMES = { times: { stats: { field: "@timestamp" } } };

/** A search by ids; what it counts is of all documents. */
function countQuery(lanes: readonly CountedLane[], ids: readonly string[]): object {
  const filters = lanes.map((lane, n) => [`lane${n}`, { filter: filterOf(lane), aggs: TIMES }]);
  return {
    query: { ids: { values: ids } },
    // Each may have copies.
    size: ids.length > 0 ? MAX_HITS : 0,
    _source: false,
    aggs: { all: { global: {}, aggs: Object.fromEntries(filters) } },
  };
}

/** Its indices, and of those that lanes share its documents. */
function filterOf({ indexPattern, documentsHave }: CountedLane): object {
  const patterns = indexPattern!.split(",").map((pattern) => ({ wildcard: { _index: pattern } }));
  const ofIndices = { bool: { should: patterns, minimum_should_match: 1 } };
  const ofLane = documentsHave ? [{ terms: { [documentsHave.field]: documentsHave.values } }] : [];
  return { bool: { filter: [ofIndices, ...ofLane] } };
}
