import { backoffMs } from "./backoff";
import type { Outcome } from "./outcome";

/** How often in a row something unreachable is tried before the forwarder gives the batch back. */
export const UNREACHABLE_TRIES = 3;

/** Why an attempt did not settle everything. */
export interface Failure {
  reason: string;
  outcome: Extract<Outcome, "retried" | "retried briefly">;
  /** What to do, where somebody has to. */
  advice?: string | undefined;
  /** The least time to wait, as the other side asked, in milliseconds. */
  retryAfterMs?: number | undefined;
}

export interface RetryIo {
  /** Milliseconds until trying has to stop. */
  remainingMs(): number;
  sleep(ms: number): Promise<void>;
  random(): number;
  /** How often in a row something unreachable is tried. */
  unreachableTries: number;
}

/**
 * Calls `attempt` until it returns no failure, with backoff between. Ends early when the next wait would outlast the
 * time, or when the other side was unreachable too often in a row.
 *
 * @returns the last failure, and whether it was the time that was over; undefined when all is settled
 */
export async function retried(
  attempt: () => Promise<Failure | undefined>,
  io: RetryIo,
): Promise<(Failure & { isTimeOver: boolean }) | undefined> {
  let unreachable = 0;
  for (let tries = 0; ; tries++) {
    const failure = await attempt();
    if (!failure) return undefined;
    unreachable = failure.outcome === "retried briefly" ? unreachable + 1 : 0;
    if (unreachable >= io.unreachableTries) return { ...failure, isTimeOver: false };
    const wait = Math.max(backoffMs(tries, io.random()), failure.retryAfterMs ?? 0);
    if (wait >= io.remainingMs()) return { ...failure, isTimeOver: true };
    await io.sleep(wait);
  }
}
