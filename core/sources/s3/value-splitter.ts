import type { PlacedBytes } from "./inflated";
import { RawLinesBuilder } from "./line-texts";
import type { ChunkLimits, ObjectChunk } from "./object-chunk";
import { movedPlace, type ObjectPosition, type Place, type TooLongLine } from "./object-position";
import { ValueScanner } from "./value-scanner";

const SPACE = 32;
const DEL = 127;
const NOTHING: Buffer = Buffer.alloc(0);
const MIN_JOINED_BYTES = 4 * 1024;

/**
 * Finds objects that follow one another in an array, faster than one byte at a time.
 *
 * @param at the offset of what is between two elements
 * @returns where each of them begins and ends in `bytes`, up to the first that does not end there, or that is none. None: only the
 *   scanner can read what comes next
 */
export type FindObjects = (bytes: Buffer, at: number) => Uint32Array;

/**
 * Splits the content of an object into JSON values, each of which is a line: those at its root, the elements of an array there, and
 * the elements of `Records` in an object there of which it is the first member, as CloudTrail has it. Each further member of that
 * object is a line, too, and what is no JSON is split at its line ends, so that nothing is lost.
 */
export class ValueSplitter {
  readonly #scanner: ValueScanner;
  readonly #isGzip: boolean;
  /** The beginning of a value. */
  #rest = NOTHING;
  #restPlace: Place;
  /** The value that is too long, of which nothing is kept. */
  #long: Omit<TooLongLine, "line"> | undefined;

  /** Of the chunk that is open. */
  #firstLine: number;
  #lines = new RawLinesBuilder();
  #bytes = 0;
  #tooLong: TooLongLine[] = [];
  /** What comes after its last value. */
  #after: Pick<ObjectPosition, "offset" | "skip" | "form">;

  /**
   * @param from of another form than `lines`
   * @param findObjects undefined: the scanner reads everything
   */
  constructor(
    { line, offset, skip, isGzip, form }: ObjectPosition,
    private readonly limits: ChunkLimits,
    private readonly findObjects: FindObjects | undefined,
  ) {
    this.#scanner = new ValueScanner(form);
    this.#isGzip = isGzip;
    this.#restPlace = { offset, skip };
    this.#firstLine = line;
    this.#after = { offset, skip, form };
  }

