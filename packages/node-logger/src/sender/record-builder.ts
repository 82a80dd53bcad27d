/** Lines in one buffer. */
export interface BuiltRecord {
  data: Buffer;
  lines: number;
  /** When its first line was added. */
  since: number;
}

/** Maximum number of bytes of a UTF-16 unit in UTF-8. */
const MAX_UNIT_BYTES = 3;

/** Room beyond a record's, so that lines of up to a third of it are written without counting. */
const HEADROOM_BYTES = 6_000;

const LINE_FEED = 0x0a;

const NONE: readonly BuiltRecord[] = [];

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
  add(line: string): readonly BuiltRecord[] {
    // Where there is room for any text of this length, its bytes need not be counted before.
    if (this.#length + line.length * MAX_UNIT_BYTES >= this.#buffer.length) return this.#addCounted(line);
    const start = this.#length;
    const bytes = this.#buffer.write(line, start) + 1;
    if (start + bytes > this.maxBytes) return this.#addCounted(line);
    this.#buffer[start + bytes - 1] = LINE_FEED;
    this.#added(bytes);
    return NONE;
  }

  #addCounted(line: string): readonly BuiltRecord[] {
    const bytes = Buffer.byteLength(line) + 1;
    const full: BuiltRecord[] = [];
    if (this.#length + bytes > this.maxBytes && this.#lines > 0) full.push(this.take()!);
    if (bytes > this.maxBytes) {
      full.push({ data: Buffer.from(`${line}\n`), lines: 1, since: performance.now() });
      return full;
    }
    if (this.#buffer.length < this.maxBytes + HEADROOM_BYTES) this.#grow();
    this.#buffer.write(`${line}\n`, this.#length);
    this.#added(bytes);
    return full;
  }

  #added(bytes: number): void {
    if (this.#lines++ === 0) this.#since = performance.now();
    this.#length += bytes;
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
    const grown = Buffer.allocUnsafeSlow(this.maxBytes + HEADROOM_BYTES);
    this.#buffer.copy(grown, 0, 0, this.#length);
    this.#buffer = grown;
  }
}
