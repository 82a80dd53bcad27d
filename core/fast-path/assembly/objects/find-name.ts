import { HASH_FACTOR } from "../hash";

/**
 * Names of a table, as core/fast-path/name-table.ts makes it: the address of its slots, and the bits of their number. Each slot is the
 * address of an entry, 32 bits; 0: none. An entry begins with the address and the length of its name.
 */
export function findName(table: usize, start: usize, end: usize): usize {
  const slots: usize = load<u32>(table);
  const bits: u64 = load<u32>(table, 4);
  const mask: usize = (1 << (<usize>bits)) - 1;
  const length = end - start;
  const tail = load<u64>(end - 8) >> ((8 - <u64>min<usize>(length, 8)) << 3);
  let slot = <usize>(((tail ^ <u64>length) * HASH_FACTOR) >> (64 - bits));
  while (true) {
    const entry: usize = load<u32>(slots + 4 * slot);
    if (entry === 0 || (load<u32>(entry, 4) === <u32>length && hasBytes(start, load<u32>(entry), length))) return entry;
    slot = (slot + 1) & mask;
  }
}

/** Whether two texts of a length are the same. */
export function hasBytes(one: usize, other: usize, length: usize): bool {
  for (; length >= 16; length -= 16, one += 16, other += 16) {
    if (i8x16.bitmask(i8x16.eq(v128.load(one), v128.load(other))) !== 0xffff) return false;
  }
  const mask = (1 << (<i32>length)) - 1;
  return (i8x16.bitmask(i8x16.eq(v128.load(one), v128.load(other))) & mask) === mask;
}
