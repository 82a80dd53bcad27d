import { promisify } from "node:util";
import { gzip } from "node:zlib";

const gzipped = promisify<Buffer, Buffer>(gzip);

/** Logs compress to a quarter or less. */
const FIRST_RATIO = 4;

/** Maximum size of the lines of a record, in bytes, however well they compress. */
const MAX_LINES_BYTES = 500_000;

/** Compresses records, by threads of Node.js's own, and learns how many bytes of lines make one of the wanted size. */
export class GzipPacker {
  #ratio = FIRST_RATIO;

  /** @param wantedBytes size of a compressed record */
  constructor(readonly wantedBytes: number) {}

  /** How many bytes of lines to put into a record. */
  get linesBytes(): number {
    return Math.round(Math.min(MAX_LINES_BYTES, Math.max(this.wantedBytes, this.wantedBytes * this.#ratio * 0.9)));
  }

  async pack(data: Buffer): Promise<Buffer> {
    const packed = await gzipped(data);
    // Small records compress badly, and tell nothing about large ones.
    if (data.length > this.wantedBytes) this.#ratio += (data.length / packed.length - this.#ratio) / 4;
    return packed;
  }
}
