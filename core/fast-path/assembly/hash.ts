/** What hashes multiply by: 2^64 divided by the golden ratio. */
export const HASH_FACTOR: u64 = ((<u64>0x9e3779b9) << 32) | 0x7f4a7c15;
