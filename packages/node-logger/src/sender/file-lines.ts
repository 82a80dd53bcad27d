import { createReadStream } from "node:fs";

const LINE_FEED = 0x0a;

/**
 * Reads a file's lines, without their line feeds. Only line feeds end them: readline also splits at what JSON has within strings, such
 * as U+2028, and fails if a line is longer than a string may be.
 *
 * @returns a line that is longer than `maxBytes` as undefined
 */
export async function* fileLinesIn(file: string, maxBytes: number): AsyncGenerator<string | undefined> {
  let parts: Buffer[] = [];
  let bytes = 0;
  const taken = (): string | undefined => {
    const line = bytes > maxBytes ? undefined : Buffer.concat(parts).toString();
    parts = [];
    bytes = 0;
    return line;
  };
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    for (let start = 0; start <= chunk.length; ) {
      const feed = chunk.indexOf(LINE_FEED, start);
      const part = chunk.subarray(start, feed < 0 ? chunk.length : feed);
      bytes += part.length;
      if (bytes > maxBytes) parts = [];
      else parts.push(part);
      if (feed < 0) break;
      yield taken();
      start = feed + 1;
    }
  }
  yield taken();
}
