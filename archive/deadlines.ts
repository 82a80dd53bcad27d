import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { UnfinishedError } from "./outcome-errors";

/** How long retryable errors are retried after the last success, in milliseconds. */
export const RETRY_MS = 5 * 60 * 1000;

/** How long requests in flight may take after an interruption, in milliseconds. */
const INTERRUPTED_MS = 10 * 1000;

/** Deadline of the retries for one part of an object: {@link RETRY_MS} after the last success, or the run's. All times are in milliseconds. */
export class RetryDeadline {
  private lastSuccess: number;

  constructor(private readonly deadline: RunDeadline) {
    this.lastSuccess = this.now();
  }

  succeeded(): void {
    this.lastSuccess = this.now();
  }

  remainingMs(): number {
    return Math.min(this.lastSuccess + RETRY_MS, this.deadline.atMs) - this.now();
  }

  /** Whether the run's deadline comes before that of the retries. */
  get isCutShort(): boolean {
    return this.deadline.atMs < this.lastSuccess + RETRY_MS;
  }

  private now(): number {
    return this.deadline.now();
  }
}

/** The deadline of a run: none, until a signal interrupts it. Then no further part of an object is begun, and requests in flight get some time to finish. */
export class RunDeadline {
  private readonly interrupted = new AbortController();
  private readonly atDeadline = new AbortController();
  /** Aborted at the deadline, with an UnfinishedError. */
  readonly signal = this.atDeadline.signal;
  /** By `now`. */
  atMs = Number.POSITIVE_INFINITY;

  /** @param now whole milliseconds from any beginning */
  constructor(readonly now: () => number = () => Math.floor(performance.now())) {
    // Each request listens until its connection is closed; Node.js takes more than 10 listeners for a leak.
    setMaxListeners(0, this.signal);
  }

  interrupt(): void {
    this.atMs = this.now() + INTERRUPTED_MS;
    this.interrupted.abort();
    setTimeout(() => this.endNow(), INTERRUPTED_MS).unref();
  }

  /** Moves the deadline to now. */
  endNow(): void {
    this.atMs = Math.min(this.atMs, this.now());
    this.interrupted.abort();
    this.atDeadline.abort(new UnfinishedError("was in progress when the run was interrupted"));
  }

  get isInterrupted(): boolean {
    return this.interrupted.signal.aborted;
  }

  /** Waits; ends early when the run is interrupted. */
  readonly sleep = async (ms: number): Promise<void> => {
    await sleep(ms, undefined, { signal: this.interrupted.signal }).catch(() => {});
  };

  /**
   * Settles as `promise` does, if that is before the deadline.
   *
   * @throws UnfinishedError at the deadline
   */
  async beforeDeadline<T>(promise: Promise<T>): Promise<T> {
    const { signal } = this;
    let abort = () => {};
    const aborted = new Promise<never>((_, reject) => {
      abort = () => reject(signal.reason);
      if (signal.aborted) abort();
      signal.addEventListener("abort", abort);
    });
    // A listener that stayed would keep each response until the run ends.
    return Promise.race([promise, aborted]).finally(() => signal.removeEventListener("abort", abort));
  }
}
