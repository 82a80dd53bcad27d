/** Calls that are all answered when the answer to the first is awaited. */
export class CallBatch<Call, Answer> {
  readonly #calls: Record<string, Call> = {};
  #answers?: Promise<Readonly<Record<string, Answer>>>;

  /** @param answerAll gets the calls by name, and returns their answers by the same names */
  constructor(
    private readonly answerAll: (calls: Readonly<Record<string, Call>>) => Promise<Readonly<Record<string, Answer>>>,
  ) {}

  /** To be called before any answer is awaited, where tests are declared. */
  add(call: Call): () => Promise<Answer> {
    if (this.#answers) throw new Error("This batch is answered already.");
    const name = `call_${Object.keys(this.#calls).length}`;
    this.#calls[name] = call;
    return async () => {
      this.#answers ??= this.answerAll(this.#calls);
      return (await this.#answers)[name]!;
    };
  }
}
