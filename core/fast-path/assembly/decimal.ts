import { ZERO } from "./ascii";

/** Digits that a whole number may have: those of JavaScript have 16. */
const MAX_DIGITS: usize = 16;

/** Writes a whole number, not negative, and returns the number of its digits. Up to 15 bytes after them are not kept. */
export function writeDecimal(number: i64, at: usize): usize {
  let first: usize = MAX_DIGITS;
  let rest = number;
  // Divisions of 32 bits take a fraction of those of 64.
  while (rest > <i64>u32.MAX_VALUE) {
    store<u8>(SCRATCH + --first, ZERO + <u8>(rest % 10));
    rest /= 10;
  }
  let small = <u32>rest;
  do {
    store<u8>(SCRATCH + --first, ZERO + <u8>(small % 10));
    small /= 10;
  } while (small > 0);
  v128.store(at, v128.load(SCRATCH + first));
  return MAX_DIGITS - first;
}

/** Its digits, and what a load of 16 bytes from the last one touches. */
const SCRATCH: usize = memory.data(32);
