import type { LaneShape } from "./lane-shape";
import type { TimeSpan } from "./time-span";

/** What one search has found. */
export interface EngineCounts {
  /** Documents by lane. */
  readonly indexed: ReadonlyMap<string, number>;
  /** Of these documents, by lane. */
  readonly times: ReadonlyMap<string, TimeSpan>;
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
  try {
    const response = await fetch(`${endpoint}/${encodeURIComponent(indices)}/_search?ignore_unavailable=true`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(countQuery(counted, ids)),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) return undefined;
    return readCounts((await response.json()) as SearchAnswer, counted);
  } catch {
    return undefined;
  }
}

interface SearchAnswer {
  readonly timed_out: boolean;
  readonly _shards: { readonly failed: number };
  readonly hits: { readonly hits: readonly { readonly _id: string }[] };
  /** Missing while there is no index. */
  readonly aggregations?: { readonly all: Readonly<Record<string, CountedDocuments>> };
}

interface CountedDocuments {
  readonly doc_count: number;
  readonly first?: { readonly value: number | null };
  readonly last?: { readonly value: number | null };
}

function readCounts(answer: SearchAnswer, lanes: readonly CountedLane[]): EngineCounts | undefined {
  if (answer.timed_out || answer._shards.failed > 0) return undefined;
  const all = answer.aggregations?.all;
  return {
    indexed: new Map(lanes.map(({ id }, n) => [id, all?.[`lane${n}`]?.doc_count ?? 0])),
    times: new Map(
      lanes.flatMap(({ id }, n) => {
        const { first, last } = all?.[`lane${n}`] ?? {};
        return typeof first?.value === "number" && typeof last?.value === "number"
          ? [[id, { fromMs: first.value, toMs: last.value }]]
          : [];
      }),
    ),
    found: [...new Set(answer.hits.hits.map(({ _id }) => _id))],
  };
}

const TIMES = { first: { min: { field: "@timestamp" } }, last: { max: { field: "@timestamp" } } };

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
