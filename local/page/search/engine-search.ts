import { setTimeout as sleep } from "node:timers/promises";
import type { SearchLocation } from "../../delivery/search";
import { type EngineFailure, EngineRequestError, requestEngine } from "../../search-endpoint/engine-request";

/** Thrown when the search engine does not answer as it should; the message says what to do. */
export class EngineSearchError extends Error {
  override readonly name = "EngineSearchError";
  /** @param failure undefined: it answered something else than was asked for @param status of its response */
  constructor(
    message: string,
    readonly failure?: EngineFailure,
    readonly status?: number,
  ) {
    super(message);
  }
}

/** Asks the engine for what its indices hold. */
export interface EngineSearch {
  /**
   * Asks an API of the pipeline's indices.
   *
   * @param api `_search`, with a query where it needs one
   * @returns the response's body
   * @throws EngineSearchError
   */
  ask(api: string, body: object | undefined, signal?: AbortSignal): Promise<string>;
}

interface SearchLimits {
  /** Long enough for an engine that starts, in milliseconds. */
  readonly timeoutMs: number;
  /** Of a response: a few of the largest events. */
  readonly maxBytes: number;
}

const LIMITS: SearchLimits = { timeoutMs: 30_000, maxBytes: 128 * 1024 * 1024 };

export function engineSearch({ endpoint, indexPattern }: SearchLocation, limits = LIMITS): EngineSearch {
  const indices = `${endpoint}/${encodeURIComponent(indexPattern)}`;
  return {
    async ask(api, body, signal) {
      try {
        return await requestEngine({ ...limits, url: `${indices}/${api}`, body, signal });
      } catch (error) {
        if (!(error instanceof EngineRequestError)) throw error;
        const { message, failure, status } = error;
        const text = `The search engine at ${endpoint} ${message}. ${adviceFor(error)}`;
        throw new EngineSearchError(text.trim(), failure, status);
      }
    },
  };
}

function adviceFor({ failure, status = 0 }: EngineRequestError): string {
  if (failure === "timeout") return "Choose a shorter period, or try again.";
  if (failure === "unreachable") return "npm start -- status says whether it runs.";
  if (status >= 300 && status < 400) return "Give the engine's own address.";
  if (status === 401 || status === 403) return "Allow this machine to search these indices.";
  if (status === 429 || status >= 500) return "It may be busy: try again.";
  return "";
}

/** Delays before a request is sent again, in milliseconds. */
const DELAYS_MS = [500, 1_000, 2_000, 4_000, 8_000];

/** Returns an engine that is asked again while it is busy or away, for what would otherwise have to begin anew. */
export const patientSearch = ({ ask }: EngineSearch, delaysMs: readonly number[] = DELAYS_MS): EngineSearch => ({
  async ask(api, body, signal) {
    for (const delayMs of delaysMs) {
      try {
        return await ask(api, body, signal);
      } catch (error) {
        if (!isPassing(error)) throw error;
        await sleep(delayMs, undefined, signal && { signal });
      }
    }
    return ask(api, body, signal);
  },
});

function isPassing(error: unknown): boolean {
  if (!(error instanceof EngineSearchError)) return false;
  const { failure, status = 0 } = error;
  return failure === "unreachable" || failure === "timeout" || status === 429 || status >= 500;
}
