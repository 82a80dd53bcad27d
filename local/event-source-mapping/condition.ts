/** What a waiting loop waits for: that something has changed. It looks for itself whether that is enough. */
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
