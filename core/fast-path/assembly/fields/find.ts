import { MINUS } from "../ascii";

/** The address of the next `byte`; `end`: there is none. */
export function indexOf(byte: u8, at: usize, end: usize): usize {
  for (; at < end; at += 16) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(at), i8x16.splat(<i8>byte)));
    if (found !== 0) return min(at + ctz(found), end);
  }
  return end;
}

/** The address of the last `byte`; 0: there is none. */
export function lastIndexOf(byte: u8, start: usize, end: usize): usize {
  while (end > start) if (load<u8>(--end) === byte) return end;
  return 0;
}

/** As `isAbsent`. */
export function isAbsent(start: usize, end: usize): bool {
  return end === start || (end - start === 1 && load<u8>(start) === MINUS);
}

/** Copies bytes, and up to 15 after them. */
export function copy(from: usize, to: usize, length: usize): void {
  for (let i: usize = 0; i < length; i += 16) v128.store(to + i, v128.load(from + i));
}

/** Whether texts of up to 16 bytes are the same. */
export function isEqual(one: usize, other: usize, length: usize): bool {
  const mask = (1 << (<i32>length)) - 1;
  return (i8x16.bitmask(i8x16.eq(v128.load(one), v128.load(other))) & mask) === mask;
}
