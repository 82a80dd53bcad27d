import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { GZIP_MAGIC } from "../../core/gzip/file-kinds";
import { READ_BYTES } from "../log-events/inputs";

/** How much of a file decides its format, inflated. */
const HEAD_BYTES = 64 * 1024;

/** A file's data as the function sees it. */
export interface Content {
  readonly isGzip: boolean;
  /** Inflated. Throws in the middle of a file that is truncated or damaged. */
  chunks(): AsyncGenerator<Buffer>;
}

/** Opens a file, to be read as often as one likes. @throws Error of the file system */
export async function openContent(path: string): Promise<Content> {
  let isGzip = false;
  for await (const start of createReadStream(path, { end: GZIP_MAGIC.length - 1 }) as AsyncIterable<Buffer>) {
    // By these, not by its name, as the function does.
    isGzip = start.equals(GZIP_MAGIC);
  }
  return {
    isGzip,
    async *chunks() {
      const file = createReadStream(path, { highWaterMark: READ_BYTES });
      // An error of either stream reaches the loop.
      yield* isGzip ? pipeline(file, createGunzip({ chunkSize: READ_BYTES }), () => {}) : file;
    },
  };
}

/** Reads how a file begins. Of a damaged one: what comes before the damage. */
export async function headOf(content: Content): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of content.chunks()) {
      parts.push(chunk);
      length += chunk.length;
      if (length >= HEAD_BYTES) break;
    }
  } catch {
    // The function says what is wrong with it.
  }
  return Buffer.concat(parts).subarray(0, HEAD_BYTES);
}

/** Whether there is anything in a file, inflated. @throws Error of the file system, when it is opened */
export async function hasContent(path: string): Promise<boolean> {
  const content = await openContent(path);
  try {
    for await (const chunk of content.chunks()) if (chunk.length > 0) return true;
  } catch {
    // The function says what is wrong with it.
    return true;
  }
  return false;
}
