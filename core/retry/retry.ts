import { backoffMs } from "./backoff";
import type { Classified } from "./rule";

/** How often in a row a function tries what is unreachable before it returns the batch to Lambda. */
const UNREACHABLE_TRIES = 3;

/** Why an attempt did not settle everything. */
export type Failure = Classified<"retried" | "retried briefly"> & {
  reason: string;
  /** The least time to wait, as the other side asked, in milliseconds. */
  retryAfterMs?: number | undefined;
};

/** How retrying ended without success. */
export type Exhausted =
  | { by: "deadline"; failure: Failure }
  | { by: "unreachable"; failure: Extract<Failure, { outcome: "retried briefly" }> };

export interface RetryIo {
  /** Milliseconds until the deadline. */
  remainingMs(): number;
  sleep(ms: number): Promise<void>;
  /** A number in [0, 1). */
  random(): number;
  /** How often in a row to try what is unreachable. */
  unreachableTries: number;
}

/** What retrying within an invocation needs: the deadline is the invocation's. */
export type InvocationRetryIo = Omit<RetryIo, "unreachableTries">;

/** Retries until `reserveMs` of the invocation's time are left. */
export function retryUntil(reserveMs: number, { remainingMs, sleep, random }: InvocationRetryIo): RetryIo {
  return { remainingMs: () => remainingMs() - reserveMs, sleep, random, unreachableTries: UNREACHABLE_TRIES };
}

/**
 * Calls `attempt` until it returns no failure, with backoff between. Ends early when the next wait would outlast the
 * deadline, or when the other side was unreachable too often in a row.
 *
 * @returns undefined when all is settled
 */
export async function retry(attempt: () => Promise<Failure | undefined>, io: RetryIo): Promise<Exhausted | undefined> {
  let unreachable = 0;
  for (let tries = 0; ; tries++) {
    const failure = await attempt();
    if (!failure) return undefined;
    if (failure.outcome === "retried briefly") {
      unreachable++;
      if (unreachable >= io.unreachableTries) return { by: "unreachable", failure };
    } else {
      unreachable = 0;
    }
    const wait = Math.max(backoffMs(tries, io.random()), failure.retryAfterMs ?? 0);
    if (wait >= io.remainingMs()) return { by: "deadline", failure };
    await io.sleep(wait);
  }
}
