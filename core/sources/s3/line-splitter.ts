import type { ParserChoice } from "../../settings/parser-choice";
import type { PlacedBytes } from "./inflated";
import { RawLinesBuilder } from "./line-texts";
import { type HeaderLine, type HeaderReader, headerReader, type LinesHeader } from "./lines-header";
import type { ChunkLimits, ObjectChunk } from "./object-chunk";
import { movedPlace, type ObjectPosition, type Place, type TooLongLine } from "./object-position";

const LF = 10;
const CR = 13;
const SPACE = 32;
/** Of UTF-8. */
const BOM = Buffer.from("\ufeff");
const NOTHING: Buffer = Buffer.alloc(0);

/** Splits the content of an object into lines, which `\n` or `\r\n` ends; the last one needs no end. */
export class LineSplitter {
  /** What is left of the content: the beginning of a line. */
  #rest = NOTHING;
  #restPlace: Place;
  /** The line that is too long, of which nothing is kept. */
  #long: ObjectPosition["within"];
  #header: LinesHeader | undefined;
  readonly #isGzip: boolean;
  readonly #headers: HeaderReader | undefined;

  /** Of the chunk that is open. */
  #firstLine: number;
  #lines = new RawLinesBuilder();
  #bytes = 0;
  #tooLong: TooLongLine[] = [];

  /** @param from of the form `lines` */
  constructor(
    from: ObjectPosition,
    format: ParserChoice,
    private readonly limits: ChunkLimits,
  ) {
    this.#firstLine = from.line;
    this.#restPlace = from;
    this.#long = from.within;
    this.#header = from.header;
    this.#isGzip = from.isGzip;
    this.#headers = headerReader(format);
  }

  /** Takes the next bytes of the content, and returns the chunks that are full. */
  *push(piece: PlacedBytes): Generator<ObjectChunk, void, undefined> {
    // Only the line that has begun is joined to what is left: the rest of the piece is read where it is.
    const end = this.#rest.length > 0 ? piece.bytes.indexOf(LF) + 1 : 0;
    if (end > 0) yield* this.#split({ ...piece, bytes: piece.bytes.subarray(0, end) });
    if (end === piece.bytes.length) return;
    yield* this.#split({ bytes: piece.bytes.subarray(end), ...movedPlace(piece, end, this.#isGzip) });
  }

