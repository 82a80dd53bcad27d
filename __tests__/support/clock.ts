import type { RetryIo } from "../../core/retry/retry";

/** A clock that moves only when something sleeps, or a test moves it. */
export class FakeClock {
  nowMs = 0;
  readonly waits: number[] = [];

  constructor(private readonly deadlineMs: number) {}

  readonly remainingMs = (): number => this.deadlineMs - this.nowMs;

  readonly sleep = async (ms: number): Promise<void> => {
    this.waits.push(ms);
    this.nowMs += ms;
  };
}

/** What retrying needs, by this clock, with backoff of half its longest. */
export const retryIo = ({ remainingMs, sleep }: FakeClock): RetryIo => ({
  remainingMs,
  sleep,
  random: () => 0.5,
  unreachableTries: 3,
});
