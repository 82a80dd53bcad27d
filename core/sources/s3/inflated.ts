import { crc32, createInflateRaw, gunzipSync, type InflateRaw, inflateRawSync } from "node:zlib";
import type { ByteReader } from "./byte-reader";
import { isGzipMember, lastMemberStart, skipGzipHeader } from "./gzip-header";
import { damagedGzip, truncatedGzip, unreadableObject } from "./object-failures";

/** Bytes of an object's content, and where the first of them is: see `ObjectPosition`. */
export interface PlacedBytes {
  bytes: Buffer;
  offset: number;
  skip: number;
}

/** Size of the pieces that a member inflates to, in bytes: small ones cost more turns of the event loop. */
const PIECE_BYTES = 256 * 1024;

/** CRC-32 and inflated size. */
const TRAILER_BYTES = 8;

/**
 * Inflates members of gzip, one after the other, as their pieces are asked for: zeros may follow the last one. Checksum and size of
 * each are checked at its end, after its pieces.
 *
 * Source: RFC 1952, "GZIP file format specification".
 *
 * @param reader at the start of a member
 * @throws SourceObjectError
 */
export async function* inflateMembers(reader: ByteReader): AsyncGenerator<PlacedBytes, void, undefined> {
  let areSmall = false;
  /** Where many members may be tried at once again. */
  let batchFrom = 0;
  for (;;) {
    const offset = reader.offset;
    if (areSmall && offset >= batchFrom) {
      const bytes = await inflateSmallMembers(reader);
      if (bytes) {
        yield { bytes, offset, skip: 0 };
        continue;
      }
      // What made it fail would do so for each of the members before it.
      batchFrom = offset + BATCH_BYTES;
    }
    if (!(await isMemberNext(reader))) return;
    await skipGzipHeader(reader);
    let skip = 0;
    let crc = 0;
    const small = areSmall ? await inflateSmallMember(reader) : undefined;
    for await (const bytes of small ?? inflateMember(reader)) {
      crc = crc32(bytes, crc);
      yield { bytes, offset, skip };
      skip += bytes.length;
    }
    const trailer = await reader.take(TRAILER_BYTES);
    if (!trailer) throw truncatedGzip();
    if (trailer.readUInt32LE() !== crc) throw damagedGzip("a wrong checksum");
    if (trailer.readUInt32LE(4) !== skip % 2 ** 32) throw damagedGzip("a wrong size");
    areSmall = reader.offset - offset <= SMALL_BYTES && skip <= SMALL_INFLATED_BYTES;
  }
}

async function isMemberNext(reader: ByteReader): Promise<boolean> {
  for (;;) {
    const bytes = await reader.peek(PEEK_BYTES);
    if (bytes.length === 0) return false;
    if (isGzipMember(bytes)) return true;
    // Zeros are padding. Anything else would be lost without a word.
    const zeros = bytes.findIndex((byte) => byte !== 0);
    if (reader.isAtStart || zeros >= 0) throw unreadableObject("bytes that are no gzip follow a gzip member");
    await reader.take(bytes.length);
  }
}

const PEEK_BYTES = 4096;

/** The deflated data of a member. Ends before its trailer, or at the end of the object. */
async function* inflateMember(reader: ByteReader): AsyncGenerator<Buffer, void, undefined> {
  const engine = createInflateRaw({ chunkSize: PIECE_BYTES });
  const feeding = feed(reader, engine).catch((error) => engine.destroy(error));
  try {
    yield* engine as AsyncIterable<Buffer>;
    await feeding;
  } catch (error) {
    // What was inflated before.
    for (let left = engine.read(); left !== null; left = engine.read()) yield left;
    throw isZlibError(error) ? damagedGzip("no deflated data") : error;
  }
}

const isZlibError = (error: unknown): boolean => /^Z_/.test((error as NodeJS.ErrnoException).code ?? "");

async function feed(reader: ByteReader, engine: InflateRaw): Promise<void> {
  for (let written = 0; ; ) {
    const bytes = await reader.next();
    if (!bytes) {
      // Not by `end`, whose error for truncated data would discard what is not read yet.
      engine.push(null);
      return;
    }
    written += bytes.length;
    await new Promise((resolve) => engine.write(bytes, resolve));
    const left = written - engine.bytesWritten;
    // It ends by itself once the data do, and leaves what follows.
    if (left > 0) {
      reader.unread(bytes.subarray(bytes.length - left));
      return;
    }
  }
}

/**
 * Members up to these sizes are inflated many at a time, or one after the other where that fails: a stream for each takes a hundred
 * times as long, whoever writes bytes into an object that look like the start of a member.
 */
const SMALL_BYTES = 4 * 1024;
const SMALL_INFLATED_BYTES = 64 * 1024;
const BATCH_BYTES = 64 * 1024;
const BATCH_MAX_INFLATED_BYTES = 2 * 1024 * 1024;

/** @returns the content of the member whose header was read; undefined: it is not whole, sound and small, and nothing of it is read */
async function inflateSmallMember(reader: ByteReader): Promise<Buffer[] | undefined> {
  try {
    const { buffer, engine } = inflateRawSync(await reader.peek(SMALL_BYTES), {
      info: true,
      maxOutputLength: SMALL_INFLATED_BYTES,
      chunkSize: SMALL_BYTES,
    } as object) as unknown as InflatedBatch;
    await reader.take(engine.bytesWritten);
    return [buffer];
  } catch {
    return undefined;
  }
}

/** What `info: true` returns; the typings leave it out. */
interface InflatedBatch {
  buffer: Buffer;
  engine: { bytesWritten: number };
}

/** @returns undefined if what comes next are not whole, sound and small members */
async function inflateSmallMembers(reader: ByteReader): Promise<Buffer | undefined> {
  const members = await reader.peek(BATCH_BYTES);
  const length = lastMemberStart(members);
  if (length === 0 || !isGzipMember(members)) return undefined;
  try {
    const batch: unknown = gunzipSync(members.subarray(0, length), {
      info: true,
      maxOutputLength: BATCH_MAX_INFLATED_BYTES,
      chunkSize: PIECE_BYTES,
    } as object);
    const { buffer, engine } = batch as InflatedBatch;
    if (engine.bytesWritten !== length) return undefined;
    await reader.take(length);
    return buffer;
  } catch {
    // Where the last member only seems to begin, or one is damaged: member by member.
    return undefined;
  }
}
