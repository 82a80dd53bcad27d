import type { StoredObject } from "../../archive/bucket";
import { ObjectError } from "../../archive/outcome-errors";
import { type IndexLayouts, layoutAt, parseIndexName } from "../../core/events/index-layout";
import { findArrayObjects } from "../../core/fast-path/find-array-objects";
import { type ChunkEvents, ObjectDocuments, type ReadObject } from "../../core/pipelines/object-documents";
import type { ObjectSettings } from "../../core/pipelines/object-settings";
import type { BulkBatch } from "../../core/sinks/opensearch/bulk-batch";
import { ByteReader } from "../../core/sources/s3/byte-reader";
import type { ObjectChunk } from "../../core/sources/s3/object-chunk";
import { logSourceOf, objectFormat } from "../../core/sources/s3/object-format";
import { readObjectLines } from "../../core/sources/s3/read-object-lines";
import { type SourceObject, sourceObjectOf } from "../../core/sources/s3/source-object";
import { documentIn } from "../contents";
import type { ObjectsIo } from "./objects-io";

/** A line of an object of access logs. */
export interface ObjectLineDocument {
  /** `indexed`: today's settings index it; `left out`: their rules do not; `too long`: no line of `_bulk` has it. */
  kind: "indexed" | "left out" | "too long";
  id: string;
  index: string;
  /** In ms since the epoch. */
  timeMs: number;
  /** The lines of `_bulk` that create its document: valid until the next one is asked for. */
  lines: Buffer;
  /** What wrote them, and the line's position there. */
  batch: BulkBatch;
  position: number;
}

/** An object of access logs that is being read. */
export interface AccessLogsObject {
  object: SourceObject;
  /** When it was written, in ms since the epoch. */
  lastModified: number;
  /** The lines of each chunk: to be looked at all together, before anything else is awaited. */
  chunks: AsyncGenerator<Iterable<ObjectLineDocument>, void, undefined>;
}

/**
 * Reads an object as the function `access-logs` does, chunk by chunk.
 *
 * @returns undefined for one that the function ignores
 * @throws ObjectError, StoppedError, and SourceObjectError where its content cannot be read; so does reading the chunks
 */
export async function openObject(stored: StoredObject, io: ObjectsIo): Promise<AccessLogsObject | undefined> {
  const { bucket, key, etag, size } = { bucket: io.bucket.name, ...stored, size: stored.bytes };
  const object = sourceObjectOf({ bucket, key, etag, size, region: undefined });
  if (typeof object === "string") return undefined;
  const source = logSourceOf(io.sources, object);
  const format = source && objectFormat(object, source.format);
  if (!source || format?.kind !== "logs") return undefined;
  const { chunks, lastModified = stored.modified } = await io.bucket.open(stored);
  if (lastModified === undefined) throw new ObjectError("has no Last-Modified");
  const read = { object, format, source, lastModified };
  return { object, lastModified, chunks: chunksOf(chunks, read, io.settings) };
}

async function* chunksOf(stored: AsyncIterable<Uint8Array>, read: ReadObject, settings: ObjectSettings) {
  const reader = new ByteReader(buffers(stored), 0);
  const lines = readObjectLines(reader, undefined, read.format.format, { findObjects: findArrayObjects });
  const documents = new ObjectDocuments(read, settings);
  // What rules leave out may have been indexed by those of another day.
  const all = settings.rules ? new ObjectDocuments(read, { ...settings, rules: undefined }) : documents;
  for await (const chunk of lines) yield linesOf(chunk, documents, all);
}

async function* buffers(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void, undefined> {
  for await (const { buffer, byteOffset, byteLength } of chunks) yield Buffer.from(buffer, byteOffset, byteLength);
}

function* linesOf(chunk: ObjectChunk, documents: ObjectDocuments, all: ObjectDocuments): Generator<ObjectLineDocument> {
  const indexed = new Set<string>();
  for (const line of documentsOf(documents.of(chunk))) {
    if (all !== documents) indexed.add(line.id);
    yield { kind: "indexed", ...line };
  }
  if (all !== documents) {
    for (const line of documentsOf(all.of(chunk))) if (!indexed.has(line.id)) yield { kind: "left out", ...line };
  }
  // It has the place of a line without a time.
  for (const { line } of chunk.tooLong) {
    const placeholder = { ...chunk, firstLine: line, lines: ["-"], tooLong: [] };
    for (const only of documentsOf(all.of(placeholder))) yield { kind: "too long", ...only };
  }
}

function* documentsOf({ batch }: ChunkEvents): Generator<Omit<ObjectLineDocument, "kind">> {
  for (const { position, buffer, ends } of batch.lines()) {
    for (let i = 0; i < ends.length; i++) {
      const lines = buffer.subarray(i === 0 ? 0 : ends[i - 1], ends[i]);
      const { _index, _id } = JSON.parse(lines.toString("utf8", 0, lines.indexOf("\n"))).create;
      const timeMs = Date.parse(String(documentIn(lines)["@timestamp"]));
      yield { id: _id, index: _index, timeMs, lines, batch, position: position + i };
    }
  }
}

/** Returns the layouts of all sources: each index as a log group that has its name. */
export function objectLayouts({ layoutsOf }: ObjectSettings): IndexLayouts {
  const { current, earlier } = layoutsOf("");
  const sharedIndexOf = (name: string) => name;
  return { current: { ...current, sharedIndexOf }, earlier: earlier.map((layout) => ({ ...layout, sharedIndexOf })) };
}

/** Returns the name of an index without prefix and period. @param timeMs of an event in it, in ms since the epoch */
export function indexGroup(layouts: IndexLayouts, index: string, timeMs: number): string {
  const stem = parseIndexName(layouts, index)?.stem ?? `${index}-`;
  return stem.slice(layoutAt(layouts, timeMs).prefix.length, -1);
}
