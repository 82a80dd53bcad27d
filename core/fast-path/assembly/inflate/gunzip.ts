import { inflateBlocks } from "./blocks";

/** Of a member without optional fields: its magic number and method, its header's and its trailer's length. Source: RFC 1952, "GZIP". */
const MAGIC: u32 = 0x00088b1f;
const HEADER_LENGTH: usize = 10;
const TRAILER_LENGTH: usize = 8;

/**
 * Inflates one member of gzip into as many bytes as its trailer says. Whether they are the right ones, its CRC tells, which is for
 * the caller to compare.
 *
 * @returns 0 for anything else: several members, optional fields in the header, bytes that follow, another size, errors
 */
export function inflateMember(from: usize, length: usize, to: usize, size: usize): i32 {
  if (length < HEADER_LENGTH + TRAILER_LENGTH || load<u32>(from) !== MAGIC) return 0;
  return inflateBlocks(from + HEADER_LENGTH, from + length - TRAILER_LENGTH, to, to + size) ? 1 : 0;
}
