/** Writes what a program is made of into the encoder's memory, one after the other. */
export class ProgramWriter {
  readonly #memory: Buffer;
  readonly #end: number;
  readonly #known: Map<string | object, number>;
  #at: number;

  /**
   * @param end the address after the room for programs
   * @param known addresses of what is there already
   */
  constructor(memory: Buffer, at: number, end: number, known: Map<string | object, number> = new Map()) {
    this.#memory = memory;
    this.#at = at;
    this.#end = end;
    this.#known = known;
  }

  /** The address of what is written next. */
  get at(): number {
    return this.#at;
  }

  /** @returns the address of numbers of 32 bits. @throws RangeError if there is no room for them */
  words(words: readonly number[]): number {
    const bytes = Buffer.alloc(4 * words.length);
    for (const [i, word] of words.entries()) bytes.writeUInt32LE(word, 4 * i);
    return this.bytes(bytes);
  }

  /** @returns the address of bytes. @throws RangeError if there is no room for them */
  bytes(bytes: Uint8Array): number {
    const at = this.#at;
    const next = (at + bytes.length + 3) & ~3;
    // The encoder copies 16 bytes at a time.
    if (next + 16 > this.#end) throw new RangeError("no room for a further program");
    this.#memory.set(bytes, at);
    this.#at = next;
    return at;
  }

  /** @returns the address and the length of a text, which is written once. @throws RangeError if there is no room for it */
  text(text: string): readonly [address: number, length: number] {
    const at = this.#known.get(text) ?? this.bytes(Buffer.from(text));
    this.#known.set(text, at);
    return [at, Buffer.byteLength(text)];
  }

  /** @returns the address of bytes, which are written once. @throws RangeError if there is no room for them */
  shared(bytes: Buffer): number {
    return this.once(bytes, () => this.bytes(bytes));
  }

  /** @returns the address of what `write` writes of something, which is written once. @throws RangeError if there is no room for it */
  once(key: object, write: () => number): number {
    const at = this.#known.get(key) ?? write();
    this.#known.set(key, at);
    return at;
  }
}
