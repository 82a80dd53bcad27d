/** Lines of an object that follow one another. An array of their texts is one. */
export interface LineTexts {
  readonly length: number;
  /** Returns a line without its end. "": it is no event, because it is blank, a header, or too long */
  at(i: number): string | undefined;
}

/** Lines as they are in the object: most are never needed as strings. */
export class RawLines implements LineTexts {
  /**
   * @param bytes of the lines, in the object's encoding
   * @param places of each line in `bytes`: its start and its end; the same for one that is no event
   */
  constructor(
    readonly bytes: Buffer,
    readonly places: Uint32Array,
  ) {}

  get length(): number {
    return this.places.length / 2;
  }

  at(i: number): string | undefined {
    const [start, end] = this.places.subarray(2 * i, 2 * i + 2);
    return end === undefined ? undefined : this.bytes.toString("utf8", start, end);
  }
}

const NOTHING: Buffer = Buffer.alloc(0);

/** Room for a line that is longer than the last one, in bytes. */
const MORE_BYTES = 4 * 1024;

/** Collects lines. */
export class RawLinesBuilder {
  readonly #expected: number;
  #bytes = NOTHING;
  #length = 0;
  readonly #places: number[] = [];

  /** @param expected how many bytes may come, about. @default unknown */
  constructor(expected = 0) {
    this.#expected = expected;
  }

  /** How many lines there are. */
  get lines(): number {
    return this.#places.length / 2;
  }

  /**
   * Adds a line whose bytes are in the part that `take` gets next.
   *
   * @param start in that part, as `end`; the same for a line that is no event
   */
  add(start: number, end: number): void {
    this.#places.push(this.#length + start, this.#length + end);
  }

  /** Copies the part of the content that has the lines since the last one: a view would keep all that it is a view of in memory. */
  take(part: Buffer): void {
    const length = this.#length + part.length;
    if (length > this.#bytes.length) {
      const room = this.#bytes.length === 0 ? this.#expected + MORE_BYTES : 2 * this.#bytes.length;
      const grown = Buffer.allocUnsafeSlow(Math.max(length, room));
      this.#bytes.copy(grown, 0, 0, this.#length);
      this.#bytes = grown;
    }
    part.copy(this.#bytes, this.#length);
    this.#length = length;
  }

  /** Returns the lines. Nothing is added after them. */
  build(): RawLines {
    return new RawLines(this.#bytes.subarray(0, this.#length), new Uint32Array(this.#places));
  }
}
