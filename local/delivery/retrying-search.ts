import { setTimeout as sleep } from "node:timers/promises";
import { isObject } from "../../core/json/object";
import { MachineError } from "../../tools/failures/machine-error";
import { oneLine } from "../../tools/text/one-line";
import { clip } from "../report/terminal";

/** How searches are retried while an engine is overloaded or starting, in milliseconds. */
export interface SearchRetryPolicy {
  /** Timeout of one request, including its response body. */
  readonly requestTimeoutMs: number;
  /** Delay between requests. */
  readonly intervalMs: number;
  /** The search fails after this time without a complete response. */
  readonly giveUpAfterMs: number;
}

/** An engine under load may lack memory for searches, and a starting one has no shards yet; both last only a while. */
export const SEARCH_RETRY_POLICY: SearchRetryPolicy = {
  requestTimeoutMs: 30_000,
  intervalMs: 500,
  giveUpAfterMs: 120_000,
};

/** Length of a quoted response, in columns. */
const MAX_QUOTED = 300;

/** Whether the status is permanent; others are mostly transient. */
const isPermanent = (status: number): boolean => status >= 300 && status < 500 && status !== 408 && status !== 429;

type Outcome =
  | { readonly hits: readonly { readonly _id: string }[] }
  /** What happened instead, as the end of a sentence that begins with the URL. */
  | { readonly failure: string; readonly advice?: string };

/**
 * Searches until all shards have answered. Like the forwarder, it does not follow redirects.
 *
 * @param url of `_search`
 * @returns the hits
 * @throws MachineError for a permanent error, or without a complete response in time
 */
export async function searchWithRetries(url: string, query: object, retryPolicy: SearchRetryPolicy) {
  for (const begin = performance.now(); ; await sleep(retryPolicy.intervalMs)) {
    const outcome = await search(url, query, retryPolicy.requestTimeoutMs);
    if ("hits" in outcome) return outcome.hits;
    const { failure, advice } = outcome;
    if (advice !== undefined) throw new MachineError(`${url} ${failure}.`, advice);
    if (performance.now() - begin < retryPolicy.giveUpAfterMs) continue;
    throw new MachineError(
      `The search engine gave no complete response for ${Math.round(retryPolicy.giveUpAfterMs / 1000)} seconds. The last time, ${url} ${failure}.`,
      `Check its health (curl ${new URL(url).origin}/_cluster/health) and that no proxy is in between, and start again.`,
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
    return { failure: `could not be reached: ${quoted(reasonOf(error, timeoutMs))}` };
  }
  const { status } = response;
  const failure = `answered ${status}: ${quoted(body)}`;
  if (status >= 300 && status < 400) {
    return {
      failure: `redirects to ${quoted(response.headers.get("location") ?? "nowhere")} (${status})`,
      advice: "The forwarder follows no redirects either: give the engine's own address, and start again.",
    };
  }
  if (isPermanent(status))
    return { failure, advice: "Check that the engine allows this machine to search, and start again." };
  if (!response.ok) return { failure };
  return outcomeOf(body) ?? { failure };
}

/** Undefined for anything but an engine's response to a search. */
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
  return partial === undefined ? { hits } : { failure: `answered only partially: ${partial}` };
}

/** Why hits may be missing. A shard without an available copy counts neither as successful nor as failed. */
function partOf({ timed_out, _shards, _clusters }: Record<string, unknown>): string | undefined {
  if (timed_out === true) return "the search timed out";
  const shards = isObject(_shards) ? _shards : {};
  const { total, successful, failed } = shards as Record<string, number | undefined>;
  const missing = Math.max(failed ?? 0, (total ?? 0) - (successful ?? total ?? 0));
  if (missing > 0) return `${missing} of ${total ?? "its"} shards did not answer`;
  const skipped = isObject(_clusters) ? Number(_clusters.skipped ?? 0) : 0;
  return skipped > 0 ? `${skipped} of its clusters did not answer` : undefined;
}

/** The reason is in the `cause` of what `fetch` throws. */
function reasonOf(error: unknown, timeoutMs: number): string {
  const { name, message, cause } = error as Error;
  if (name === "TimeoutError") return `no complete response within ${timeoutMs / 1000} seconds`;
  const { message: why, code } = (cause ?? {}) as NodeJS.ErrnoException;
  return why || code || message;
}

function quoted(text: string): string {
  return clip(oneLine(text), MAX_QUOTED) || "nothing";
}
