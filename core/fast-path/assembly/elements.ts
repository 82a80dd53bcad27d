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
  // One bit for each of 16 bytes, and the first one of the next 16 above them.
  let escaped = 0;
  let isString = 0;
  for (; at < end; at += 16) {
    const bytes = v128.load(at);
    const known = at + 16 > end ? (1 << (<i32>(end - at))) - 1 : 0xffff;
    escaped = (escaped >> 16) & 1;
    const escapes = i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(<i8>BACKSLASH)));
    let backslashes = escapes;
    while (backslashes !== 0) {
      const first = backslashes & -backslashes;
      if ((escaped & first) === 0) escaped |= first << 1;
      backslashes ^= first;
    }
    // Whether each byte is behind an odd number of quotes.
    let strings = i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(<i8>QUOTE))) & ~escaped;
    strings ^= strings << 1;
    strings ^= strings << 2;
    strings ^= strings << 4;
    strings ^= strings << 8;
    strings = (strings ^ isString) & 0xffff;
    isString = -(strings >> 15);
    if ((i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(<i8>LINE_FEED))) & strings & known) !== 0) return 0;
    if ((escapes & ~strings & known) !== 0) return 0;
    const brackets = v128.or(bytes, i8x16.splat(BRACKETS));
    const opened = i8x16.bitmask(i8x16.eq(brackets, i8x16.splat(<i8>OPEN_BRACE))) & ~strings & known;
    const closed = i8x16.bitmask(i8x16.eq(brackets, i8x16.splat(<i8>CLOSE_BRACE))) & ~strings & known;
    if (popcnt(closed) >= depth) {
      for (let left = closed; left !== 0; left &= left - 1) {
        const before = (left & -left) - 1;
        if (depth + popcnt(opened & before) - popcnt(closed & before) === 1) return at + ctz(left) + 1;
      }
    }
    depth += popcnt(opened) - popcnt(closed);
  }
  return 0;
}
