import { envelopeWasm } from "../fast-path/envelope-wasm";

/** A number of 64 bits, as two of 32. */
export interface Halves {
  readonly high: number;
  readonly low: number;
}

/**
 * Returns the hash of an event's id, of which fingerprints are the sum: XXH64 of its UTF-8, with the seed 0.
 *
 * @param id the event's, without what `documentId` adds to it; of at most 495 bytes, see `isEventId`
 */
export function idHash(id: string): Halves {
  const wasm = envelopeWasm();
  const { memory, exports, ID_TEXT } = wasm;
  exports.hashId(memory.all.write(id, ID_TEXT));
  const [low, high] = memory.idHash;
  return { high: high!, low: low! };
}

/** Returns 16 hexadecimal digits. */
export const hexOf = ({ high, low }: Halves): string => hexOf32(high) + hexOf32(low);

const hexOf32 = (number: number): string => number.toString(16).padStart(8, "0");

/** @param hex 16 hexadecimal digits */
export const halvesOf = (hex: string): Halves => ({
  high: Number.parseInt(hex.slice(0, 8), 16),
  low: Number.parseInt(hex.slice(8), 16),
});

const TWO_32 = 2 ** 32;

/** Returns `one + other`, modulo 2^64. */
export function halvesSum(one: Halves, other: Halves): Halves {
  const low = one.low + other.low;
  return { high: (one.high + other.high + (low >= TWO_32 ? 1 : 0)) >>> 0, low: low >>> 0 };
}

/** Returns `one - other`, modulo 2^64. */
export function halvesDifference(one: Halves, other: Halves): Halves {
  const low = one.low - other.low;
  return { high: (one.high - other.high - (low < 0 ? 1 : 0)) >>> 0, low: low >>> 0 };
}
