import { BACKSLASH, QUOTE, SPACE } from "./ascii";

/**
 * Copies what stands before the next quote, backslash or control character, sixteen bytes at a time. Returns how many bytes that
 * are: at least as many as there are up to the limit, if none is found before it.
 */
export function copyPlainRun(from: usize, to: usize, limit: usize): usize {
  let length: usize = 0;
  while (from + length < limit) {
    const bytes = v128.load(from + length);
    v128.store(to + length, bytes);
    const marked = marks(bytes);
    if (marked !== 0) return length + ctz(marked);
    length += 16;
  }
  return length;
}

/** For each of 16 bytes a bit: whether it is a quote, a backslash or a control character. */
function marks(bytes: v128): i32 {
  const ends = v128.or(i8x16.eq(bytes, i8x16.splat(<i8>QUOTE)), i8x16.eq(bytes, i8x16.splat(<i8>BACKSLASH)));
  return i8x16.bitmask(v128.or(ends, i8x16.lt_u(bytes, i8x16.splat(<i8>SPACE))));
}
