const NOTHING: Buffer = Buffer.alloc(0);

/** Reads a stream of bytes part by part, or as many at a time as asked for. */
export class ByteReader {
  #ahead = NOTHING;
  #isEnded = false;

  /** @param offset of the first byte of `parts` in the stored object */
  constructor(
    private readonly parts: AsyncIterator<Buffer, void>,
    private readonly start: number,
  ) {
    this.#received = start;
  }

  #received: number;

  /** Offset of the next byte in the stored object. */
  get offset(): number {
    return this.#received - this.#ahead.length;
  }

  get isAtStart(): boolean {
    return this.offset === this.start;
  }

  /** Returns the next bytes, or undefined at the end. */
  async next(): Promise<Buffer | undefined> {
    const bytes = this.#ahead;
    this.#ahead = NOTHING;
    return bytes.length > 0 ? bytes : this.#receive();
  }

  /** Puts back the last bytes that `next` returned. */
  unread(bytes: Buffer): void {
    this.#ahead = this.#ahead.length > 0 ? Buffer.concat([bytes, this.#ahead]) : bytes;
  }

  /** Returns the next `length` bytes, which stay there; fewer at the end. */
  async peek(length: number): Promise<Buffer> {
    const parts = [this.#ahead];
    let bytes = this.#ahead.length;
    while (bytes < length) {
      const part = await this.#receive();
      if (!part) break;
      parts.push(part);
      bytes += part.length;
    }
    if (parts.length > 1) this.#ahead = Buffer.concat(parts);
    return this.#ahead.subarray(0, length);
  }

  /** Returns the next `length` bytes, or undefined if there are fewer. */
  async take(length: number): Promise<Buffer | undefined> {
    const bytes = await this.peek(length);
    if (bytes.length < length) return undefined;
    this.#ahead = this.#ahead.subarray(length);
    return bytes;
  }

  async #receive(): Promise<Buffer | undefined> {
    if (this.#isEnded) return undefined;
    const { done, value } = await this.parts.next();
    if (done) {
      this.#isEnded = true;
      return undefined;
    }
    this.#received += value.length;
    return value;
  }
}
