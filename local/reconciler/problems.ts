/** How often in a row something must be wrong until it is told: while Terraform applies, much is missing for a moment. */
const FAILURES_BEFORE_REPORT = 2;

/** Tells what is wrong once, until it changes or is over. */
export class Problems {
  readonly #known = new Map<string, { text: string; times: number }>();

  constructor(private readonly say: (line: string) => void) {}

  /**
   * Does `work`, and tells why it fails.
   *
   * @param key of whatever it is that may be wrong
   * @param names how it is called in the line
   * @param runs whether it runs all the same, as it was before
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
      const until = runs ? "It goes on as it was" : "It is not delivered";
      this.say(`${names()}: ${text}. ${until} until another apply corrects that; all others go on.`);
    }
  }

  /** Forgets all others. */
  keep(keys: readonly string[]): void {
    for (const key of this.#known.keys()) if (!keys.includes(key)) this.#known.delete(key);
  }
}
