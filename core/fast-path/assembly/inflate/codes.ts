import { HUFFMAN } from "../memory";

/*
 * Tables that decode Huffman codes, as libdeflate builds them: the next bits are the index of an entry of 32 bits. Codes longer
 * than the table's bits have a table of their own, whose entry names it.
 */

/** Of an entry: it is a literal, in bits 8 to 15. */
export const LITERAL: u32 = 0x80000000;

/** Of an entry: bits 8 to 23 are the index of a table, and bits 24 to 27 the number of its bits. */
export const SUBTABLE: u32 = 0x40000000;

/** Of an entry: it is the end of the block. */
export const END_OF_BLOCK: u32 = 0x20000000;

/** Of an entry: no code has these bits. */
export const NO_CODE: u32 = 0x10000000;

/*
 * Any other entry is a length or a distance: bits 8 to 23 are its base, bits 24 to 27 the number of bits that are added to it. Bits 0
 * to 7 of each are the number of bits that it takes, those included.
 */

/** Source: zlib, examples/enough.c: the most entries that codes of 288, 32 and 19 symbols take, with these bits in their tables. */
export const LENGTH_BITS: u32 = 11;
const LENGTH_ENTRIES = 2342;
export const DISTANCE_BITS: u32 = 8;
const DISTANCE_ENTRIES = 402;
export const CODE_LENGTH_BITS: u32 = 7;

export const LENGTH_TABLE: usize = HUFFMAN;
export const DISTANCE_TABLE: usize = LENGTH_TABLE + 4 * LENGTH_ENTRIES;
export const CODE_LENGTH_TABLE: usize = DISTANCE_TABLE + 4 * DISTANCE_ENTRIES;

/** Lengths of codes, a byte for each symbol. */
export const CODE_LENGTHS_OF: usize = CODE_LENGTH_TABLE + 4 * 128;

/** How many codes have each length, the first symbol of each, and the symbols by their codes: 16 bits each. */
const COUNTS: usize = CODE_LENGTHS_OF + 320 + 160;
const FIRST: usize = COUNTS + 32;
const SORTED: usize = FIRST + 32;

/** What the symbols of a code are: addresses of their entries, to which the lengths of their codes are added. */
export const LITERALS_AND_LENGTHS: usize = SORTED + 2 * 288;
export const DISTANCES: usize = LITERALS_AND_LENGTHS + 4 * 288;
export const CODE_LENGTHS: usize = LITERALS_AND_LENGTHS;

for (let symbol: u32 = 0; symbol < 288; symbol++) store<u32>(LITERALS_AND_LENGTHS + 4 * symbol, entryOfLength(symbol));
for (let symbol: u32 = 0; symbol < 32; symbol++) store<u32>(DISTANCES + 4 * symbol, entryOfDistance(symbol));

const MAX_LENGTH: u32 = 15;

/**
 * Builds the table of a code.
 *
 * @param lengths address of the codes' lengths
 * @param most bits of the table
 * @returns the table's bits; 0: zlib accepts no such code
 */
export function buildTable(table: usize, kind: usize, lengths: usize, symbols: u32, most: u32): u32 {
  for (let i: usize = 0; i < 32; i += 16) v128.store(COUNTS + i, i64x2.splat(0));
  for (let some: u32 = 0; some < symbols; some += 16) {
    for (let left = usedOf(lengths, some, symbols); left !== 0; left &= left - 1) {
      const at = COUNTS + 2 * <usize>load<u8>(lengths + some + ctz(left));
      store<u16>(at, load<u16>(at) + 1);
    }
  }
  let longest = MAX_LENGTH;
  while (longest > 1 && countOf(longest) === 0) longest--;
  let used: u32 = 0;
  let first: u32 = 0;
  for (let length: u32 = 1; length <= longest; length++) {
    store<u16>(FIRST + 2 * length, <u16>first);
    first += countOf(length);
    used = (used << 1) + countOf(length);
  }
  const all: u32 = 1 << longest;
  if (used > all) return 0;
  for (let some: u32 = 0; some < symbols; some += 16) {
    for (let left = usedOf(lengths, some, symbols); left !== 0; left &= left - 1) {
      const symbol = some + ctz(left);
      const at = FIRST + 2 * <usize>load<u8>(lengths + symbol);
      const place: usize = load<u16>(at);
      store<u16>(SORTED + 2 * place, <u16>symbol);
      store<u16>(at, <u16>(place + 1));
    }
  }
  if (used < all) return kind === DISTANCES && longest === 1 ? oneCode(table, used) : 0;
  const bits = min(most, longest);
  fill(table, kind, bits);
  return bits;
}

