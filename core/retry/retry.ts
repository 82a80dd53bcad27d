import { backoffMs } from "./backoff";
import type { Classified } from "./rule";

/** Consecutive attempts at an unreachable host before a function returns the batch to Lambda. */
const UNREACHABLE_TRIES = 3;

/** The reason why an attempt did not settle everything. */
export type Failure = Classified<"retried" | "retried briefly" | "isolated"> & {
  reason: string;
  /** Minimum wait that the server asks for, in milliseconds. */
  retryAfterMs?: number | undefined;
};

/** The limit that ended the retries, and the last failure. */
export type Exhausted =
  | { by: "deadline"; failure: Failure }
  | { by: "unreachable"; failure: Extract<Failure, { outcome: "retried briefly" }> };

export interface RetryIo {
  /** Milliseconds until the deadline. */
  remainingMs(): number;
  sleep(ms: number): Promise<void>;
  /** A number in [0, 1). */
  random(): number;
  /** Maximum number of consecutive attempts at an unreachable host, 1 or more. */
  unreachableTries: number;
}

/** What retrying within an invocation needs: the deadline is the invocation's. */
export type InvocationRetryIo = Omit<RetryIo, "unreachableTries">;

/** Retries until `reserveMs` of the invocation's time are left. */
export function retryUntil(reserveMs: number, { remainingMs, sleep, random }: InvocationRetryIo): RetryIo {
  return { remainingMs: () => remainingMs() - reserveMs, sleep, random, unreachableTries: UNREACHABLE_TRIES };
}

/**
 * Calls `attempt` until it returns no failure, with backoff in between. Gives up when the next wait would outlast the
 * deadline, and after `unreachableTries` consecutive attempts at an unreachable host.
 *
 * @returns undefined after success
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
