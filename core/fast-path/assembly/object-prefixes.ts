import { writeTimeOfDay } from "./line-prefix";
import { MAX_OBJECT_PREFIX_BYTES, OBJECT_PREFIXES, to } from "./memory";

/*
 * The line prefixes of an object: as that of line-prefix.ts, but without an id, whose place a line's number takes. Lines of several
 * slots may follow one another by turns, so the last few are kept.
 */

const MAX_PREFIXES: i32 = 4;

const DAY_MS: i64 = 86_400_000;

/** What is known of each: its slot in ms since the epoch, 64 bits each, and its length and the offsets of id, time and the end of `cloud`, 32 bits each. */
const ENTRY_BYTES: usize = 32;
const ENTRIES: usize = memory.data(128);

/** The one that is found or set last. */
let at: usize = 0;
let length: usize = 0;
let idOffset: usize = 0;
let timeOffset: usize = 0;
let cloudOffset: usize = 0;
let slotFrom: i64 = 0;
let slotUntil: i64 = 0;
let midnight: i64 = 0;

/** The place of the next one that is set. */
let next: i32 = 0;

/** Before lines of another object: until the next `setObjectPrefix` no time has a line prefix. */
export function clearObjectPrefixes(): void {
  slotUntil = 0;
  for (let i = 0; i < MAX_PREFIXES; i++) store<i64>(ENTRIES + ENTRY_BYTES * i, 0, 8);
}

/** Where the caller puts the bytes of the next line prefix. */
export function nextObjectPrefix(): usize {
  return OBJECT_PREFIXES + MAX_OBJECT_PREFIX_BYTES * next;
}

/** Describes the line prefix at `nextObjectPrefix`, which may take the place of another: see `setLinePrefix`. */
export function setObjectPrefix(
  prefixLength: usize,
  id: usize,
  time: usize,
  cloud: usize,
  from: f64,
  until: f64,
): void {
  const entry = ENTRIES + ENTRY_BYTES * next;
  store<i64>(entry, <i64>from);
  store<i64>(entry, <i64>until, 8);
  store<u32>(entry, <u32>prefixLength, 16);
  store<u32>(entry, <u32>id, 20);
  store<u32>(entry, <u32>time, 24);
  store<u32>(entry, <u32>cloud, 28);
  use(next);
  next = (next + 1) % MAX_PREFIXES;
}

/** Finds the line prefix for a time. @param time in ms since the epoch; not negative */
export function hasObjectPrefixFor(time: i64): bool {
  if (time >= slotFrom && time < slotUntil) return true;
  for (let i = 0; i < MAX_PREFIXES; i++) {
    const entry = ENTRIES + ENTRY_BYTES * i;
    if (time < load<i64>(entry) || time >= load<i64>(entry, 8)) continue;
    use(i);
    return true;
  }
  return false;
}

function use(i: i32): void {
  const entry = ENTRIES + ENTRY_BYTES * i;
  at = OBJECT_PREFIXES + MAX_OBJECT_PREFIX_BYTES * i;
  slotFrom = load<i64>(entry);
  slotUntil = load<i64>(entry, 8);
  length = load<u32>(entry, 16);
  idOffset = load<u32>(entry, 20);
  timeOffset = load<u32>(entry, 24);
  cloudOffset = load<u32>(entry, 28);
  midnight = slotFrom - (slotFrom % DAY_MS);
}

/**
 * Writes the line prefix that was found or set last, with a line's number and time, at the cursor, without moving it.
 *
 * @param digits the address of the number's, up to 16
 * @param count how many they are
 * @returns the address after it
 */
export function writeObjectPrefix(digits: usize, count: usize, time: i64): usize {
  for (let i: usize = 0; i < idOffset; i += 16) v128.store(to + i, v128.load(at + i));
  v128.store(to + idOffset, v128.load(digits));
  const rest = to + idOffset + count;
  const restLength = length - idOffset;
  for (let i: usize = 0; i < restLength; i += 16) v128.store(rest + i, v128.load(at + idOffset + i));
  writeTimeOfDay(to + count + timeOffset, <i32>(time - midnight));
  return rest + restLength;
}

/** The address of the brace of `cloud` in the line prefix that was written last. @param count see `writeObjectPrefix` */
export function objectCloud(count: usize): usize {
  return to + count + cloudOffset;
}

/** The same in the line prefix itself. */
export function copiedCloud(): usize {
  return at + cloudOffset;
}