  *#split(piece: PlacedBytes): Generator<ObjectChunk, void, undefined> {
    const known = this.#rest.length;
    const bytes = known === 0 ? piece.bytes : Buffer.concat([this.#rest, piece.bytes]);
    const first = known === 0 ? piece : this.#restPlace;
    const placeOf = (at: number): Place =>
      at < known ? movedPlace(first, at, this.#isGzip) : movedPlace(piece, at - known, this.#isGzip);
    let start = this.#long ? this.#skipLong(bytes) : 0;
    for (let from = Math.max(start, known); ; from = start) {
      if (this.#isFull) yield this.#chunk(placeOf(start));
      if (this.#long) break;
      const ends = this.#nextEnds(bytes, start, from);
      if (ends.length > 0) {
        const end = ends.at(-1)!;
        const beginOf = (i: number): number => (i === 0 ? start : ends[i - 1]! + 1);
        const before = yield* this.#addLines(bytes, start, ends, (i) => placeOf(beginOf(i)));
        this.#bytes += end + 1 - beginOf(before);
        start = end + 1;
        continue;
      }
      // The next line is too long, or not whole.
      const end = bytes.indexOf(LF, from);
      if ((end < 0 ? bytes.length : end) - start <= this.limits.lineBytes) break;
      const { offset, skip } = placeOf(start);
      // It has a chunk of its own: where its neighbours' chunks begin must not depend on the parts that the network brings.
      if (this.#lines.lines > 0) yield this.#chunk({ offset, skip });
      this.#long = { offset, skip, length: 0 };
      start += this.#skipLong(bytes.subarray(start));
    }
    this.#rest = bytes.subarray(start);
    this.#restPlace = placeOf(start);
  }

  /** Ends the content, and returns what is left of it. */
  *end(): Generator<ObjectChunk, void, undefined> {
    if (this.#long) this.#endLong();
    else if (this.#rest.length > 0) yield* this.#addLines(this.#rest, 0, [this.#rest.length], () => this.#restPlace);
    this.#restPlace = movedPlace(this.#restPlace, this.#rest.length, this.#isGzip);
    yield* this.flush();
  }

  /** Returns the whole lines that are left. */
  *flush(): Generator<ObjectChunk, void, undefined> {
    if (this.#lines.lines > 0) yield this.#chunk(this.#restPlace);
  }

  get #isFull(): boolean {
    if (this.#tooLong.length > 0) return true;
    return this.#lines.lines >= this.limits.chunkLines || this.#bytes >= this.limits.chunkBytes;
  }

  /** Whether the next line is the first one, before which there may be a byte order mark. */
  get #isFirst(): boolean {
    return this.#firstLine === 0 && this.#lines.lines === 0;
  }

  /** Returns the ends of the whole lines that come next, as far as the chunk has room. */
  #nextEnds(bytes: Buffer, start: number, from: number): number[] {
    const ends: number[] = [];
    const lines = this.limits.chunkLines - this.#lines.lines;
    const limit = start + this.limits.chunkBytes - this.#bytes;
    for (let at = start, next = from; ends.length < lines && at < limit; at = next) {
      const end = bytes.indexOf(LF, next);
      if (end < 0 || end - at > this.limits.lineBytes) break;
      ends.push(end);
      next = end + 1;
    }
    return ends;
  }

  /**
   * @param start of the first line in `bytes`
   * @param ends of each line
   * @param placeOf of the beginning of a line
   * @returns how many of the lines are in chunks before the one that is open
   */
  *#addLines(
    bytes: Buffer,
    start: number,
    ends: readonly number[],
    placeOf: (i: number) => Place,
  ): Generator<ObjectChunk, number, undefined> {
    let before = 0;
    let taken = start;
    for (let i = 0, begin = start; i < ends.length; begin = ends[i]! + 1, i++) {
      const from = this.#isFirst && bytes.subarray(begin, begin + BOM.length).equals(BOM) ? begin + BOM.length : begin;
      const end = lineEnd(bytes, from, ends[i]!);
      const header = end > from ? this.#headerIn(bytes, from, end) : undefined;
      if (header && header !== "none") {
        // A chunk has one header.
        if (this.#lines.lines > 0) {
          this.#lines.take(bytes.subarray(taken, begin));
          taken = begin;
          yield this.#chunk(placeOf(i));
        }
        this.#header = header;
        before = i;
      }
      this.#lines.add(from - taken, header ? from - taken : end - taken);
    }
    this.#lines.take(bytes.subarray(taken, ends.at(-1)! + 1));
    return before;
  }

  #headerIn(bytes: Buffer, start: number, end: number): HeaderLine | undefined {
    const line = this.#firstLine + this.#lines.lines;
    return this.#headers?.mayBe(bytes[start]!, line)
      ? this.#headers.read(bytes.toString("utf8", start, end), line)
      : undefined;
  }

  /** Passes over the line that is too long. @returns how many of the bytes belong to it, with its end */
  #skipLong(bytes: Buffer): number {
    const long = this.#long!;
    const end = bytes.indexOf(LF);
    const more = end < 0 ? bytes.length : end;
    this.#long = { ...long, length: long.length + more };
    // So that the place in it is reached only once.
    this.#bytes += more;
    if (end < 0) return bytes.length;
    this.#endLong();
    return end + 1;
  }

  #endLong(): void {
    this.#tooLong.push({ line: this.#firstLine + this.#lines.lines, ...this.#long! });
    this.#lines.add(0, 0);
    this.#long = undefined;
  }

  #chunk({ offset, skip }: Place): ObjectChunk {
    const line = this.#firstLine + this.#lines.lines;
    const header = this.#header && { header: this.#header };
    const lines = this.#lines.build();
    const chunk: ObjectChunk = {
      firstLine: this.#firstLine,
      lines,
      tooLong: this.#tooLong,
      ...header,
      next: {
        ...{ line, offset, skip, isGzip: this.#isGzip, form: "lines", ...header },
        ...(this.#long && { within: this.#long }),
      },
    };
    this.#firstLine = line;
    // Most chunks are as long as the one before.
    this.#lines = new RawLinesBuilder(lines.bytes.length);
    this.#bytes = 0;
    this.#tooLong = [];
    return chunk;
  }
}

/** Returns the end of a line's text: its start, if it is blank. */
function lineEnd(bytes: Buffer, start: number, end: number): number {
  const last = end > start && bytes[end - 1] === CR ? end - 1 : end;
  return last > start && bytes[start]! <= SPACE && bytes.toString("utf8", start, last).trim() === "" ? start : last;
}
