import { setTimeout as sleep } from "node:timers/promises";

export interface PaceOptions {
  /** Lines per second. */
  readonly rate: number;
  readonly seconds: number;
  /** Sends one line. @param n from 0 */
  send(n: number): void;
  /** Bytes that wait to be sent. */
  pendingBytes(): number;
  /** Ends it early. */
  readonly signal: AbortSignal;
}

const TICK_MS = 50;

/** The logger drops lines when its memory is full; a sender of test data waits before that. */
const MAX_PENDING_BYTES = 16_000_000;

/**
 * Sends lines at a steady rate, and waits while too many are pending: lines that were due then are sent afterwards.
 *
 * @returns how many lines were sent, and for how many seconds it had to wait
 */
export async function pace(options: PaceOptions): Promise<{ lines: number; waitedSeconds: number }> {
  const { rate, seconds, signal } = options;
  const total = Math.round(rate * seconds);
  const begin = performance.now();
  let lines = 0;
  let waitedMs = 0;
  while (lines < total && !signal.aborted) {
    if (options.pendingBytes() > MAX_PENDING_BYTES) {
      waitedMs += TICK_MS;
    } else {
      const due = Math.min(total, Math.ceil(((performance.now() - begin) / 1000) * rate));
      // What is overdue comes in portions, between which the logger sends.
      for (const end = Math.min(due, lines + rate); lines < end; lines++) options.send(lines);
    }
    if (lines < total) await sleep(TICK_MS, undefined, { signal }).catch(() => {});
  }
  return { lines, waitedSeconds: waitedMs / 1000 };
}
