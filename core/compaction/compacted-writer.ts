import { once } from "node:events";
import { finished } from "node:stream/promises";
import { crc32, createDeflateRaw } from "node:zlib";
import { objectReceipt, readReceipt } from "../receipts/object-receipt";
import { Receipt } from "../receipts/receipt";
import { type Manifest, manifestHeader } from "./compacted-object";
import type { ObjectContent } from "./compaction-bucket";
import { inflatedPieces } from "./inflated-pieces";
import { LinesDigest } from "./lines-digest";

const LINE_FEED = Buffer.from("\n");

const NO_RECEIPT = { metadata: {}, tail: Buffer.alloc(0) };

/** zlib's own default: a higher one takes twice the time for some percent. */
const LEVEL = 6;

/**
 * Writes the lines of objects into one gzip member, which is all that some readers read; behind it there may be members of a receipt, which
 * inflate to nothing. Its bytes stay in memory.
 */
export class CompactedWriter {
  readonly #deflate = createDeflateRaw({ level: LEVEL });
  readonly #chunks: Buffer[] = [];
  readonly #digest = new LinesDigest();
  readonly #originals = new Set<string>();
  /** The sum of the objects' own; undefined as soon as one has none. */
  #receipt: Receipt | undefined = new Receipt();
  #crc = 0;
  #inflatedBytes = 0;

  constructor() {
    this.#deflate.on("data", (chunk: Buffer) => this.#chunks.push(chunk));
  }

  /**
   * Adds all lines of an object.
   *
   * @param content whole, as `inflatedPieces` has read it before
   * @param id its `originalId`
   */
  async add({ body, metadata }: ObjectContent, id: string): Promise<void> {
    for await (const piece of inflatedPieces(body)) await this.#write(piece);
    if (!this.#digest.endsLine) await this.#write(LINE_FEED);
    this.#originals.add(id);
    const receipt = await readReceipt(metadata, async (count) => body.subarray(Math.max(0, body.length - count)));
    if (receipt) this.#receipt?.addAll(receipt);
    else this.#receipt = undefined;
  }

  /** Returns the object, its metadata, and the manifest at its start. */
  async end(): Promise<ObjectContent & { manifest: Manifest }> {
    this.#deflate.end();
    await finished(this.#deflate);
    const manifest = { digest: this.#digest.end(), lines: this.#digest.lines, originals: this.#originals };
    const trailer = Buffer.alloc(8);
    trailer.writeUInt32LE(this.#crc);
    // Modulo 2^32. Source: RFC 1952, ISIZE.
    trailer.writeUInt32LE(this.#inflatedBytes % 2 ** 32, 4);
    const receipt = this.#receipt ? objectReceipt(this.#receipt) : NO_RECEIPT;
    const body = Buffer.concat([manifestHeader(manifest), ...this.#chunks, trailer, receipt.tail]);
    const counts = { compacted: String(this.#originals.size), lines: String(manifest.lines) };
    return { body, metadata: { ...counts, ...receipt.metadata }, manifest };
  }

  async #write(piece: Buffer): Promise<void> {
    this.#digest.add(piece);
    this.#crc = crc32(piece, this.#crc);
    this.#inflatedBytes += piece.length;
    if (!this.#deflate.write(piece)) await once(this.#deflate, "drain");
  }
}
