/** Lines in one buffer. */
export interface BuiltRecord {
  data: Buffer;
  lines: number;
  /** When its first line was added. */
  since: number;
}

/** Packs lines into records. */
export class RecordBuilder {
  #buffer: Buffer = Buffer.alloc(0);
  #length = 0;
  #lines = 0;
  #since = 0;

  /** @param maxBytes size up to which lines share a record; 0: each line is one. A longer line is a record of its own. */
  constructor(public maxBytes: number) {}

  get lines(): number {
    return this.#lines;
  }

  get bytes(): number {
    return this.#length;
  }

  get since(): number {
    return this.#since;
  }

  /**
   * Adds a line, without its line feed.
   *
   * @returns the records that are full now, at most two
   */
  add(line: string): BuiltRecord[] {
    const bytes = Buffer.byteLength(line) + 1;
    const full: BuiltRecord[] = [];
    if (this.#length + bytes > this.maxBytes && this.#lines > 0) full.push(this.take()!);
    if (bytes > this.maxBytes) {
      full.push({ data: Buffer.from(`${line}\n`), lines: 1, since: performance.now() });
      return full;
    }
    if (this.#buffer.length < this.maxBytes) this.#grow();
    if (this.#lines++ === 0) this.#since = performance.now();
    this.#length += this.#buffer.write(line, this.#length);
    this.#buffer[this.#length++] = 0x0a;
    return full;
  }

  /** The lines so far, as a record; undefined if there are none. */
  take(): BuiltRecord | undefined {
    if (this.#lines === 0) return undefined;
    const built = { data: Buffer.from(this.#buffer.subarray(0, this.#length)), lines: this.#lines, since: this.#since };
    this.#length = 0;
    this.#lines = 0;
    return built;
  }

  #grow(): void {
    const grown = Buffer.allocUnsafeSlow(this.maxBytes);
    this.#buffer.copy(grown, 0, 0, this.#length);
    this.#buffer = grown;
  }
}
