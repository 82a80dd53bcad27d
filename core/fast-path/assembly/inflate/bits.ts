/** The compressed bytes are read bit by bit, the lowest of each first. */

/** Address of the next byte to load. */
let next: usize = 0;

/** Bits that are loaded and not read, and their number: at least 56 after `refill`. */
let bits: u64 = 0;
let count: u32 = 0;

/** Starts at a byte. */
export function startBits(at: usize): void {
  next = at;
  bits = 0;
  count = 0;
}

/** Continues where a loop left off that had these in variables of its own. */
export function setBits(at: usize, loaded: u64, left: u32): void {
  next = at;
  bits = loaded;
  count = left;
}

export function nextByte(): usize {
  return next;
}

export function loadedBits(): u64 {
  return bits;
}

export function bitCount(): u32 {
  return count;
}

/** Address after the last byte of which a bit is read. */
export function position(): usize {
  return next - (count >> 3);
}

export function refill(): void {
  bits |= load<u64>(next) << (<u64>count);
  next += (63 - count) >> 3;
  count |= 56;
}

/** @param length at most 32, of what the last `refill` left */
export function take(length: u32): u32 {
  const taken = <u32>(bits & ((1 << (<u64>length)) - 1));
  bits >>= <u64>length;
  count -= length;
  return taken;
}
