import { createGunzip } from "node:zlib";

/** Thrown for bytes that are not gzip, or cut off. */
export class DamagedGzipError extends Error {
  override readonly name = "DamagedGzipError";
}

const PIECE_BYTES = 128 * 1024;

/**
 * Inflates a gzip of any number of members, piece by piece, however large its content is.
 *
 * @throws DamagedGzipError
 */
export async function* inflatedPieces(gzip: Buffer): AsyncGenerator<Buffer, void, undefined> {
  const gunzip = createGunzip({ chunkSize: PIECE_BYTES });
  gunzip.end(gzip);
  try {
    yield* gunzip as AsyncIterable<Buffer>;
  } catch (error) {
    if (!(error as NodeJS.ErrnoException).code?.startsWith("Z_")) throw error;
    throw new DamagedGzipError((error as Error).message);
  }
  // Node.js treats a zero byte after a member as padding, and ignores all that follows.
  const ignored = gzip.length - gunzip.bytesWritten;
  if (ignored > 0) throw new DamagedGzipError(`${ignored} bytes follow its last member`);
}
