import type { RecordSet } from "./record-set";

interface Waiter {
  mark: number;
  resolve: (isDone: boolean) => void;
  timer: NodeJS.Timeout;
}

/** Those who wait until records are settled. */
export class FlushWaiters {
  readonly #waiters = new Set<Waiter>();

  constructor(readonly records: RecordSet) {}

  /**
   * Waits until no record up to `mark` is left. Meanwhile the process does not end by itself.
   *
   * @returns whether none is left; false after `milliseconds`
   */
  wait(mark: number, milliseconds: number): Promise<boolean> {
    if (this.#isDone(mark)) return Promise.resolve(true);
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#waiters.delete(waiter);
        resolve(false);
      }, milliseconds);
      const waiter = { mark, resolve, timer };
      this.#waiters.add(waiter);
    });
  }

  /** To be called after a record is settled. */
  check(): void {
    for (const waiter of this.#waiters) {
      if (!this.#isDone(waiter.mark)) continue;
      clearTimeout(waiter.timer);
      this.#waiters.delete(waiter);
      waiter.resolve(true);
    }
  }

  #isDone(mark: number): boolean {
    const { oldest } = this.records;
    return !oldest || oldest.sequence > mark;
  }
}
