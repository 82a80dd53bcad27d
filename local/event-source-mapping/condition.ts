/** A condition variable: loops wait for a change, and then check by themselves whether they can proceed. */
export class Condition {
  readonly #waiting = new Set<() => void>();

  notify = (): void => {
    for (const wake of this.#waiting) wake();
  };

  /** Resolves at the next `notify()`, or after `ms` milliseconds. */
  async wait(ms = Number.POSITIVE_INFINITY): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = Number.isFinite(ms) ? setTimeout(() => wake(), Math.max(0, ms)) : undefined;
      const wake = () => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        resolve();
      };
      this.#waiting.add(wake);
    });
  }
}
