import { bitCount, loadedBits, nextByte, position, refill, setBits, startBits, take } from "./bits";
import {
  buildTable,
  CODE_LENGTH_BITS,
  CODE_LENGTH_TABLE,
  CODE_LENGTHS,
  CODE_LENGTHS_OF,
  DISTANCE_BITS,
  DISTANCE_TABLE,
  DISTANCES,
  END_OF_BLOCK,
  LENGTH_BITS,
  LENGTH_TABLE,
  LITERAL,
  LITERALS_AND_LENGTHS,
  NO_CODE,
  SUBTABLE,
} from "./codes";

/** Of the inflated bytes: where they begin, where the next one goes, and where they have to end. */
let start: usize = 0;
let out: usize = 0;
let outEnd: usize = 0;

/** Where the compressed bytes have to end. */
let inEnd: usize = 0;

/** Building a table of all bits takes longer than inflating fewer bytes. */
const SMALL: usize = 8 * 1024;
const SMALL_LENGTH_BITS: u32 = 9;

/** Bits of the tables of the current block. */
let lengthBits: u32 = 0;
let distanceBits: u32 = 0;

/**
 * Inflates the blocks from `from` to `fromEnd`, which have to come to the bytes from `to` to `toEnd`, neither more nor fewer. Up to
 * `INFLATE_SLACK` bytes after both may be read, and those after `toEnd` written.
 *
 * Source: RFC 1951, "DEFLATE".
 *
 * @returns false for anything else
 */
export function inflateBlocks(from: usize, fromEnd: usize, to: usize, toEnd: usize): bool {
  start = to;
  out = to;
  outEnd = toEnd;
  inEnd = fromEnd;
  startBits(from);
  let isLast = false;
  while (!isLast) {
    if (position() > inEnd) return false;
    refill();
    isLast = take(1) === 1;
    if (!inflateBlock(take(2))) return false;
  }
  return position() === inEnd && out === outEnd;
}

function inflateBlock(type: u32): bool {
  if (type === 0) return copyStored();
  if (type === 3 || !(type === 1 ? setFixedCodes() : readCodes())) return false;
  return inflateSymbols();
}

function copyStored(): bool {
  const at = position();
  if (at + 4 > inEnd) return false;
  const length: usize = load<u16>(at);
  if (length !== (~load<u16>(at, 2) & 0xffff)) return false;
  if (at + 4 + length > inEnd || out + length > outEnd) return false;
  memory.copy(out, at + 4, length);
  out += length;
  startBits(at + 4 + length);
  return true;
}

function setFixedCodes(): bool {
  memory.fill(CODE_LENGTHS_OF, 8, 144);
  memory.fill(CODE_LENGTHS_OF + 144, 9, 112);
  memory.fill(CODE_LENGTHS_OF + 256, 7, 24);
  memory.fill(CODE_LENGTHS_OF + 280, 8, 8);
  memory.fill(CODE_LENGTHS_OF + 288, 5, 32);
  return setCodes(288, 32);
}

function setCodes(lengths: u32, distances: u32): bool {
  lengthBits = buildTable(
    LENGTH_TABLE,
    LITERALS_AND_LENGTHS,
    CODE_LENGTHS_OF,
    lengths,
    outEnd - start < SMALL ? SMALL_LENGTH_BITS : LENGTH_BITS,
  );
  if (lengthBits === 0) return false;
  distanceBits = buildTable(DISTANCE_TABLE, DISTANCES, CODE_LENGTHS_OF + lengths, distances, DISTANCE_BITS);
  return distanceBits !== 0;
}

/** The order in which a block has the lengths of the codes of code lengths. */
const ORDER = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);

/** zlib accepts no more. */
const MAX_LENGTHS: u32 = 286;
const MAX_DISTANCES: u32 = 30;

function readCodes(): bool {
  const lengths = take(5) + 257;
  const distances = take(5) + 1;
  const given = take(4) + 4;
  if (lengths > MAX_LENGTHS || distances > MAX_DISTANCES) return false;
  memory.fill(CODE_LENGTHS_OF, 0, 19);
  for (let i: u32 = 0; i < given; i++) {
    if ((i & 15) === 0) refill();
    store<u8>(CODE_LENGTHS_OF + load<u8>(ORDER + i), <u8>take(3));
  }
  const bits = buildTable(CODE_LENGTH_TABLE, CODE_LENGTHS, CODE_LENGTHS_OF, 19, CODE_LENGTH_BITS);
  if (bits === 0 || !readLengths(lengths + distances, bits)) return false;
  return load<u8>(CODE_LENGTHS_OF + 256) !== 0 && setCodes(lengths, distances);
}

