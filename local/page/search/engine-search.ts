import { parseEngineError } from "../../../core/http/engine-error";
import { oneLine } from "../../../tools/text/one-line";
import type { SearchLocation } from "../../delivery/search";
import { clip } from "../../report/terminal";

/** Thrown when the search engine does not answer as it should; the message says what to do. */
export class EngineSearchError extends Error {
  override readonly name = "EngineSearchError";
  /** @param status of its response; undefined: it gave none */
  constructor(
    message: string,
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

/** Long enough for an engine that starts. */
const TIMEOUT_MS = 30_000;
const MAX_QUOTED = 300;

export function engineSearch({ endpoint, indexPattern }: SearchLocation, timeoutMs = TIMEOUT_MS): EngineSearch {
  const indices = `${endpoint}/${encodeURIComponent(indexPattern)}`;
  return {
    async ask(api, body, signal) {
      const signals = [AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])];
      let response: Response;
      let text: string;
      try {
        response = await fetch(`${indices}/${api}`, {
          method: body === undefined ? "GET" : "POST",
          ...(body !== undefined && { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }),
          redirect: "manual",
          signal: AbortSignal.any(signals),
        });
        text = await response.text();
      } catch (error) {
        if (signal?.aborted) throw error;
        throw new EngineSearchError(`The search engine at ${endpoint} ${whyUnreachable(error as Error, timeoutMs)}`);
      }
      if (response.ok) return text;
      throw new EngineSearchError(
        `The search engine answered ${response.status}: ${reasonIn(text)}.${adviceFor(response.status)}`,
        response.status,
      );
    },
  };
}

function whyUnreachable({ name, message, cause }: Error, timeoutMs: number): string {
  if (name === "TimeoutError") {
    return `gave no complete answer within ${timeoutMs / 1000} seconds. Choose a shorter period, or try again.`;
  }
  const { code, message: why } = (cause ?? {}) as NodeJS.ErrnoException;
  return `does not answer (${code || why || message}). npm start -- status says whether it runs.`;
}

function reasonIn(text: string): string {
  const error = parseEngineError(text);
  const reason = error?.caused_by?.reason ?? error?.reason ?? text;
  return clip(oneLine(reason), MAX_QUOTED).replace(/\.$/, "") || "nothing";
}

function adviceFor(status: number): string {
  if (status === 401 || status === 403) return " Allow this machine to search these indices.";
  if (status === 429 || status >= 500) return " It may be busy: try again.";
  return "";
}
