import type { LineTexts } from "./line-texts";
import type { LinesHeader } from "./lines-header";
import type { ObjectPosition, TooLongLine } from "./object-position";

export interface ChunkLimits {
  /** Maximum size of a line, in bytes: a longer one is no event. */
  lineBytes: number;
  /** The line with which a chunk has as many bytes, or lines, is its last. */
  chunkBytes: number;
  chunkLines: number;
}

/** Maximum size of a line, in bytes. */
export const MAX_LINE_BYTES = 1024 * 1024;

export const CHUNK_LIMITS: ChunkLimits = {
  lineBytes: MAX_LINE_BYTES,
  chunkBytes: 1024 * 1024,
  chunkLines: 5_000,
};

/** Lines of an object that follow one another. */
export interface ObjectChunk {
  /** Number of the first one in the object, 0-based. */
  firstLine: number;
  /** May be none. */
  lines: LineTexts;
  tooLong: readonly TooLongLine[];
  /** What names the fields of these lines. @default no header came before them */
  header?: LinesHeader;
  /** The place after them: reading the object from there gives what comes after this chunk. */
  next: ObjectPosition;
}
