import { BACKSLASH, QUOTE, SPACE } from "./ascii";

/**
 * Copies the bytes before the next quote, backslash or control character, 16 at a time. Returns their number; if none of these
 * comes before the limit, a number that reaches the limit or beyond.
 */
export function copyPlainRun(from: usize, to: usize, limit: usize): usize {
  let length: usize = 0;
  while (from + length < limit) {
    const bytes = v128.load(from + length);
    v128.store(to + length, bytes);
    const special = specialBytes(bytes);
    if (special !== 0) return length + ctz(special);
    length += 16;
  }
  return length;
}

/** One bit for each of 16 bytes: whether it is a quote, a backslash or a control character. */
export function specialBytes(bytes: v128): i32 {
  const ends = v128.or(i8x16.eq(bytes, i8x16.splat(<i8>QUOTE)), i8x16.eq(bytes, i8x16.splat(<i8>BACKSLASH)));
  return i8x16.bitmask(v128.or(ends, i8x16.lt_u(bytes, i8x16.splat(<i8>SPACE))));
}
