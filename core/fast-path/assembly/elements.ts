import { BACKSLASH, CLOSE_BRACE, COMMA, LINE_FEED, OPEN_BRACE, QUOTE, SPACE } from "./ascii";

/*
 * Objects that follow one another in an array of JSON: where they begin and end, by their brackets and strings alone. As `ValueScanner`
 * of core/sources/s3, which reads all that this leaves.
 */

/** Of an object: its start and its end, 32 bits each. */
const PLACE_BYTES: usize = 8;

/** The bit in which `{` differs from `[`, and `}` from `]`. */
const BRACKETS: i8 = 0x20;

/**
 * Writes the places of objects to `places`, as offsets, from `at` on: up to anything but white space, commas and whole objects.
 *
 * @param bytes the address to which offsets are relative
 * @param most how many places there is room for
 * @returns their number
 */
export function findObjects(bytes: usize, at: usize, end: usize, places: usize, most: i32): i32 {
  let count = 0;
  for (; count < most; count++) {
    while (at < end && isBetween(load<u8>(at))) at++;
    if (at >= end || load<u8>(at) !== OPEN_BRACE) break;
    const close = endOfObject(at, end);
    if (close === 0) break;
    store<u32>(places, <u32>(at - bytes));
    store<u32>(places, <u32>(close - bytes), 4);
    places += PLACE_BYTES;
    at = close;
  }
  return count;
}

function isBetween(byte: u8): bool {
  return byte <= SPACE || byte === COMMA;
}

/** @returns the address after the object; 0: it does not end, or it is no JSON: a string has a line break, or a backslash is in none */
function endOfObject(at: usize, end: usize): usize {
  let depth = 0;
  // One bit for each of 64 bytes.
  let isFirstEscaped: u64 = 0;
  let isString: u64 = 0;
  for (; at < end; at += 64) {
    const known = at + 64 > end ? ((<u64>1) << (<u64>(end - at))) - 1 : ~(<u64>0);
    const escapes = bytesAt(at, BACKSLASH, 0);
    let escaped = isFirstEscaped;
    isFirstEscaped = 0;
    for (let left = escapes; left !== 0; left &= left - 1) {
      const first = left & -left;
      if ((escaped & first) !== 0) continue;
      escaped |= first << 1;
      isFirstEscaped = first >> 63;
    }
    // Whether each byte is behind an odd number of quotes.
    let strings = bytesAt(at, QUOTE, 0) & ~escaped;
    strings ^= strings << 1;
    strings ^= strings << 2;
    strings ^= strings << 4;
    strings ^= strings << 8;
    strings ^= strings << 16;
    strings ^= strings << 32;
    strings ^= isString;
    isString = 0 - (strings >> 63);
    if ((bytesAt(at, LINE_FEED, 0) & strings & known) !== 0) return 0;
    if ((escapes & ~strings & known) !== 0) return 0;
    const opened = bytesAt(at, OPEN_BRACE, BRACKETS) & ~strings & known;
    const closed = bytesAt(at, CLOSE_BRACE, BRACKETS) & ~strings & known;
    if (<i32>popcnt(closed) >= depth) {
      for (let left = closed; left !== 0; left &= left - 1) {
        const before = (left & -left) - 1;
        if (depth + <i32>popcnt(opened & before) - <i32>popcnt(closed & before) === 1) return at + <usize>ctz(left) + 1;
      }
    }
    depth += <i32>popcnt(opened) - <i32>popcnt(closed);
  }
  return 0;
}

/** Which of 64 bytes are `byte`, one bit each, when they have `bits`, too. */
function bytesAt(at: usize, byte: u8, bits: i8): u64 {
  const low = bitsOf(v128.load(at), byte, bits) | (bitsOf(v128.load(at, 16), byte, bits) << 16);
  const high = bitsOf(v128.load(at, 32), byte, bits) | (bitsOf(v128.load(at, 48), byte, bits) << 16);
  return <u64>low | ((<u64>high) << 32);
}

function bitsOf(bytes: v128, byte: u8, bits: i8): u32 {
  return i8x16.bitmask(i8x16.eq(v128.or(bytes, i8x16.splat(bits)), i8x16.splat(<i8>byte)));
}
