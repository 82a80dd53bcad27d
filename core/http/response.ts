import { retryAfterMs } from "./retry-after";
import type { HttpResponse } from "./send";

/**
 * Returns a response, with the wait that its `Retry-After` header asks for.
 *
 * @param retryAfter the header's value; the first one where there are several
 */
export function responseOf(status: number, body: string, retryAfter: string | undefined): HttpResponse {
  const wait = retryAfterMs(retryAfter, Date.now());
  return { status, body, ...(wait > 0 && { retryAfterMs: wait }) };
}
