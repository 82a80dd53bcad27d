import { isUtf8 } from "node:buffer";
import { type FileKind, fileKindOf } from "../../core/gzip/file-kinds";
import { MAX_MESSAGE_BYTES } from "../../tools/put-log-events";
import { COMMAND_WORDS, type InputWords } from "./words";

/** Why a line cannot be put as it is. */
export type LineFault = "not UTF-8" | "too long";

/** One line of a file. */
export interface FileLine {
  /** From 1. */
  readonly number: number;
  /** Undefined for a line with a fault. */
  readonly text: string | undefined;
  readonly fault: LineFault | undefined;
}

const LF = 0x0a;
const CR = 0x0d;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** What is not UTF-8 text, and the command that writes it as text. Others would be lines, if strange ones. */
const OTHER_FORMATS: Readonly<Partial<Record<FileKind, { readonly name: string; readonly command: string }>>> = {
  gzip: { name: "compressed by gzip", command: "gunzip -c" },
  zstd: { name: "compressed by Zstandard", command: "zstd -dc" },
  "UTF-16": { name: "UTF-16, not UTF-8", command: "iconv -f UTF-16 -t UTF-8" },
};

/**
 * Yields the lines of a file, without line ends (LF or CRLF) and byte order mark. Memory is constant: lines that are too long are not
 * kept.
 *
 * @param maxBytes of a line @default what CloudWatch Logs accepts
 * @throws OtherFormatError for a file in another format than text
 */
export async function* fileLines(
  chunks: AsyncIterable<Buffer>,
  maxBytes = MAX_MESSAGE_BYTES,
): AsyncGenerator<FileLine> {
  const splitter = new LineSplitter(maxBytes);
  let isFirst = true;
  for await (const chunk of chunks) {
    if (isFirst) rejectOtherFormats(chunk);
    isFirst = false;
    yield* splitter.push(chunk);
  }
  yield* splitter.end();
}

function rejectOtherFormats(chunk: Buffer): void {
  const kind = fileKindOf(chunk);
  const format = kind && OTHER_FORMATS[kind];
  if (format) throw new OtherFormatError(format.name, format.command);
}

/** Thrown for a file that is not text; the message is the end of a sentence about it. */
export class OtherFormatError extends Error {
  override readonly name = "OtherFormatError";

  constructor(
    private readonly format: string,
    private readonly command: string,
  ) {
    super();
    this.message = this.inWords(COMMAND_WORDS);
  }

  inWords({ convert }: Pick<InputWords, "convert">): string {
    return `it is ${this.format}; ${convert(this.command)}`;
  }
}

class LineSplitter {
  /** The current line so far, from earlier chunks; empty once it is too long. */
  #parts: Buffer[] = [];
  #bytes = 0;
  #lines = 0;

  constructor(private readonly maxBytes: number) {}

  *push(chunk: Buffer): Generator<FileLine> {
    let start = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, start)) {
      this.#keep(chunk.subarray(start, end));
      yield this.#take(true);
      start = end + 1;
    }
    this.#keep(chunk.subarray(start));
  }

  /** The last line, if it has no line end. */
  *end(): Generator<FileLine> {
    if (this.#bytes > 0) yield this.#take(false);
  }

  #keep(part: Buffer): void {
    if (part.length === 0) return;
    this.#bytes += part.length;
    // One byte for a CR.
    if (this.#bytes > this.maxBytes + 1 + BYTE_ORDER_MARK.length) this.#parts = [];
    else this.#parts.push(part);
  }

  #take(isEnded: boolean): FileLine {
    const parts = this.#parts;
    const isKept = this.#bytes === 0 || parts.length > 0;
    let line = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
    this.#parts = [];
    this.#bytes = 0;
    this.#lines++;
    if (this.#lines === 1 && line.subarray(0, 3).equals(BYTE_ORDER_MARK)) line = line.subarray(3);
    if (isEnded && line.at(-1) === CR) line = line.subarray(0, -1);
    const number = this.#lines;
    if (!isKept || line.length > this.maxBytes) return { number, text: undefined, fault: "too long" };
    if (!isUtf8(line)) return { number, text: undefined, fault: "not UTF-8" };
    return { number, text: line.toString(), fault: undefined };
  }
}
