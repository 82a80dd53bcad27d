import { createHash } from "node:crypto";
import { inflatedPieces } from "./inflated-pieces";

const LINE_FEED = 0x0a;

/** Hashes and counts lines, which come in pieces. */
export class LinesDigest {
  readonly #hash = createHash("sha256");
  #last = LINE_FEED;
  lines = 0;

  /** Whether what came so far ends a line, or is nothing. */
  get endsLine(): boolean {
    return this.#last === LINE_FEED;
  }

  add(piece: Buffer): void {
    if (piece.length === 0) return;
    this.#hash.update(piece);
    for (let at = piece.indexOf(LINE_FEED); at >= 0; at = piece.indexOf(LINE_FEED, at + 1)) this.lines++;
    this.#last = piece[piece.length - 1]!;
  }

  /** SHA-256 of all pieces. Ends the digest. */
  end(): Buffer {
    return this.#hash.digest();
  }
}

/** Hashes and counts the lines of a gzip. @throws DamagedGzipError */
export async function digestOfGzip(gzip: Buffer): Promise<{ digest: Buffer; lines: number }> {
  const lines = new LinesDigest();
  for await (const piece of inflatedPieces(gzip)) lines.add(piece);
  return { digest: lines.end(), lines: lines.lines };
}
