/** AWS does not document its backoff. It is short here, because a person waits for it. */
const DELAY_MS = { first: 100, longest: 10_000 };

/** Milliseconds to wait before the next attempt. @param failures consecutive ones, from 1 */
export function retryDelayMs(failures: number): number {
  return Math.min(DELAY_MS.longest, DELAY_MS.first * 2 ** (failures - 1));
}
