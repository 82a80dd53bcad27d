/** XXH64 with the seed 0. Source: xxHash, doc/xxhash_spec.md, "XXH64 Algorithm Description". */

const PRIME_1: u64 = ((<u64>0x9e3779b1) << 32) | 0x85ebca87;
const PRIME_2: u64 = ((<u64>0xc2b2ae3d) << 32) | 0x27d4eb4f;
const PRIME_3: u64 = ((<u64>0x165667b1) << 32) | 0x9e3779f9;
const PRIME_4: u64 = ((<u64>0x85ebca77) << 32) | 0xc2b2ae63;
const PRIME_5: u64 = ((<u64>0x27d4eb2f) << 32) | 0x165667c5;

/** Returns the hash of the bytes at an address. */
export function xxh64(at: usize, length: usize): u64 {
  const end = at + length;
  let hash = PRIME_5;
  if (length >= 32) {
    let one: u64 = PRIME_1 + PRIME_2;
    let two: u64 = PRIME_2;
    let three: u64 = 0;
    let four: u64 = 0 - PRIME_1;
    for (; at + 32 <= end; at += 32) {
      one = round(one, load<u64>(at));
      two = round(two, load<u64>(at, 8));
      three = round(three, load<u64>(at, 16));
      four = round(four, load<u64>(at, 24));
    }
    hash = rotl(one, 1) + rotl(two, 7) + rotl(three, 12) + rotl(four, 18);
    hash = merged(merged(merged(merged(hash, one), two), three), four);
  }
  hash += length;
  for (; at + 8 <= end; at += 8) hash = mixed(hash, load<u64>(at));
  if (at + 4 <= end) {
    hash = rotl(hash ^ (<u64>load<u32>(at) * PRIME_1), 23) * PRIME_2 + PRIME_3;
    at += 4;
  }
  for (; at < end; at++) hash = rotl(hash ^ (<u64>load<u8>(at) * PRIME_5), 11) * PRIME_1;
  return finished(hash);
}

/** Returns the hash of 56 bytes. The ids of CloudWatch Logs have as many, and without loops it takes less time. */
export function xxh64Of56(at: usize): u64 {
  const one = round(PRIME_1 + PRIME_2, load<u64>(at));
  const two = round(PRIME_2, load<u64>(at, 8));
  const three = round(0, load<u64>(at, 16));
  const four = round(0 - PRIME_1, load<u64>(at, 24));
  let hash = rotl(one, 1) + rotl(two, 7) + rotl(three, 12) + rotl(four, 18);
  hash = merged(merged(merged(merged(hash, one), two), three), four) + 56;
  hash = mixed(mixed(mixed(hash, load<u64>(at, 32)), load<u64>(at, 40)), load<u64>(at, 48));
  return finished(hash);
}

function round(lane: u64, input: u64): u64 {
  return rotl(lane + input * PRIME_2, 31) * PRIME_1;
}

function merged(hash: u64, lane: u64): u64 {
  return (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
}

function mixed(hash: u64, input: u64): u64 {
  return rotl(hash ^ round(0, input), 27) * PRIME_1 + PRIME_4;
}

function finished(hash: u64): u64 {
  hash = (hash ^ (hash >> 33)) * PRIME_2;
  hash = (hash ^ (hash >> 29)) * PRIME_3;
  return hash ^ (hash >> 32);
}
