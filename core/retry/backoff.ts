const BASE_MS = 200;
const CAP_MS = 20_000;

/**
 * Milliseconds to wait before the next try: exponential backoff with full jitter, between 0 and
 * min(20 s, 200 ms × 2^attempt).
 *
 * Source: AWS Builders' Library "Timeouts, retries, and backoff with jitter".
 *
 * @param attempt tries made so far, from 0
 * @param random a number in [0, 1)
 */
export function backoffMs(attempt: number, random: number): number {
  return Math.floor(random * Math.min(CAP_MS, BASE_MS * 2 ** attempt));
}
