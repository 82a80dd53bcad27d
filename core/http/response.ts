import { retryAfterMs } from "./retry-after";
import type { HttpResponse } from "./send";

/** @param retryAfter the value of the `Retry-After` header; the first one where there are several */
export function responseOf(status: number, body: string, retryAfter: string | undefined): HttpResponse {
  const wait = retryAfterMs(retryAfter, Date.now());
  return { status, body, ...(wait > 0 && { retryAfterMs: wait }) };
}
