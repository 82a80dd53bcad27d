import { isObject, memberOf } from "../../core/json/object";
import { EngineRequestError, quotedAnswer } from "./engine-request";

/** Hits that a search may ask for. Source: OpenSearch documentation, "Index settings": index.max_result_window. */
export const MAX_HITS = 10_000;

/** An engine's answer to a search, as far as it is known to be one. */
export interface EngineSearchAnswer {
  readonly hits: readonly { readonly _id: string }[];
  readonly aggregations: Readonly<Record<string, unknown>> | undefined;
  /** Shards that were asked; 0 where there is no index. */
  readonly shards: number;
  /** Why hits may be missing, as a sentence without its end; undefined: none is. */
  readonly missing: string | undefined;
  /** What a shard said that did not answer. */
  readonly shardReason: string | undefined;
}

/**
 * Returns what a search has found, and whether it is all. Nothing else counts as an answer: one that does not say whether it is all
 * would make what is missing look lost.
 *
 * @throws EngineRequestError for anything but an engine's answer to a search
 */
export function searchAnswer(body: string): EngineSearchAnswer {
  const answer = parsed(body);
  if (!isObject(answer)) throw noSearchAnswer("it is no JSON object", body);
  const hits = isObject(answer.hits) ? answer.hits.hits : undefined;
  if (!Array.isArray(hits) || !hits.every((hit) => isObject(hit) && typeof hit._id === "string")) {
    throw noSearchAnswer("it has no hits, each with its _id", body);
  }
  const { aggregations, timed_out: timedOut, _shards: shards, _clusters: clusters } = answer;
  if (typeof timedOut !== "boolean") throw noSearchAnswer("it does not say whether it timed_out", body);
  const [total, successful, failed] = ["total", "successful", "failed"].map((name) => memberOf(shards, name));
  if (!isCount(total) || !isCount(successful) || !isCount(failed) || Math.max(successful, failed) > total) {
    throw noSearchAnswer("it does not say how many of its _shards answered", body);
  }
  const skipped = isObject(clusters) ? (clusters.skipped ?? 0) : 0;
  if (!isCount(skipped)) throw noSearchAnswer("it does not say how many of its _clusters it skipped", body);
  const reason = memberOf(firstOf(memberOf(shards, "failures")), "reason.reason");
  return {
    hits,
    aggregations: isObject(aggregations) ? aggregations : undefined,
    shards: total,
    // A shard without an available copy counts neither as successful nor as failed.
    missing: missingOf({ timedOut, total, missing: Math.max(failed, total - successful), skipped }),
    shardReason: typeof reason === "string" ? reason : undefined,
  };
}

/** Whether a value of JSON is a number of things. */
export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

/** @param why it is none, as a clause @param body what was answered */
export const noSearchAnswer = (why: string, body: string): EngineRequestError =>
  new EngineRequestError(`gave no answer to this search (${why}): ${quotedAnswer(body)}`, "no search");

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

const firstOf = (list: unknown): unknown => (Array.isArray(list) ? list[0] : undefined);

interface Missing {
  readonly timedOut: boolean;
  readonly total: number;
  readonly missing: number;
  readonly skipped: number;
}

function missingOf({ timedOut, total, missing, skipped }: Missing): string | undefined {
  if (timedOut) return "the search timed out";
  if (missing > 0) return `${missing} of ${total} shards did not answer`;
  return skipped > 0 ? `${skipped} of its clusters did not answer` : undefined;
}
