/** Consecutive failures before one is reported: while Terraform applies, resources are missing for a moment. */
const FAILURES_BEFORE_REPORT = 2;

/** Reports each problem once, until it changes or ends. */
export class Problems {
  readonly #known = new Map<string, { text: string; times: number }>();

  constructor(private readonly say: (line: string) => void) {}

  /**
   * Runs `work`, and reports its failure.
   *
   * @param key identifies the mapping or function
   * @param names its name in the line
   * @param runs whether it still runs, as it was before
   */
  async watch(key: string, names: () => string, runs: boolean, work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.#known.delete(key);
    } catch (error) {
      const text = (error as Error).message;
      const known = this.#known.get(key);
      const times = known?.text === text ? known.times + 1 : 1;
      this.#known.set(key, { text, times });
      if (times !== FAILURES_BEFORE_REPORT) return;
      const until = runs ? "It runs unchanged" : "It is not delivered";
      this.say(`${names()}: ${text}. ${until} until another terraform apply fixes it; others are not affected.`);
    }
  }

  /** Forgets the problems of all other keys. */
  keep(keys: readonly string[]): void {
    for (const key of this.#known.keys()) if (!keys.includes(key)) this.#known.delete(key);
  }
}
