import { objectIdSuffix, textHash } from "../events/document-id";
import { gzipPieces } from "../gzip/gzip-pieces";
import type { ArchiveObject } from "../sinks/archive/archive-object";
import type { ObjectLines } from "../sinks/opensearch/object-lines";
import type { Rejection } from "../sinks/sink";
import { CHUNK_LIMITS, type ObjectChunk } from "../sources/s3/object-chunk";
import { encodeObjectMessage } from "../sources/s3/object-message";
import type { SourceObject } from "../sources/s3/source-object";
import type { ReadObject } from "./object-documents";

/** What is wrong with the lines of a chunk. */
export interface RejectedLines {
  chunk: Pick<ObjectChunk, "firstLine" | "tooLong">;
  /** The chunk's events. */
  lines: ObjectLines;
  /** By the positions of the events. */
  rejections: readonly Rejection[];
}

/**
 * Returns the object that keeps the lines of a chunk that are no documents: docs/archive.md has its form. A chunk begins at the same
 * line whenever its object is read, so that a retry overwrites it. undefined: there are none
 */
export function rejectedLinesObject(
  prefix: string,
  { object, lastModified }: Pick<ReadObject, "object" | "lastModified">,
  rejected: RejectedLines,
): ArchiveObject | undefined {
  const { chunk, rejections } = rejected;
  const events = rejections.length + chunk.tooLong.length;
  if (events === 0) return undefined;
  const place = `${hourOf(lastModified)}/${objectIdSuffix(object).slice(1)}-${chunk.firstLine}.gz`;
  return {
    key: `${prefix}access-logs/rejected/${place}`,
    body: gzipPieces(linesOf(object, rejected)),
    contentType: "application/gzip",
    metadata: { events: String(events) },
  };
}

function* linesOf({ bucket, key, etag }: SourceObject, { chunk, lines, rejections }: RejectedLines): Generator<string> {
  const names = { bucket, key, etag };
  for (const { position, rejection } of rejections.toSorted((a, b) => a.position - b.position)) {
    const { line, message } = lines.at(position)!;
    yield `${JSON.stringify({ rejection, ...names, line, message })}\n`;
  }
  for (const { line, offset, skip, length } of chunk.tooLong) {
    const rejection = `a line of more than ${CHUNK_LIMITS.lineBytes} bytes`;
    yield `${JSON.stringify({ rejection, ...names, line, offset, skip, length })}\n`;
  }
}

/** A message whose object can never be read, or not to its end. */
export interface UnreadableMessage {
  reason: string;
  /** When the message was sent, in ms since the epoch: the same at each delivery. */
  sent: number;
  /** What the message names; undefined: nothing that is an object. */
  object: SourceObject | undefined;
  /** Lines before the place that cannot be read: they are settled. @default 0 */
  lines?: number;
  body: string;
}

/** Returns the object that keeps such a message. Its `message` puts the object on the queue once more. */
export function unreadableMessageObject(
  prefix: string,
  { reason, sent, object, lines = 0, body }: UnreadableMessage,
): ArchiveObject {
  const name = object ? objectIdSuffix(object).slice(1) : textHash(body);
  const { bucket, key, etag, size } = object ?? {};
  const message = object ? encodeObjectMessage({ object }) : body;
  return {
    key: `${prefix}access-logs/unreadable/${hourOf(sent)}/${name}.json`,
    body: Buffer.from(`${JSON.stringify({ reason, bucket, key, etag, size, lines, message })}\n`),
    contentType: "application/json",
    metadata: {},
  };
}

/** `YYYY/MM/DD/HH` in UTC. */
const hourOf = (ms: number): string => new Date(ms).toISOString().slice(0, 13).replace(/[-T]/g, "/");
