/**
 * Returns the wait that a `Retry-After` header asks for, in milliseconds: 0 without one, or with one that holds neither
 * seconds nor a date.
 *
 * Source: RFC 9110 "HTTP Semantics", 10.2.3.
 *
 * @param nowMs milliseconds since the epoch
 */
export function retryAfterMs(header: string | undefined, nowMs: number): number {
  if (header === undefined) return 0;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? 0 : Math.max(0, at - nowMs);
}
