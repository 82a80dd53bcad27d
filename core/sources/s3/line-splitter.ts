import type { ParserChoice } from "../../settings/parser-choice";
import type { PlacedBytes } from "./inflated";
import { headerReader, type LinesHeader } from "./lines-header";
import type { ChunkLimits, ObjectChunk } from "./object-chunk";
import { movedPlace, type ObjectPosition, type Place, type TooLongLine } from "./object-position";

const LF = 10;
const CR = 13;
const SPACE = 32;
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
  readonly #headerOf: ReturnType<typeof headerReader>;

  /** Of the chunk that is open. */
  #firstLine: number;
  #lines: string[] = [];
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
    this.#headerOf = headerReader(format);
  }

  /** Takes the next bytes of the content, and returns the chunks that are full. */
  *push(piece: PlacedBytes): Generator<ObjectChunk, void, undefined> {
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
        const before = yield* this.#addLines(bytes.toString("utf8", start, end).split("\n"), (i) =>
          placeOf(beginOf(i)),
        );
        this.#bytes += end + 1 - beginOf(before);
        start = end + 1;
        continue;
      }
      // The next line is too long, or not whole.
      const end = bytes.indexOf(LF, from);
      if ((end < 0 ? bytes.length : end) - start <= this.limits.lineBytes) break;
      const { offset, skip } = placeOf(start);
      // It has a chunk of its own: where its neighbours' chunks begin must not depend on the parts that the network brings.
      if (this.#lines.length > 0) yield this.#chunk({ offset, skip });
      this.#long = { offset, skip, length: 0 };
      start += this.#skipLong(bytes.subarray(start));
    }
    this.#rest = bytes.subarray(start);
    this.#restPlace = placeOf(start);
  }

  /** Ends the content, and returns what is left of it. */
  *end(): Generator<ObjectChunk, void, undefined> {
    if (this.#long) this.#endLong();
    else if (this.#rest.length > 0) yield* this.#addLines([this.#rest.toString()], () => this.#restPlace);
    this.#restPlace = movedPlace(this.#restPlace, this.#rest.length, this.#isGzip);
    yield* this.flush();
  }

  /** Returns the whole lines that are left. */
  *flush(): Generator<ObjectChunk, void, undefined> {
    if (this.#lines.length > 0) yield this.#chunk(this.#restPlace);
  }

  get #isFull(): boolean {
    if (this.#tooLong.length > 0) return true;
    return this.#lines.length >= this.limits.chunkLines || this.#bytes >= this.limits.chunkBytes;
  }

  /** Whether the next line is the first one, before which there may be a byte order mark. */
  get #isFirst(): boolean {
    return this.#firstLine === 0 && this.#lines.length === 0;
  }

  /** Returns the ends of the whole lines that come next, as far as the chunk has room. */
  #nextEnds(bytes: Buffer, start: number, from: number): number[] {
    const ends: number[] = [];
    const lines = this.limits.chunkLines - this.#lines.length;
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
   * @param placeOf of the beginning of a line
   * @returns how many of the lines are in chunks before the one that is open
   */
  *#addLines(texts: readonly string[], placeOf: (i: number) => Place): Generator<ObjectChunk, number, undefined> {
    let before = 0;
    for (const [i, raw] of texts.entries()) {
      const text = lineText(this.#isFirst ? raw.replace(/^\ufeff/, "") : raw);
      const header = text === "" ? undefined : this.#headerOf?.(text, this.#firstLine + this.#lines.length);
      if (header && header !== "none") {
        // A chunk has one header.
        if (this.#lines.length > 0) yield this.#chunk(placeOf(i));
        this.#header = header;
        before = i;
      }
      this.#lines.push(header ? "" : text);
    }
    return before;
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
    this.#tooLong.push({ line: this.#firstLine + this.#lines.length, ...this.#long! });
    this.#lines.push("");
    this.#long = undefined;
  }

  #chunk({ offset, skip }: Place): ObjectChunk {
    const line = this.#firstLine + this.#lines.length;
    const header = this.#header && { header: this.#header };
    const chunk: ObjectChunk = {
      firstLine: this.#firstLine,
      lines: this.#lines,
      tooLong: this.#tooLong,
      ...header,
      next: {
        ...{ line, offset, skip, isGzip: this.#isGzip, form: "lines", ...header },
        ...(this.#long && { within: this.#long }),
      },
    };
    this.#firstLine = line;
    this.#lines = [];
    this.#bytes = 0;
    this.#tooLong = [];
    return chunk;
  }
}

/** Returns a line without its end; "" if it is blank. */
function lineText(raw: string): string {
  const text = raw.charCodeAt(raw.length - 1) === CR ? raw.slice(0, -1) : raw;
  return text.charCodeAt(0) <= SPACE && text.trim() === "" ? "" : text;
}
