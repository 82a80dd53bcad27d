import { gunzippedLines, LineTooLongError, lines } from "../../archive/lines";

const MIB = 1024 * 1024;

/** What a line counts as beside its bytes: one of a single byte takes as long. */
const LINE_COST = 500;

export interface LineLimits {
  /** Of all lines, inflated, in bytes: a gzip bomb ends here. */
  readonly maxBytes: number;
  readonly lineMaxBytes: number;
}

/** Thrown for an object that holds more than is read of one; the message ends a sentence. */
export class LimitError extends Error {
  override readonly name = "LimitError";
}

/**
 * Yields the lines of an object that are not empty, in bounded time and memory.
 *
 * @param bytes of the object as it is stored
 * @throws DamagedError for bytes that are not gzip, or cut off; LimitError
 */
export async function* limitedLines(
  { chunks, bytes }: { readonly chunks: AsyncIterable<Uint8Array>; readonly bytes: number },
  isGzip: boolean,
  { maxBytes, lineMaxBytes }: LineLimits,
): AsyncGenerator<string> {
  let length = 0;
  try {
    const all = isGzip ? gunzippedLines(chunks, bytes, lineMaxBytes) : lines(chunks, lineMaxBytes);
    for await (const line of all) {
      length += line.length + LINE_COST;
      if (length > maxBytes) throw new LimitError(`it holds more than ${maxBytes / MIB} MiB`);
      if (line !== "") yield line;
    }
  } catch (error) {
    if (!(error instanceof LineTooLongError)) throw error;
    throw new LimitError(`it has a line of more than ${lineMaxBytes / MIB} MiB`);
  }
}
