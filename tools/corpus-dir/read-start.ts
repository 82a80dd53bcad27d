import { closeSync, openSync, readSync } from "node:fs";
import { constants, gunzipSync } from "node:zlib";

/** The first bytes of a text. */
export interface Start {
  readonly content: Buffer;
  /** There is nothing behind them. */
  readonly isWhole: boolean;
}

/**
 * The first bytes of a file, inflated where it is a gzip; undefined: its gzip is damaged.
 *
 * @param maxBytes how many are read, and how many they are inflated at most
 * @throws Error when the file cannot be read
 */
export function readStart(path: string, maxBytes: number): Start | undefined {
  const start = firstBytes(path, maxBytes);
  const isGzip = start.content[0] === 0x1f && start.content[1] === 0x8b;
  return isGzip ? inflated(start, maxBytes) : start;
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

/** The synchronous gunzip gives nothing of what is too long, so how much of the gzip becomes `maxBytes` is tried. */
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
    // Takes the start of a gzip too.
    return gunzipSync(gzip, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: maxBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") return undefined;
    throw error;
  }
}
