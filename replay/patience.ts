import { setTimeout as sleep } from "node:timers/promises";
import { UnfinishedError } from "./outcome-errors";

/** How long retryable errors are retried, counted from the last success. */
export const RETRY_MS = 5 * 60 * 1000;

/** How long requests in flight at an interruption may go on. */
const INTERRUPTED_MS = 10 * 1000;

/** How long to go on trying, for one part of an object. All times are in milliseconds. */
export class Patience {
  private lastSuccess: number;

  constructor(private readonly interruption: Interruption) {
    this.lastSuccess = this.now();
  }

  succeeded(): void {
    this.lastSuccess = this.now();
  }

  remainingMs(): number {
    return Math.min(this.lastSuccess + RETRY_MS, this.interruption.deadline) - this.now();
  }

  /** Whether it is the interruption that ends it, and not that nothing has succeeded. */
  get isCutShort(): boolean {
    return this.interruption.deadline < this.lastSuccess + RETRY_MS;
  }

  private now(): number {
    return this.interruption.now();
  }
}

/** Ctrl-C: no further part of an object is begun, and what is in progress gets some time to finish. */
export class Interruption {
  private readonly controller = new AbortController();
  private readonly overController = new AbortController();
  /** Aborted at the deadline, with an UnfinishedError. */
  readonly over = this.overController.signal;
  /** In milliseconds, as `now` counts them. */
  deadline = Number.POSITIVE_INFINITY;

  /** @param now whole milliseconds from any beginning */
  constructor(readonly now: () => number = () => Math.floor(performance.now())) {}

  interrupt(): void {
    this.deadline = this.now() + INTERRUPTED_MS;
    this.controller.abort();
    setTimeout(() => this.endNow(), INTERRUPTED_MS).unref();
  }

  /** The deadline is now. */
  endNow(): void {
    this.deadline = Math.min(this.deadline, this.now());
    this.controller.abort();
    this.overController.abort(new UnfinishedError("was in progress when the run was interrupted"));
  }

  get isInterrupted(): boolean {
    return this.controller.signal.aborted;
  }

  /** Ends early when interrupted. */
  readonly sleep = async (ms: number): Promise<void> => {
    await sleep(ms, undefined, { signal: this.controller.signal }).catch(() => {});
  };

  /**
   * Settles as `promise` does, if that is before the deadline.
   *
   * @throws UnfinishedError at the deadline
   */
  async beforeDeadline<T>(promise: Promise<T>): Promise<T> {
    const { over } = this;
    let abort = () => {};
    const aborted = new Promise<never>((_, reject) => {
      abort = () => reject(over.reason);
      if (over.aborted) abort();
      over.addEventListener("abort", abort);
    });
    // A listener that stayed would keep each response until the run ends.
    return Promise.race([promise, aborted]).finally(() => over.removeEventListener("abort", abort));
  }
}
