import { setTimeout as sleep } from "node:timers/promises";

const POLL_MS = 250;
/** Longer than a function retries: up to its timeout, two minutes by default. */
const STALL_SECONDS = 180;

/** Polls `countOpen` until it returns 0, or does not decrease for `stallSeconds`. */
export async function untilStalled(
  countOpen: () => Promise<number>,
  { stallSeconds = STALL_SECONDS, pollMs = POLL_MS }: { readonly stallSeconds?: number; readonly pollMs?: number } = {},
): Promise<void> {
  let last = Number.POSITIVE_INFINITY;
  for (let changedAt = performance.now(); performance.now() - changedAt < stallSeconds * 1000; await sleep(pollMs)) {
    const open = await countOpen();
    if (open === 0) return;
    if (open < last) changedAt = performance.now();
    last = open;
  }
}