/** Reads the lengths of the codes of a block, as `inflateSymbols` reads its symbols. @param most bits of the code of code lengths */
function readLengths(all: u32, most: u32): bool {
  let next = nextByte();
  let bits = loadedBits();
  let count = bitCount();
  const mask: u32 = (1 << most) - 1;
  for (let i: u32 = 0; i < all; ) {
    if (next - (count >> 3) > inEnd) return false;
    bits |= load<u64>(next) << (<u64>count);
    next += (63 - count) >> 3;
    count |= 56;
    const entry = load<u32>(CODE_LENGTH_TABLE + 4 * (<u32>bits & mask));
    bits >>= <u64>(entry & 0xff);
    count -= entry & 0xff;
    const symbol = (entry >> 8) & 0xff;
    if (symbol < 16) {
      store<u8>(CODE_LENGTHS_OF + i++, <u8>symbol);
      continue;
    }
    if (symbol === 16 && i === 0) return false;
    const repeated: u8 = symbol === 16 ? load<u8>(CODE_LENGTHS_OF + i - 1) : 0;
    const length: u32 = symbol === 16 ? 2 : symbol === 17 ? 3 : 7;
    const times = (symbol === 18 ? 11 : 3) + (<u32>bits & ((1 << length) - 1));
    bits >>= <u64>length;
    count -= length;
    if (i + times > all) return false;
    const before = i;
    const lengthsOf = v128.splat<u8>(repeated);
    for (let end = i + times; i < end; i += 16) v128.store(CODE_LENGTHS_OF + i, lengthsOf);
    i = before + times;
  }
  setBits(next, bits, count);
  return true;
}

/** Inflates the symbols of a block. What it reads and writes is in variables of its own, which take less time than those of the module. */
function inflateSymbols(): bool {
  let next = nextByte();
  let bits = loadedBits();
  let count = bitCount();
  let to = out;
  const lengthMask: u32 = (1 << lengthBits) - 1;
  const distanceMask: u32 = (1 << distanceBits) - 1;
  while (true) {
    // Each turn takes some bits, and writes at most two literals and one match, or three literals.
    if (next - (count >> 3) > inEnd || to > outEnd) return false;
    bits |= load<u64>(next) << (<u64>count);
    next += (63 - count) >> 3;
    count |= 56;
    let entry = load<u32>(LENGTH_TABLE + 4 * (<u32>bits & lengthMask));
    if (entry & LITERAL) {
      store<u8>(to++, <u8>(entry >> 8));
      bits >>= <u64>(entry & 0xff);
      count -= entry & 0xff;
      entry = load<u32>(LENGTH_TABLE + 4 * (<u32>bits & lengthMask));
      if (entry & LITERAL) {
        store<u8>(to++, <u8>(entry >> 8));
        bits >>= <u64>(entry & 0xff);
        count -= entry & 0xff;
        entry = load<u32>(LENGTH_TABLE + 4 * (<u32>bits & lengthMask));
        if (entry & LITERAL) {
          store<u8>(to++, <u8>(entry >> 8));
          bits >>= <u64>(entry & 0xff);
          count -= entry & 0xff;
          continue;
        }
      }
    }
    if (entry & SUBTABLE) {
      bits >>= <u64>(entry & 0xff);
      count -= entry & 0xff;
      const index = ((entry >> 8) & 0xffff) + (<u32>bits & ((1 << ((entry >> 24) & 0xf)) - 1));
      entry = load<u32>(LENGTH_TABLE + 4 * index);
      if (entry & LITERAL) {
        store<u8>(to++, <u8>(entry >> 8));
        bits >>= <u64>(entry & 0xff);
        count -= entry & 0xff;
        continue;
      }
    }
    if (entry & (END_OF_BLOCK | NO_CODE)) {
      if (entry & NO_CODE) return false;
      bits >>= <u64>(entry & 0xff);
      count -= entry & 0xff;
      break;
    }
    const length = valueOfEntry(entry, bits);
    bits >>= <u64>(entry & 0xff);
    count -= entry & 0xff;
    bits |= load<u64>(next) << (<u64>count);
    next += (63 - count) >> 3;
    count |= 56;
    entry = load<u32>(DISTANCE_TABLE + 4 * (<u32>bits & distanceMask));
    if (entry & SUBTABLE) {
      bits >>= <u64>(entry & 0xff);
      count -= entry & 0xff;
      const index = ((entry >> 8) & 0xffff) + (<u32>bits & ((1 << ((entry >> 24) & 0xf)) - 1));
      entry = load<u32>(DISTANCE_TABLE + 4 * index);
    }
    if (entry & NO_CODE) return false;
    const distance = valueOfEntry(entry, bits);
    bits >>= <u64>(entry & 0xff);
    count -= entry & 0xff;
    if (distance > to - start) return false;
    copyMatch(to, distance, length);
    to += length;
  }
  out = to;
  setBits(next, bits, count);
  return to <= outEnd;
}

/** The length or distance of an entry, with the bits that are added to it. */
function valueOfEntry(entry: u32, bits: u64): usize {
  const extra = (entry >> 24) & 0xf;
  const code = (entry & 0xff) - extra;
  return ((entry >> 8) & 0xffff) + (<u32>(bits >> <u64>code) & ((1 << extra) - 1));
}

/** Copies the `length` bytes that are `distance` before `to`, and up to 15 more. */
function copyMatch(to: usize, distance: usize, length: usize): void {
  const end = to + length;
  if (distance >= 16) {
    do {
      v128.store(to, v128.load(to - distance));
      to += 16;
    } while (to < end);
  } else if (distance === 1) {
    const byte = v128.splat<u8>(load<u8>(to - 1));
    do {
      v128.store(to, byte);
      to += 16;
    } while (to < end);
  } else {
    do {
      store<u8>(to, load<u8>(to - distance));
      to++;
    } while (to < end);
  }
}
