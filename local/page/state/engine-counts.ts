import { memberOf } from "../../../core/json/object";
import { requestEngine } from "../../search-endpoint/engine-request";
import { type EngineSearchAnswer, searchAnswer } from "../../search-endpoint/search-answer";
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
    return answer && answer.missing === undefined ? readCounts(answer, counted) : undefined;
  } catch {
    return undefined;
  }
}

/** Of a lane; missing while there is no index. */
interface CountedDocuments {
  readonly doc_count: number;
  /** Without documents there are no minimum and maximum. */
  readonly times?: { readonly min: number | null; readonly max: number | null; readonly sum: number };
}

function readCounts({ hits, aggregations }: EngineSearchAnswer, lanes: readonly CountedLane[]): EngineCounts {
  const countedOf = (n: number) => memberOf(aggregations, `all.lane${n}`) as CountedDocuments | undefined;
  return {
    indexed: new Map(lanes.map(({ id }, n) => [id, countedOf(n)?.doc_count ?? 0])),
    times: new Map(
      lanes.flatMap(({ id }, n) => {
        const { times } = countedOf(n) ?? {};
        return typeof times?.min === "number" && typeof times.max === "number"
          ? [[id, { fromMs: times.min, toMs: times.max, sumMs: times.sum }]]
          : [];
      }),
    ),
    found: [...new Set(hits.map(({ _id }) => _id))],
  };
}

const TIMES = { times: { stats: { field: "@timestamp" } } };

/** A search by ids; what it counts is of all documents. */
function countQuery(lanes: readonly CountedLane[], ids: readonly string[]): object {
  const filters = lanes.map((lane, n) => [`lane${n}`, { filter: filterOf(lane), aggs: TIMES }]);
  return {
    query: { ids: { values: ids } },
    // Each may have a duplicate.
    size: 2 * ids.length,
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
