import { gunzippedLines, LineTooLongError, lines } from "../../../archive/lines";
import { TooLargeError } from "./entry";

const MIB = 1024 * 1024;

/** Of the lines of an object, inflated: a gzip bomb ends here. */
const MAX_LINES_BYTES = 32 * MIB;

const MAX_LINE_BYTES = 8 * MIB;

/** What a line counts as beside its bytes: one of a single byte takes as long. */
const LINE_COST = 500;

/** An object that is being read. */
export interface QuarantinedContent {
  readonly key: string;
  /** As it is stored. */
  readonly bytes: number;
  readonly metadata: Readonly<Record<string, string>>;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/**
 * Yields the lines of an object that are not empty, in bounded memory.
 *
 * @throws DamagedError for bytes that are not gzip, or cut off; TooLargeError
 */
export async function* limitedLines({ chunks, bytes }: QuarantinedContent, isGzip: boolean): AsyncGenerator<string> {
  let length = 0;
  try {
    const all = isGzip ? gunzippedLines(chunks, bytes, MAX_LINE_BYTES) : lines(chunks, MAX_LINE_BYTES);
    for await (const line of all) {
      length += line.length + LINE_COST;
      if (length > MAX_LINES_BYTES)
        throw new TooLargeError(`The rest, beyond ${MAX_LINES_BYTES / MIB} MiB, is not shown.`);
      if (line !== "") yield line;
    }
  } catch (error) {
    if (!(error instanceof LineTooLongError)) throw error;
    throw new TooLargeError(`A line of more than ${MAX_LINE_BYTES / MIB} MiB, and what follows it, is not shown.`);
  }
}

/** Reads the first bytes of an object. @param count as many, or all that it has */
export async function firstBytes({ chunks }: QuarantinedContent, count: number): Promise<Buffer> {
  const read: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    read.push(chunk);
    bytes += chunk.byteLength;
    if (bytes >= count) break;
  }
  return Buffer.concat(read).subarray(0, count);
}
