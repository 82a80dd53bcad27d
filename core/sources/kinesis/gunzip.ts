import { gunzipSync, inflateSync } from "node:zlib";
import { type Undecodable, undecodable } from "../../events/undecodable";
import { MAX_RATIO } from "./inflation-budget";

/** Source: RFC 1952, "GZIP": the first bytes of a member. */
const [ID1, ID2] = [0x1f, 0x8b];

export const isGzip = (data: Buffer): boolean => data[0] === ID1 && data[1] === ID2;

/** A record's data, inflated if it is gzip; `member` is the part of the record that is gzip, absent if none is. */
export interface Inflated {
  kind: "inflated";
  bytes: Buffer;
  member?: Buffer;
  /** Whether `bytes` are valid only until the next record is inflated. */
  areShared?: boolean;
}

/**
 * Inflates data that is one gzip member and nothing else, if that inflates to at most `maxBytes`. Returns the bytes that zlib makes of
 * it, valid until the next call; undefined for anything that it leaves to zlib.
 */
export type InflateMember = (data: Buffer, maxBytes: number) => Buffer | undefined;

/**
 * Inflates one Kinesis record's data, if it is gzipped.
 *
 * @param maxBytes maximum size of all that the record inflates to
 * @param left what other parts of the record leave of it, at least 1. @default all
 * @param inflateMember inflates most records in less time. @default zlib inflates all
 */
export function inflateRecord(
  data: Buffer,
  maxBytes: number,
  left = maxBytes,
  inflateMember?: InflateMember,
): Inflated | Undecodable {
  if (!isGzip(data)) return { kind: "inflated", bytes: data };
  const bytes = inflateMember?.(data, left);
  if (bytes) return { kind: "inflated", bytes, member: data, areShared: true };
  try {
    return inflate(data, left);
  } catch (error) {
    const tooLarge = (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";
    if (!tooLarge) return undecodable(`no gzip: ${(error as Error).message}`);
    const others = left < maxBytes ? ", with the parts before it" : "";
    return undecodable(`inflates to more than ${maxBytes} bytes${others}; ${MAKE_ROOM}`);
  }
}

/** Returns what is valid as long as it is kept. */
export function kept(inflated: Inflated | Undecodable): Inflated | Undecodable {
  if (inflated.kind !== "inflated" || !inflated.areShared) return inflated;
  return { ...inflated, bytes: Buffer.from(inflated.bytes), areShared: false };
}

/** What to do about a record that is larger than `RECORD_MAX_BYTES`. */
export const MAKE_ROOM = "write smaller records, or raise RECORD_MAX_BYTES together with the function's memory";

/** What `info: true` returns; the typings leave it out. */
interface Info {
  buffer: Buffer;
  engine: { bytesWritten: number };
}

/** Source: RFC 1952, "GZIP file format specification": the last four bytes may be the inflated size. */
const SIZE_BYTES = 4;

function inflate(data: Buffer, maxBytes: number): Inflated {
  // In one piece if the size is true. It is not trusted: memory for all that the data may inflate to is allocated, but stays
  // untouched, and pieces that are smaller than the data, of which there could be many, are not needed for any data that gzip
  // makes smaller.
  const size = data.length < SIZE_BYTES ? 0 : data.readUInt32LE(data.length - SIZE_BYTES);
  const chunkSize = Math.max(MIN_CHUNK_BYTES, data.length, Math.min(size, maxBytes, MAX_RATIO * data.length) + 1);
  const { buffer, engine } = gunzipSync(data, {
    chunkSize,
    info: true,
    maxOutputLength: maxBytes,
  } as object) as unknown as Info;
  const member = data.subarray(0, engine.bytesWritten);
  // Zeros are padding. Anything else would be lost.
  if (data.subarray(member.length).some((byte) => byte !== 0)) throw new Error("bytes follow its last member");
  return { kind: "inflated", bytes: buffer, member };
}

/** Source: Node.js documentation, zlib, `Z_MIN_CHUNK`. */
const MIN_CHUNK_BYTES = 64;

/** Header, an empty block, and checksum. */
const MIN_ZLIB_BYTES = 8;

/** The type that no block has. Source: RFC 1951, "DEFLATE", section 3.2.3. */
const RESERVED_BLOCK = 3;

/** Whether data may be zlib: a text may begin in the same way. Source: RFC 1950, "ZLIB", section 2.2. */
export function isZlibLike(data: Buffer): boolean {
  if (data.length < MIN_ZLIB_BYTES) return false;
  const header = data.readUInt16BE();
  const [method, window] = [(header >> 8) & 0xf, header >> 12];
  const hasDictionary = (header & 0x20) !== 0;
  const blockType = (data[2]! >> 1) & 3;
  return method === 8 && window <= 7 && header % 31 === 0 && !hasDictionary && blockType !== RESERVED_BLOCK;
}

/** How much larger than the data a piece of what it inflates to is. */
const ZLIB_PIECE_RATIO = 4;

/**
 * Inflates zlib.
 *
 * @param maxBytes maximum size of the inflated data
 * @returns undefined unless all of `data` is zlib, with the right checksum, and inflates to that much
 */
export function inflatedZlib(data: Buffer, maxBytes: number): Buffer | undefined {
  try {
    const { buffer, engine } = inflateSync(data, {
      // What is inflated keeps whole pieces in memory: those of a small part must be small.
      chunkSize: Math.max(MIN_CHUNK_BYTES, ZLIB_PIECE_RATIO * data.length),
      info: true,
      maxOutputLength: maxBytes,
    } as object) as unknown as Info;
    return engine.bytesWritten === data.length ? buffer : undefined;
  } catch {
    return undefined;
  }
}
