import { constants } from "node:buffer";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { DamagedError } from "./outcome-errors";

/** Thrown for a line that is longer than its reader allows. */
export class LineTooLongError extends DamagedError {}

/**
 * Yields the lines of a gzipped text of any number of members, without their line feeds.
 *
 * @param bytes the gzipped text's length
 * @param lineMaxBytes of a line
 * @throws DamagedError for bytes that are not gzip, or cut off; LineTooLongError
 */
export async function* gunzippedLines(
  chunks: AsyncIterable<Uint8Array>,
  bytes: number,
  lineMaxBytes: number,
): AsyncGenerator<string> {
  const gunzip = createGunzip();
  const fed = pipeline(Readable.from(chunks), gunzip);
  // A failure also ends the loop below; without a listener it would end the process first.
  fed.catch(() => {});
  try {
    yield* lines(gunzip, lineMaxBytes);
    await fed;
  } catch (error) {
    if (!(error as NodeJS.ErrnoException).code?.startsWith("Z_")) throw error;
    throw new DamagedError(`no whole gzip: ${(error as Error).message}`);
  }
  // Node.js treats a zero byte after a member as padding, and ignores all that follows.
  const ignored = bytes - gunzip.bytesWritten;
  if (ignored > 0) throw new DamagedError(`no whole gzip: ${ignored} bytes follow its last member`);
}

/**
 * Yields the lines of a UTF-8 text, without their line feeds. The last line needs none.
 *
 * @param maxBytes of a line; one that no string can hold is never allowed
 * @throws LineTooLongError
 */
export async function* lines(chunks: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<string> {
  const limit = Math.min(maxBytes, constants.MAX_STRING_LENGTH);
  let begun: Uint8Array[] = [];
  let begunBytes = 0;
  for await (const chunk of chunks) {
    let at = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, at)) {
      begun.push(chunk.subarray(at, end));
      yield Buffer.concat(begun).toString();
      begun = [];
      begunBytes = 0;
      at = end + 1;
    }
    if (at < chunk.length) begun.push(chunk.subarray(at));
    begunBytes += chunk.length - at;
    if (begunBytes > limit) {
      throw new LineTooLongError(`has a line of more than ${limit} bytes, 8 times what --record-max-bytes allows`);
    }
  }
  if (begunBytes > 0) yield Buffer.concat(begun).toString();
}
