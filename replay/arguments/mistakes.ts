/** Thrown before anything is delivered: what was asked for can't be done. Its message lists every mistake. */
export class MistakesError extends Error {
  override readonly name = "MistakesError";

  constructor(readonly mistakes: readonly string[]) {
    super(mistakes.map((mistake) => `- ${mistake}`).join("\n"));
  }
}

/** Collects mistakes, so that all of them are reported together. */
export class Mistakes {
  private readonly mistakes: string[] = [];

  /** Returns undefined, for what could not be read. */
  add(mistake: string): undefined {
    this.mistakes.push(mistake);
  }

  /** @throws MistakesError if there are any */
  throwIfAny(): void {
    if (this.mistakes.length > 0) throw new MistakesError(this.mistakes);
  }
}
