import { isUtf8 } from "node:buffer";
import type { BulkBatch } from "../sinks/opensearch/bulk-batch";
import { type LinesSource, type LinesWriter, linesBatch } from "../sinks/opensearch/object-lines";
import type { Lines } from "../sinks/opensearch/pack";
import { FieldPrograms } from "./field-programs";
import { linesWasm } from "./lines-wasm";
import { setObjectPrefix } from "./object-prefix";
import type { RawObjectLines } from "./raw-object-lines";

/** How much of the lines is in the encoder's memory at a time: what it makes of them is then still in the processor's cache when it is copied. */
const ROUND_BYTES = 64 * 1024;

/** Of a line: its start and its end, 32 bits each. */
const PLACE_BYTES = 8;

/** In UTF-8, of a UTF-16 code unit. */
const MAX_CHARACTER_BYTES = 3;

/** Whether the encoder can write some of an object's lines: otherwise it would only look at them. */
export function isEncodable({ parsing }: LinesSource): boolean {
  if (!parsing) return true;
  const { line, object, lineOf } = parsing.parse;
  return line?.time !== undefined || object?.time !== undefined || lineOf !== undefined;
}

let loaded: LinesEncoder | undefined;

/** Returns a batch of an object's lines, whose documents the WASM encoder writes: those of `linesBatch`. */
export function encodedBatch(source: LinesSource, lines: RawObjectLines): BulkBatch {
  loaded ??= new LinesEncoder();
  const encoder = loaded;
  return linesBatch(source, lines, (writer) => encoder.encode(source, lines, writer));
}

/** Lines that are being encoded. */
interface LinesEncoding {
  readonly source: LinesSource;
  readonly lines: RawObjectLines;
  readonly writer: LinesWriter;
  /** Whether their bytes are UTF-8. */
  readonly hasUtf8: boolean;
}

/**
 * Encodes lines of objects. Its memory belongs to the lines that were asked for last; any lines can be asked for, since nothing stays
 * there that the next ones need, but line prefixes, which are set again for another source.
 */
class LinesEncoder {
  readonly #wasm = linesWasm();
  readonly #programs = new FieldPrograms(this.#wasm, undefined);
  /** Whose line prefixes are in the memory. */
  #prefixesOf: LinesSource | undefined;

  *encode(source: LinesSource, lines: RawObjectLines, writer: LinesWriter): Generator<Lines> {
    const hasUtf8 = isUtf8(lines.raw.bytes);
    for (let place = 0, position = 0; place < lines.raw.length; ) {
      const round = this.#encodeRound({ source, lines, writer, hasUtf8 }, place);
      if (round.ends.length > 0) yield { record: 0, position, buffer: round.buffer, ends: round.ends };
      position += round.ends.length;
      place = round.next;
      if (round.tooLong === undefined) continue;
      const buffer = Buffer.from(round.tooLong);
      yield { record: 0, position: position++, buffer, ends: [buffer.length] };
      place++;
    }
  }

  /**
   * Encodes lines from a place on, as many as fit.
   *
   * @returns their documents, and the place after them; `tooLong`: the document of the line there, for which the memory has no room
   */
  #encodeRound(encoding: LinesEncoding, place: number) {
    const { source, writer } = encoding;
    const wasm = this.#wasm;
    const { exports } = wasm;
    this.#open(encoding, place);
    let tooLong: string | undefined;
    for (let status = exports.encodeLines(); ; status = exports.encodeLines()) {
      if (status === wasm.NEEDS_LINE_PREFIX) setObjectPrefix(wasm, source, writer);
      else if (status === wasm.NEEDS_PLAIN_PATH) {
        const document = this.#plain(encoding, place + exports.line.value);
        if (!this.#write(document)) {
          tooLong = document;
          break;
        }
      } else break;
    }
    if (source.parsing) source.parsing.counts.parsed += exports.fieldLines.value;
    const { out, ends } = wasm.memory;
    return { buffer: out, ends: ends.subarray(1, 1 + ends[0]!), next: place + exports.line.value, tooLong };
  }

  /** Copies the lines from a place on into the memory: up to `ROUND_BYTES`, or one. */
  #open({ source, lines: { raw, firstLine }, hasUtf8 }: LinesEncoding, place: number): void {
    const { exports, LINES, SLACK } = this.#wasm;
    const { times, parsing } = source;
    const { bytes, places } = raw;
    const start = places[2 * place]!;
    let next = place + 1;
    while (next < raw.length && places[2 * next + 1]! - start <= ROUND_BYTES) next++;
    const end = places[2 * next - 1]!;
    const table = places.subarray(2 * place, 2 * next);
    const first = LINES + PLACE_BYTES * (next - place);
    this.#wasm.ensureMemory(first + (end - start) + SLACK);
    const { all } = this.#wasm.memory;
    all.set(new Uint8Array(table.buffer, table.byteOffset, table.byteLength), LINES);
    all.set(bytes.subarray(start, end), first);
    if (this.#prefixesOf !== source) exports.clearObjectPrefixes();
    this.#prefixesOf = source;
    this.#programs.use(parsing);
    exports.setParsed(this.#parsed(parsing));
    exports.setObjectTimes(times.written, times.latest);
    exports.openLines(LINES, next - place, first - start, firstLine + place, Number(hasUtf8));
  }

  #parsed(parsing: LinesSource["parsing"]): number {
    const { NONE_PARSED, ALL_PARSED, SIGNED_PARSED } = this.#wasm;
    if (!parsing) return NONE_PARSED;
    return parsing.needsSignature ? SIGNED_PARSED : ALL_PARSED;
  }

  #plain({ source: { parsing }, lines, writer }: LinesEncoding, place: number): string {
    const { text, parts } = writer.lineOf(lines.lineAt(place));
    if (parsing && parts) this.#programs.learn(parsing, parts);
    return text;
  }

  /** Writes the document of the current line. @returns false if the memory has no room for it */
  #write(text: string): boolean {
    const { memory, exports, ENVELOPE } = this.#wasm;
    const at = exports.to.value;
    const room = ENVELOPE - at;
    if (text.length * MAX_CHARACTER_BYTES > room && Buffer.byteLength(text) > room) return false;
    exports.setTo(at + memory.all.write(text, at));
    return true;
  }
}
