import { closeSync, openSync, readSync } from "node:fs";
import { constants, gunzipSync } from "node:zlib";
import { fileKindOf } from "../../core/gzip/file-kinds";

/** The first bytes of a file. */
export interface Start {
  readonly content: Buffer;
  /** Whether they are the whole file. */
  readonly isWhole: boolean;
}

/**
 * Reads the first bytes of a file, inflated if it is a gzip; undefined for a damaged gzip.
 *
 * @param maxBytes maximum number of bytes, both read and inflated
 * @throws Error when the file cannot be read
 */
export function readStart(path: string, maxBytes: number): Start | undefined {
  const start = firstBytes(path, maxBytes);
  return fileKindOf(start.content) === "gzip" ? inflated(start, maxBytes) : start;
}

function firstBytes(path: string, maxBytes: number): Start {
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.alloc(maxBytes + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length < buffer.length; length += read) {
      read = readSync(file, buffer, length, buffer.length - length, null);
    }
    return { content: buffer.subarray(0, Math.min(length, maxBytes)), isWhole: length < buffer.length };
  } finally {
    closeSync(file);
  }
}

/** gunzipSync returns nothing for longer output, so a binary search finds how much of the gzip inflates to `maxBytes`. */
function inflated({ content: gzip, isWhole }: Start, maxBytes: number): Start | undefined {
  try {
    const all = gunzip(gzip, maxBytes);
    if (all) return { content: all, isWhole };
    let content: Buffer = Buffer.alloc(0);
    for (let fits = 0, exceeds = gzip.length; exceeds - fits > 1; ) {
      const middle = Math.floor((fits + exceeds) / 2);
      const text = gunzip(gzip.subarray(0, middle), maxBytes);
      if (text) [content, fits] = [text, middle];
      else exceeds = middle;
    }
    return { content, isWhole: false };
  } catch {
    return undefined;
  }
}

/**
 * Undefined for more than `maxBytes`.
 *
 * @throws Error for a damaged gzip
 */
function gunzip(gzip: Buffer, maxBytes: number): Buffer | undefined {
  try {
    // Accepts an incomplete gzip.
    return gunzipSync(gzip, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: maxBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") return undefined;
    throw error;
  }
}
