/**
 * Answers an equal question that comes within a second by the same answer: of many pages, and of an impatient person, an engine
 * hears once.
 */
export class OncePerSecond<T> {
  readonly #answers = new Map<string, { readonly at: number; readonly answer: Promise<T> }>();

  /** @param now monotonic, in milliseconds */
  constructor(
    private readonly now: () => number = () => performance.now(),
    private readonly keepMs = 1_000,
  ) {}

  /** @param key what the question is told by */
  ask(key: string, question: () => Promise<T>): Promise<T> {
    const now = this.now();
    for (const [other, { at }] of this.#answers) if (now - at >= this.keepMs) this.#answers.delete(other);
    const known = this.#answers.get(key);
    if (known) return known.answer;
    const answer = question();
    this.#answers.set(key, { at: now, answer });
    // Who tries again after a failure does so at once.
    answer.catch(() => this.#answers.delete(key));
    return answer;
  }
}
