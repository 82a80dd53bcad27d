import { HASH_FACTOR } from "./hash";
import { NAMES } from "./memory";

/**
 * The names in a message's objects, as a hash set in `NAMES`: of each the serial number of its object in the upper, and its address
 * in the lower 32 bits. Serials only grow, so entries of earlier messages count as vacant, and nothing is cleared until they wrap
 * around.
 */
const SLOT_BITS = 11;
const SLOTS: usize = 1 << SLOT_BITS;

/** A message whose names need more is left to the plain path: it has thousands of them, or is crafted to have the same hash for many. */
const MAX_PROBES = 16;

/** The serial of the object that is open at each level. */
const OPEN = memory.data(4 * 32);

/** No message has more objects. */
const MAX_OBJECTS: u32 = 1_000_000;

let lastSerial: u32 = 0;
let firstSerial: u32 = 1;

/** Forgets the names of the message before. */
export function clearNames(): void {
  if (lastSerial > u32.MAX_VALUE - MAX_OBJECTS) {
    memory.fill(NAMES, 0, 8 * SLOTS);
    lastSerial = 0;
  }
  firstSerial = lastSerial + 1;
}

/** Returns the serial of a further object. */
export function newObject(): u32 {
  return ++lastSerial;
}

/** Whether an object is of the current message. */
export function isOfMessage(object: u32): bool {
  return object >= firstSerial && object <= lastSerial;
}

/** An object begins at this level. */
export function openObject(depth: i32): void {
  store<u32>(OPEN + 4 * depth, newObject());
}

/**
 * Adds a name to the object at this level. Both addresses are in the envelope, where a backslash ends the name.
 *
 * @returns false if the object may have it already; the plain path decides. False positives are not allowed.
 */
export function addName(depth: i32, start: usize, end: usize): bool {
  return addNameOf(load<u32>(OPEN + 4 * depth), start, end);
}

/** The same of an object by its serial. Names of one object have the same byte after them. */
export function addNameOf(serial: u32, start: usize, end: usize): bool {
  const slot = hashOf(start, end, serial);
  return isVacant(slot) ? occupy(slot, serial, start) : addNameNextTo(slot, serial, start, end, MAX_PROBES);
}

/** Recursive, so that the compiler keeps this rare case out of the caller. */
function addNameNextTo(slot: usize, serial: u32, start: usize, end: usize, probes: i32): bool {
  const entry = load<u64>(slot);
  if (<u32>(entry >> 32) === serial && memory.compare(<usize>(<u32>entry), start, end + 1 - start) === 0) return false;
  if (probes === 0) return false;
  const next = slot + 8 < NAMES + 8 * SLOTS ? slot + 8 : NAMES;
  return isVacant(next) ? occupy(next, serial, start) : addNameNextTo(next, serial, start, end, probes - 1);
}

function isVacant(slot: usize): bool {
  return <u32>(load<u64>(slot) >> 32) < firstSerial;
}

function occupy(slot: usize, serial: u32, name: usize): bool {
  store<u64>(slot, ((<u64>serial) << 32) | <u64>name);
  return true;
}

/** The slot by the length, and the last 7 bytes and the backslash after them: other bytes rarely make the difference. */
function hashOf(start: usize, end: usize, serial: u32): usize {
  const length = end - start;
  const bits = load<u64>(end - 7) >> ((<u64>(7 - min<usize>(length, 7))) << 3);
  return NAMES + 8 * <usize>(((bits ^ <u64>length ^ ((<u64>serial) << 8)) * HASH_FACTOR) >> (64 - SLOT_BITS));
}
