interface Timer {
  at: number;
  wake(): void;
}

/** A clock that goes straight to what is due next, as soon as nothing is left to do at the present moment. */
export class VirtualTime {
  nowMs = 0;
  readonly #timers: Timer[] = [];

  readonly sleep = (ms: number): Promise<void> =>
    new Promise((wake) => {
      const at = this.nowMs + Math.max(0, ms);
      const later = this.#timers.findIndex((timer) => timer.at > at);
      this.#timers.splice(later < 0 ? this.#timers.length : later, 0, { at, wake });
    });

  /**
   * Lets time pass until `work` has settled.
   *
   * @throws Error when `work` waits for something that will never come
   */
  async passUntil<T>(work: Promise<T>): Promise<T> {
    let settled = false;
    const end = () => {
      settled = true;
    };
    work.then(end, end);
    for (;;) {
      // The next tick comes when every promise that could go on has gone on.
      await new Promise<void>((resolve) => process.nextTick(resolve));
      if (settled) return work;
      const timer = this.#timers.shift();
      if (!timer) throw new Error("it waits for ever");
      this.nowMs = timer.at;
      timer.wake();
    }
  }
}