  /** Takes the next bytes of the content, and returns the chunks that are full. */
  *push(piece: PlacedBytes): Generator<ObjectChunk, void, undefined> {
    for (let from = 0; from < piece.bytes.length; ) {
      // To what is left of a value, few bytes are joined, and twice as many each time it goes on: all others are read where they are.
      const isJoined = this.#rest.length > 0;
      const length = isJoined ? Math.max(MIN_JOINED_BYTES, this.#rest.length) : piece.bytes.length;
      const bytes = piece.bytes.subarray(from, from + length);
      from += yield* this.#split({ bytes, ...movedPlace(piece, from, this.#isGzip) }, isJoined);
    }
  }

  /** @param isJoined whether the value that has begun is all that is read. @returns how many of the bytes are read */
  *#split(piece: PlacedBytes, isJoined: boolean): Generator<ObjectChunk, number, undefined> {
    const known = this.#rest.length;
    const bytes = known === 0 ? piece.bytes : Buffer.concat([this.#rest, piece.bytes]);
    const first = known === 0 ? piece : this.#restPlace;
    const placeOf = (at: number): Place =>
      at < known ? movedPlace(first, at, this.#isGzip) : movedPlace(piece, at - known, this.#isGzip);
    const scanner = this.#scanner;
    scanner.at = known;
    /** Of the value that has begun. */
    let start = known > 0 || this.#long ? 0 : bytes.length;
    // Once: where the scanner alone can read on, asking again at each element would copy all that follows it each time.
    let isFinding = this.findObjects !== undefined;
    for (;;) {
      if (isFinding && scanner.isBetweenElements) {
        isFinding = false;
        yield* this.#addObjects(bytes, placeOf);
      }
      const event = scanner.next(bytes);
      if (!event) break;
      if (event === "begin") {
        start = scanner.at;
        continue;
      }
      if (event === "end") {
        this.#add(bytes.subarray(start, scanner.at), placeOf(start));
        this.#after = { ...placeOf(scanner.at), form: scanner.form };
      }
      this.#long = undefined;
      start = bytes.length;
      if (this.#isFull) yield this.#chunk();
      if (!isJoined) continue;
      this.#rest = NOTHING;
      return scanner.at - known;
    }
    this.#keep(bytes.subarray(start), placeOf(start));
    return piece.bytes.length;
  }

  /** Ends the content, and returns what is left of it. */
  *end(): Generator<ObjectChunk, void, undefined> {
    const { length } = this.#rest;
    if (length > 0 || this.#long) {
      this.#add(this.#rest, this.#restPlace);
      this.#after = { ...movedPlace(this.#restPlace, length, this.#isGzip), form: this.#scanner.form };
    }
    yield* this.flush();
  }

  /** Returns the whole values that are left. */
  *flush(): Generator<ObjectChunk, void, undefined> {
    if (this.#lines.lines > 0) yield this.#chunk();
  }

  get #isFull(): boolean {
    return this.#lines.lines >= this.limits.chunkLines || this.#bytes >= this.limits.chunkBytes;
  }

  /** Adds the objects that come next, up to one that is too long or that only the scanner can read. */
  *#addObjects(bytes: Buffer, placeOf: (at: number) => Place): Generator<ObjectChunk, void, undefined> {
    const scanner = this.#scanner;
    for (;;) {
      const places = this.findObjects!(bytes, scanner.at);
      if (places.length === 0) return;
      for (let i = 0; i < places.length; ) {
        const start = places[i]!;
        let end = start;
        for (; i < places.length && !this.#isFull; i += 2) {
          const length = places[i + 1]! - places[i]!;
          if (length > this.limits.lineBytes) break;
          end = places[i + 1]!;
          this.#lines.add(places[i]! - start, end - start);
          this.#bytes += length;
        }
        if (end === start) return;
        this.#lines.take(bytes.subarray(start, end));
        scanner.at = end;
        this.#after = { ...placeOf(end), form: scanner.form };
        if (this.#isFull) yield this.#chunk();
      }
    }
  }

  /** Keeps the beginning of a value, unless it is too long already. */
  #keep(rest: Buffer, { offset, skip }: Place): void {
    const length = (this.#long?.length ?? 0) + rest.length;
    const isLong = this.#long !== undefined || length > this.limits.lineBytes;
    if (isLong) this.#long = { ...(this.#long ?? { offset, skip }), length };
    this.#rest = isLong ? NOTHING : rest;
    this.#restPlace = isLong ? movedPlace({ offset, skip }, rest.length, this.#isGzip) : { offset, skip };
  }

  /** @param rest of the value: all of it, unless its beginning was not kept */
  #add(rest: Buffer, { offset, skip }: Place): void {
    const length = (this.#long?.length ?? 0) + rest.length;
    this.#bytes += length;
    if (length > this.limits.lineBytes) {
      this.#tooLong.push({ line: this.#firstLine + this.#lines.lines, offset, skip, ...this.#long, length });
      this.#lines.add(0, 0);
    } else {
      this.#lines.add(0, trimmedEnd(rest));
      this.#lines.take(rest);
    }
  }

  #chunk(): ObjectChunk {
    const line = this.#firstLine + this.#lines.lines;
    const lines = this.#lines.build();
    const chunk: ObjectChunk = {
      firstLine: this.#firstLine,
      lines,
      tooLong: this.#tooLong,
      next: { line, isGzip: this.#isGzip, ...this.#after },
    };
    this.#firstLine = line;
    this.#lines = new RawLinesBuilder(lines.bytes.length);
    this.#bytes = 0;
    this.#tooLong = [];
    return chunk;
  }
}

/** The end of a value without the white space at its end. */
function trimmedEnd(bytes: Buffer): number {
  const last = bytes.at(-1) ?? 0;
  // Nearly all end with a bracket.
  if (last > SPACE && last < DEL) return bytes.length;
  const text = bytes.toString();
  return bytes.length - Buffer.byteLength(text.slice(text.trimEnd().length));
}
