import { parseEngineError } from "../../core/http/engine-error";
import { oneLine } from "../../tools/text/one-line";
import { clip } from "../report/terminal";

export interface EngineRequest {
  readonly url: string;
  /** Sent as JSON. @default GET without a body */
  readonly body?: object | undefined;
  /** Of all of it, including the response's body. */
  readonly timeoutMs: number;
  /** Of the response's body. @default 256 MiB */
  readonly maxBytes?: number;
  /** Ends the request, with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Why a request has no answer: the engine's own status, or what happened in its place; `no search`: it answered something else. */
export type EngineFailure = "status" | "unreachable" | "timeout" | "too large" | "no search";

/** Thrown for a request that was not answered as it should be; the message ends a sentence that begins with the engine. */
export class EngineRequestError extends Error {
  override readonly name = "EngineRequestError";
  /** @param status of the response; undefined: it has none that tells anything */
  constructor(
    message: string,
    readonly failure: EngineFailure,
    readonly status?: number,
  ) {
    super(message);
  }
}

const MAX_BYTES = 256 * 1024 * 1024;

/** Of a quoted response, in columns. */
const MAX_QUOTED = 300;

/**
 * Asks an engine once. Like the forwarder, it follows no redirect.
 *
 * @returns the response's body
 * @throws EngineRequestError, or the signal's reason
 */
export async function requestEngine({
  url,
  body,
  timeoutMs,
  maxBytes = MAX_BYTES,
  signal,
}: EngineRequest): Promise<string> {
  const timeout = AbortSignal.timeout(timeoutMs);
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      ...(body !== undefined && {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      }),
      redirect: "manual",
      signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
    });
    text = await textOf(response, maxBytes);
  } catch (error) {
    if (signal?.aborted || error instanceof EngineRequestError) throw error;
    throw noAnswer(error as Error, timeoutMs);
  }
  const { ok, status, headers } = response;
  if (ok) return text;
  if (status >= 300 && status < 400) {
    const location = quotedAnswer(headers.get("location") ?? "nowhere");
    throw new EngineRequestError(`redirects to ${location} (${status})`, "status", status);
  }
  const error = parseEngineError(text);
  const reason = quotedAnswer(error?.caused_by?.reason ?? error?.reason ?? text);
  throw new EngineRequestError(`answered ${status}: ${reason.replace(/\.$/, "")}`, "status", status);
}

/** Of what an engine wrote, some words that are harmless to a terminal. */
export const quotedAnswer = (text: string): string => clip(oneLine(text), MAX_QUOTED) || "nothing";

async function textOf({ body }: Response, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    // Leaving the loop ends the response.
    if (bytes > maxBytes) {
      throw new EngineRequestError(`answered with more than ${Math.floor(maxBytes / 2 ** 20)} MiB`, "too large");
    }
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

function noAnswer({ name, message, cause }: Error, timeoutMs: number): EngineRequestError {
  if (name === "TimeoutError") {
    return new EngineRequestError(`gave no complete response within ${timeoutMs / 1000} seconds`, "timeout");
  }
  // The reason is in the `cause` of what `fetch` throws.
  const { message: why, code } = (cause ?? {}) as NodeJS.ErrnoException;
  return new EngineRequestError(`could not be reached: ${quotedAnswer(why || code || message)}`, "unreachable");
}
