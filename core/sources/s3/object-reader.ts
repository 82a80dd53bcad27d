import type { ParserChoice } from "../../settings/parser-choice";
import type { ObjectChunk } from "./object-chunk";
import type { ObjectToRead } from "./object-message";

/** An object that S3 sends. */
export interface OpenedObject {
  /** When it was written, in ms since the epoch. */
  lastModified: number;
  /** Of the stored object, in bytes. */
  size: number;
  /**
   * Its lines in their order, from the position on: read as they are asked for, with at most a few MiB in memory. To be read to its
   * end, or ended by `return`, because a connection is open as long.
   *
   * @throws SourceObjectError: the chunks before it are right
   */
  chunks: AsyncGenerator<ObjectChunk, void, undefined>;
}

/**
 * Opens an object.
 *
 * @param format decides whether a header names fields, and whether JSON is read value by value instead of line by line. `auto`: by
 *   how the object begins
 * @throws SourceObjectError
 */
export type OpenSourceObject = (toRead: ObjectToRead, format: ParserChoice) => Promise<OpenedObject>;
