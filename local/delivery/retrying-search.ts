import { setTimeout as sleep } from "node:timers/promises";
import { MachineError } from "../../tools/failures/machine-error";
import { EngineRequestError, requestEngine } from "../search-endpoint/engine-request";
import { searchAnswer } from "../search-endpoint/search-answer";

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

/** Of a caller that searches each second anyway: the next search is the next attempt. */
export const SINGLE_ATTEMPT: SearchRetryPolicy = { requestTimeoutMs: 10_000, intervalMs: 0, giveUpAfterMs: 0 };

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
  try {
    const answer = searchAnswer(await requestEngine({ url, body: query, timeoutMs }));
    return answer.missing === undefined
      ? { hits: answer.hits }
      : { failure: `answered only partially: ${answer.missing}` };
  } catch (error) {
    if (!(error instanceof EngineRequestError)) throw error;
    return { failure: error.message, ...adviceFor(error.status) };
  }
}

/** For a status that is permanent; others are mostly transient. */
function adviceFor(status = 0): { readonly advice?: string } {
  if (status < 300 || status >= 500 || status === 408 || status === 429) return {};
  return {
    advice:
      status < 400
        ? "The forwarder follows no redirects either: give the engine's own address, and start again."
        : "Check that the engine allows this machine to search, and start again.",
  };
}
