import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { findArrayObjects } from "../../core/fast-path/find-array-objects";
import type { ParserChoice } from "../../core/settings/parser-choice";
import { ByteReader } from "../../core/sources/s3/byte-reader";
import { CHUNK_LIMITS, type ChunkLimits, type ObjectChunk } from "../../core/sources/s3/object-chunk";
import { SourceObjectError } from "../../core/sources/s3/object-error";
import type { ObjectPosition, TooLongLine } from "../../core/sources/s3/object-position";
import { readObjectLines } from "../../core/sources/s3/read-object-lines";
import type { FindObjects } from "../../core/sources/s3/value-splitter";

export interface ReadSettings {
  format?: ParserChoice;
  limits?: Partial<ChunkLimits>;
  /** Size of the parts in which the network brings the object. */
  partBytes?: number;
  /** How many bytes of the object come until the deadline passes. @default all */
  bytesInTime?: number;
  /** @default objects in an array are found by the encoder */
  findObjects?: FindObjects | undefined;
}

/** Reads a stored object from a position on, chunk by chunk. */
export function chunksOf(
  stored: Buffer,
  { format = "auto", limits, partBytes = 64 * 1024, bytesInTime, ...options }: ReadSettings = {},
  position?: ObjectPosition,
): AsyncGenerator<ObjectChunk, void, undefined> {
  const offset = position?.offset ?? 0;
  const reader = new ByteReader(partsOf(stored.subarray(offset), partBytes, bytesInTime), offset);
  return readObjectLines(reader, position, format, {
    findObjects: findArrayObjects,
    ...options,
    limits: { ...CHUNK_LIMITS, ...limits },
  });
}

async function* partsOf(
  bytes: Buffer,
  size: number,
  inTime = Number.POSITIVE_INFINITY,
): AsyncGenerator<Buffer, void, undefined> {
  for (let at = 0; at < Math.min(bytes.length, inTime); at += size)
    yield bytes.subarray(at, Math.min(at + size, inTime));
  if (inTime < bytes.length)
    throw new SourceObjectError("DEADLINE_PASSED", "message retried", "the deadline has passed");
}

/** A line with its number, and what names its fields. */
export type NumberedLine = readonly [line: number, text: string, fields?: readonly string[] | undefined];

type LongLine = Pick<TooLongLine, "line" | "length">;

/** The texts of a chunk. */
export const chunkTexts = ({ lines }: Pick<ObjectChunk, "lines">): string[] =>
  Array.from({ length: lines.length }, (_, i) => lines.at(i)!);

/** The events of chunks. */
const numbered = (chunk: ObjectChunk): NumberedLine[] =>
  chunkTexts(chunk).flatMap((text, i) =>
    text === "" ? [] : [[chunk.firstLine + i, text, chunk.header?.fields] as const],
  );

/** What an object has when it is read at once. `starts`: first lines of chunks; `failure`: what ended the reading. */
export async function readAtOnce(stored: Buffer, settings: ReadSettings = {}) {
  const lines: NumberedLine[] = [];
  const tooLong: LongLine[] = [];
  const positions: ObjectPosition[] = [];
  const starts: number[] = [];
  try {
    for await (const chunk of chunksOf(stored, settings)) {
      lines.push(...numbered(chunk));
      tooLong.push(...chunk.tooLong.map(({ line, length }) => ({ line, length })));
      positions.push(chunk.next);
      if (chunk.lines.length > 0) starts.push(chunk.firstLine);
    }
  } catch (failure) {
    return { lines, tooLong, starts, positions, failure: failure as Error };
  }
  return { lines, tooLong, starts, positions };
}

/** The same of an object that is read in pieces: `chunks` says how many chunks each of them has. */
export async function readInPieces(stored: Buffer, settings: ReadSettings, chunks: () => number) {
  const lines: NumberedLine[] = [];
  const tooLong: LongLine[] = [];
  const starts: number[] = [];
  for (let position: ObjectPosition | undefined, isOver = false; !isOver; ) {
    isOver = true;
    let left = chunks();
    for await (const chunk of chunksOf(stored, settings, position)) {
      lines.push(...numbered(chunk));
      tooLong.push(...chunk.tooLong.map(({ line, length }) => ({ line, length })));
      if (chunk.lines.length > 0) starts.push(chunk.firstLine);
      // As a message carries it.
      position = JSON.parse(JSON.stringify(chunk.next)) as ObjectPosition;
      left--;
      if (left > 0) continue;
      isOver = false;
      break;
    }
  }
  return { lines, tooLong, starts };
}

/** Ways of storing a content: as it is, or as gzip members of any sizes, with or without names, and padding. */
export const storedAs = (content: Buffer): fc.Arbitrary<Buffer> =>
  fc.oneof(
    fc.constant(content),
    fc
      .record({ cuts: fc.array(fc.nat(content.length), { maxLength: 8 }), padding: fc.nat(3), level: fc.nat(9) })
      .map(({ cuts, padding, level }) => {
        const ends = [...cuts.sort((a, b) => a - b), content.length];
        const members = ends.map((end, i) => gzipSync(content.subarray(ends[i - 1] ?? 0, end), { level }));
        return Buffer.concat([...members.map(named), Buffer.alloc(padding)]);
      }),
  );

/** Gives every second member a name, as gzip(1) does. */
function named(member: Buffer, i: number): Buffer {
  if (i % 2 === 0) return member;
  const header = Buffer.from(member.subarray(0, 10));
  header[3] = 8;
  return Buffer.concat([header, Buffer.from("access.log\0"), member.subarray(10)]);
}
