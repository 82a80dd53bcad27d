import type { LinesHeader } from "./lines-header";
import type { ObjectPosition } from "./object-position";

/** Maximum size of a line, in bytes: a longer one is no event. */
export const MAX_LINE_BYTES = 1024 * 1024;

/** Limits of a chunk; the line that reaches one is its last. */
export const CHUNK_BYTES = 1024 * 1024;
export const CHUNK_LINES = 5_000;

/** A line that has more than `MAX_LINE_BYTES`. */
export interface TooLongLine {
  line: number;
  /** Where it begins: see `ObjectPosition`. */
  offset: number;
  skip: number;
  /** In bytes. */
  length: number;
}

/** Lines of an object that follow one another. */
export interface ObjectChunk {
  /** Number of the first one in the object, 0-based. */
  firstLine: number;
  /** Their texts, without their ends. "": no event, because the line is blank, a header, or too long. May be empty. */
  lines: readonly string[];
  tooLong: readonly TooLongLine[];
  /** What names the fields of these lines. @default no header came before them */
  header?: LinesHeader;
  /** The place after them: reading the object from there gives what comes after this chunk. */
  next: ObjectPosition;
}
