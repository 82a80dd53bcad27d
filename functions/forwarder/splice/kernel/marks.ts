import { BACKSLASH, QUOTE, SPACE } from "./ascii";

/** For each of 16 bytes a bit: whether it is a quote, a backslash or a control character. All others are copied as they are. */
export function marks(bytes: v128): i32 {
  const ends = v128.or(i8x16.eq(bytes, i8x16.splat(<i8>QUOTE)), i8x16.eq(bytes, i8x16.splat(<i8>BACKSLASH)));
  return i8x16.bitmask(v128.or(ends, i8x16.lt_u(bytes, i8x16.splat(<i8>SPACE))));
}
