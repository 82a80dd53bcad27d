import { setTimeout as sleep } from "node:timers/promises";
import { ObjectError } from "./outcome-errors";

/** How long what fails for a passing reason is tried again, counted from the last success. */
export const RETRY_MS = 5 * 60 * 1000;

/** How long what is under way at an interruption may go on. */
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

  private now(): number {
    return this.interruption.now();
  }
}

/** Ctrl-C: no further object is begun, and what is under way gets some time to finish. */
export class Interruption {
  private readonly controller = new AbortController();
  private readonly overController = new AbortController();
  /** Aborted at the deadline, with the ObjectError of what is still under way. */
  readonly over = this.overController.signal;
  /** In milliseconds, as `now` counts them. */
  deadline = Number.POSITIVE_INFINITY;

  /** @param now whole milliseconds from any beginning */
  constructor(readonly now: () => number = () => Math.floor(performance.now())) {}

  interrupt(): void {
    this.deadline = this.now() + INTERRUPTED_MS;
    this.controller.abort();
    const reason = new ObjectError("was under way when the run was interrupted");
    setTimeout(() => this.overController.abort(reason), INTERRUPTED_MS).unref();
  }

  get isInterrupted(): boolean {
    return this.controller.signal.aborted;
  }

  /** Ends early when interrupted. */
  readonly sleep = async (ms: number): Promise<void> => {
    await sleep(ms, undefined, { signal: this.controller.signal }).catch(() => {});
  };
}
