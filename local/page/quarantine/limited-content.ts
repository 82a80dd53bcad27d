import { limitedLines } from "../../delivery/limited-lines";

const MIB = 1024 * 1024;

const LIMITS = { maxBytes: 32 * MIB, lineMaxBytes: 8 * MIB };

/** An object that is being read. */
export interface QuarantinedContent {
  readonly key: string;
  /** As it is stored. */
  readonly bytes: number;
  readonly metadata: Readonly<Record<string, string>>;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** Yields the lines of an object that are not empty, in bounded memory. @throws see `limitedLines` */
export const quarantinedLines = (content: QuarantinedContent, isGzip: boolean): AsyncGenerator<string> =>
  limitedLines(content, isGzip, LIMITS);

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
