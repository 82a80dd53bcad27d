import { setTimeout as sleep } from "node:timers/promises";
import { isObject } from "../../core/json/object";
import { MachineError } from "../../tools/failures/machine-error";
import { oneLine } from "../../tools/text/one-line";
import { clip } from "../report/terminal";

/** How an engine is asked that may have an odd moment, all in milliseconds. */
export interface SearchRetryPolicy {
  /** For one request, its answer's body included. */
  readonly requestTimeoutMs: number;
  /** Between two requests. */
  readonly intervalMs: number;
  /** After so long without a whole answer no more is asked. */
  readonly giveUpAfterMs: number;
}

/** An engine that takes in much may have no memory for answers, and one that has just begun no shards: not for long. */
export const SEARCH_RETRY_POLICY: SearchRetryPolicy = {
  requestTimeoutMs: 30_000,
  intervalMs: 500,
  giveUpAfterMs: 120_000,
};

/** Of an answer that is quoted, in columns. */
const MAX_QUOTED = 300;

/** A refusal that is meant; of the others, most are gone a moment later. */
const isFinal = (status: number): boolean => status >= 300 && status < 500 && status !== 408 && status !== 429;

type Outcome =
  | { readonly hits: readonly { readonly _id: string }[] }
  /** What has come instead, as the end of a sentence that begins with the URL. */
  | { readonly failure: string; readonly advice?: string };

/**
 * Searches until all shards have answered; redirects are not followed, as the forwarder follows none.
 *
 * @param url of `_search`
 * @returns its hits
 * @throws MachineError when the engine refuses, or has no whole answer for too long
 */
export async function searchWithRetries(url: string, query: object, retryPolicy: SearchRetryPolicy) {
  for (const begin = performance.now(); ; await sleep(retryPolicy.intervalMs)) {
    const outcome = await search(url, query, retryPolicy.requestTimeoutMs);
    if ("hits" in outcome) return outcome.hits;
    const { failure, advice } = outcome;
    if (advice !== undefined) throw new MachineError(`${url} ${failure}.`, advice);
    if (performance.now() - begin < retryPolicy.giveUpAfterMs) continue;
    throw new MachineError(
      `The search engine gave no whole answer for ${Math.round(retryPolicy.giveUpAfterMs / 1000)} seconds. The last time, ${url} ${failure}.`,
      `Look whether it is well (curl ${new URL(url).origin}/_cluster/health) and reached without a proxy, and start again.`,
    );
  }
}

async function search(url: string, query: object, timeoutMs: number): Promise<Outcome> {
  let response: Response;
  let body: string;
  try {
    const headers = { "Content-Type": "application/json" };
    const signal = AbortSignal.timeout(timeoutMs);
    response = await fetch(url, { method: "POST", headers, body: JSON.stringify(query), redirect: "manual", signal });
    body = await response.text();
  } catch (error) {
    return { failure: `could not be asked: ${quoted(reasonOf(error, timeoutMs))}` };
  }
  const { status } = response;
  const failure = `answered ${status}: ${quoted(body)}`;
  if (status >= 300 && status < 400) {
    return {
      failure: `redirects to ${quoted(response.headers.get("location") ?? "nowhere")} (${status})`,
      advice: "The forwarder follows no redirects either: give the engine's own address, and start again.",
    };
  }
  if (isFinal(status)) return { failure, advice: "Check that the engine lets this machine search, and start again." };
  if (!response.ok) return { failure };
  return outcomeOf(body) ?? { failure };
}

/** Undefined for what is no engine's answer to a search. */
function outcomeOf(body: string): Outcome | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (!isObject(answer) || !isObject(answer.hits)) return undefined;
  const { hits } = answer.hits;
  if (!Array.isArray(hits) || !hits.every((hit) => isObject(hit) && typeof hit._id === "string")) return undefined;
  const partial = partOf(answer);
  return partial === undefined ? { hits } : { failure: `answered for a part only: ${partial}` };
}

/** Why hits may be missing. A shard that has no copy now counts neither as successful nor as failed. */
function partOf({ timed_out, _shards, _clusters }: Record<string, unknown>): string | undefined {
  if (timed_out === true) return "the search timed out";
  const shards = isObject(_shards) ? _shards : {};
  const { total, successful, failed } = shards as Record<string, number | undefined>;
  const missing = Math.max(failed ?? 0, (total ?? 0) - (successful ?? total ?? 0));
  if (missing > 0) return `${missing} of ${total ?? "its"} shards did not answer`;
  const skipped = isObject(_clusters) ? Number(_clusters.skipped ?? 0) : 0;
  return skipped > 0 ? `${skipped} of its clusters did not answer` : undefined;
}

/** `fetch` says only that it failed; its cause says why. */
function reasonOf(error: unknown, timeoutMs: number): string {
  const { name, message, cause } = error as Error;
  if (name === "TimeoutError") return `no whole answer within ${timeoutMs / 1000} seconds`;
  const { message: why, code } = (cause ?? {}) as NodeJS.ErrnoException;
  return why || code || message;
}

function quoted(text: string): string {
  return clip(oneLine(text), MAX_QUOTED) || "nothing";
}
