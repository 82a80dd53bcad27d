import { isObject, memberOf } from "../../core/json/object";

/** An engine's answer to a search, as far as it is known to be one. */
export interface EngineSearchAnswer {
  readonly hits: readonly { readonly _id: string }[];
  readonly aggregations: Readonly<Record<string, unknown>> | undefined;
  /** Why hits may be missing, as a sentence without its end; undefined: none is. */
  readonly missing: string | undefined;
  /** What a shard said that did not answer. */
  readonly shardReason: string | undefined;
}

/** Returns what a search has found, and whether it is all; undefined for anything but an engine's answer to a search. */
export function searchAnswer(body: string): EngineSearchAnswer | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (!isObject(answer) || !isObject(answer.hits)) return undefined;
  const { hits } = answer.hits;
  if (!Array.isArray(hits) || !hits.every((hit) => isObject(hit) && typeof hit._id === "string")) return undefined;
  const { aggregations } = answer;
  const reason = memberOf(firstOf(memberOf(answer, "_shards.failures")), "reason.reason");
  return {
    hits,
    aggregations: isObject(aggregations) ? aggregations : undefined,
    missing: missingIn(answer),
    shardReason: typeof reason === "string" ? reason : undefined,
  };
}

const firstOf = (list: unknown): unknown => (Array.isArray(list) ? list[0] : undefined);

/** A shard without an available copy counts neither as successful nor as failed. */
function missingIn({ timed_out, _shards, _clusters }: Record<string, unknown>): string | undefined {
  if (timed_out === true) return "the search timed out";
  const { total, successful, failed } = (_shards ?? {}) as Record<string, number | undefined>;
  const missing = Math.max(failed ?? 0, (total ?? 0) - (successful ?? total ?? 0));
  if (missing > 0) return `${missing} of ${total ?? "its"} shards did not answer`;
  const skipped = isObject(_clusters) ? Number(_clusters.skipped ?? 0) : 0;
  return skipped > 0 ? `${skipped} of its clusters did not answer` : undefined;
}