/** One bit for each of the 16 symbols from `some` on, of which most have no code: whether it has one. */
function usedOf(lengths: usize, some: u32, symbols: u32): u32 {
  const unused = i8x16.bitmask(i8x16.eq(v128.load(lengths + some), i8x16.splat(0)));
  const left = symbols - some;
  return ~unused & (left < 16 ? (1 << left) - 1 : 0xffff);
}

/** The table of a block of at most one distance. */
function oneCode(table: usize, codes: u32): u32 {
  const entry = codes === 1 ? entryOf(DISTANCES, load<u16>(SORTED), 1) : NO_CODE;
  store<u32>(table, entry);
  store<u32>(table + 4, NO_CODE);
  return 1;
}

function fill(table: usize, kind: usize, bits: u32): void {
  let sorted = SORTED;
  let code: u32 = 0;
  let length: u32 = 1;
  let left = countOf(1);
  while (left === 0) left = countOf(++length);
  let end: u32 = 1 << length;
  while (length <= bits) {
    for (; left > 0; left--) {
      store<u32>(table + 4 * code, entryOf(kind, load<u16>(sorted), length));
      sorted += 2;
      if (code === end - 1) {
        for (; length < bits; length++) end = doubled(table, end);
        return;
      }
      code = nextCode(code, end - 1);
    }
    while (left === 0) {
      if (++length <= bits) end = doubled(table, end);
      left = countOf(length);
    }
  }
  fillSubtables(table, kind, bits, sorted, code, length, left);
}

/** Fills the tables of codes that are longer than `bits`, from the first such code on. */
function fillSubtables(table: usize, kind: usize, bits: u32, sorted: usize, code: u32, length: u32, left: u32): void {
  const mask: u32 = (1 << bits) - 1;
  let end: u32 = 1 << bits;
  let prefix: u32 = u32.MAX_VALUE;
  let start: u32 = 0;
  while (true) {
    if ((code & mask) !== prefix) {
      prefix = code & mask;
      start = end;
      let own = length - bits;
      for (let used = left; used < <u32>(1 << own); ) used = (used << 1) + countOf(bits + ++own);
      end = start + (1 << own);
      store<u32>(table + 4 * prefix, SUBTABLE | (own << 24) | (start << 8) | bits);
    }
    const entry = entryOf(kind, load<u16>(sorted), length - bits);
    sorted += 2;
    for (let at = start + (code >> bits); at < end; at += 1 << (length - bits)) store<u32>(table + 4 * at, entry);
    const last: u32 = (1 << length) - 1;
    if (code === last) return;
    code = nextCode(code, last);
    left--;
    while (left === 0) left = countOf(++length);
  }
}

function countOf(length: u32): u32 {
  return load<u16>(COUNTS + 2 * length);
}

/** Returns the code that follows, with its bits reversed. @param last the last one of its length */
function nextCode(code: u32, last: u32): u32 {
  const bit: u32 = 1 << (31 - clz(code ^ last));
  return (code & (bit - 1)) | bit;
}

/** Repeats a table after itself. @returns its number of entries */
function doubled(table: usize, entries: u32): u32 {
  memory.copy(table + 4 * entries, table, 4 * entries);
  return 2 * entries;
}

/** @param length of the symbol's code */
function entryOf(kind: usize, symbol: u32, length: u32): u32 {
  return load<u32>(kind + 4 * symbol) + length;
}

/** The entry of a literal or length without the length of its code. Source: RFC 1951, section 3.2.5. */
function entryOfLength(symbol: u32): u32 {
  if (symbol < 256) return LITERAL | (symbol << 8);
  if (symbol === 256) return END_OF_BLOCK;
  const code = symbol - 257;
  if (code > 28) return NO_CODE;
  if (code === 28) return 258 << 8;
  if (code < 8) return (3 + code) << 8;
  const extra = (code >> 2) - 1;
  return (extra << 24) | ((3 + ((4 + (code & 3)) << extra)) << 8) | extra;
}

/** The same of a distance. */
function entryOfDistance(symbol: u32): u32 {
  if (symbol > 29) return NO_CODE;
  if (symbol < 4) return (1 + symbol) << 8;
  const extra = (symbol >> 1) - 1;
  return (extra << 24) | ((1 + ((2 + (symbol & 1)) << extra)) << 8) | extra;
}
