import { GZIP_MAGIC } from "../../gzip/file-kinds";
import type { ByteReader } from "./byte-reader";
import { damagedGzip, truncatedGzip } from "./object-failures";

/** Bits of the flags. Source: RFC 1952, "GZIP file format specification", 2.3.1. */
const HEADER_CRC = 2;
const EXTRA = 4;
const NAME = 8;
const COMMENT = 16;
const RESERVED = 0xe0;

const FIXED_BYTES = 10;
const DEFLATE = 8;

/** Limit for a file's name, and for its comment, in bytes. */
const MAX_TEXT_BYTES = 64 * 1024;

/** Whether bytes begin like a gzip member: their two first decide, not the object's name. */
export const isGzipMember = (bytes: Buffer): boolean => bytes.subarray(0, GZIP_MAGIC.length).equals(GZIP_MAGIC);

/** Reads the header of the member that begins next. @throws SourceObjectError */
export async function skipGzipHeader(reader: ByteReader): Promise<void> {
  const fixed = await taken(reader, FIXED_BYTES);
  const flags = fixed[3]!;
  if (fixed[2] !== DEFLATE || (flags & RESERVED) !== 0) throw damagedGzip("unknown method or flags");
  if (flags & EXTRA) await taken(reader, (await taken(reader, 2)).readUInt16LE());
  if (flags & NAME) await skipText(reader);
  if (flags & COMMENT) await skipText(reader);
  if (flags & HEADER_CRC) await taken(reader, 2);
}

async function taken(reader: ByteReader, length: number): Promise<Buffer> {
  const bytes = await reader.take(length);
  if (!bytes) throw truncatedGzip();
  return bytes;
}

async function skipText(reader: ByteReader): Promise<void> {
  const text = await reader.peek(MAX_TEXT_BYTES);
  const end = text.indexOf(0);
  if (end >= 0) await reader.take(end + 1);
  else throw text.length < MAX_TEXT_BYTES ? truncatedGzip() : damagedGzip("a file's name without an end");
}

/** Returns where the last member that begins in `bytes`, but not at their start, seems to begin; 0: none does. */
export function lastMemberStart(bytes: Buffer): number {
  for (let at = bytes.lastIndexOf(GZIP_MAGIC); at > 0; at = bytes.lastIndexOf(GZIP_MAGIC, at - 1)) {
    if (at + FIXED_BYTES <= bytes.length && bytes[at + 2] === DEFLATE && (bytes[at + 3]! & RESERVED) === 0) return at;
  }
  return 0;
}
