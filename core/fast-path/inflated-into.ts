import { crc32 } from "node:zlib";
import type { WasmEncoder } from "./wasm-encoder";

/** Source: RFC 1952, "GZIP": at the end of a member, its CRC and then its size, modulo 2^32. */
const CRC_BYTES = 8;
const SIZE_BYTES = 4;

/** No member without these is sound: header, an empty block, and trailer. */
const MIN_BYTES = 20;

/**
 * Inflates gzip into the place of an envelope in the encoder's memory: for a small record zlib takes twice as long, most of it to
 * make and to collect an inflater. Nothing of one record can get into another's bytes, nor end them elsewhere: each has its own call,
 * and what is not sound to the last byte is left to zlib.
 *
 * @param maxBytes maximum size of the inflated data
 * @returns part of the memory; undefined for all but one member, of no optional fields, that is all of `data`, and for what has no
 * room
 */
export function inflatedInto(wasm: WasmEncoder, data: Buffer, maxBytes: number): Buffer | undefined {
  if (data.length < MIN_BYTES) return undefined;
  const size = data.readUInt32LE(data.length - SIZE_BYTES);
  if (size === 0 || size > maxBytes) return undefined;
  const { ENVELOPE, INFLATE_SLACK } = wasm;
  const from = ENVELOPE + size + INFLATE_SLACK;
  const { all } = wasm.memory;
  // The memory grows only for what turns out to be an envelope.
  if (from + data.length + INFLATE_SLACK > all.length) return undefined;
  all.set(data, from);
  if (wasm.exports.inflateMember(from, data.length, ENVELOPE, size) === 0) return undefined;
  const bytes = all.subarray(ENVELOPE, ENVELOPE + size);
  return crc32(bytes) === data.readUInt32LE(data.length - CRC_BYTES) ? bytes : undefined;
}
