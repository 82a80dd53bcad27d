import { NAMES } from "./memory";

/**
 * The names in a message's objects, as a hash set in `NAMES`: of each the serial number of its object, and its address, 32 bits
 * each. Serials only grow, so entries of earlier messages count as vacant, and nothing is cleared until they wrap around.
 */
const SLOT_BITS = 12;
const SLOTS: u32 = 1 << SLOT_BITS;

/** Limit of a message's names, so that most slots are vacant; the plain path gets a message of more. */
const MAX_NAMES: u32 = SLOTS / 4;

/** Names of one hash can be crafted; the plain path gets those, too. */
const MAX_PROBES = 16;

/** The serial of the object that is open at each level. */
const OPEN = memory.data(4 * 32);

/** No message has more objects. */
const MAX_OBJECTS: u32 = 1_000_000;

let lastSerial: u32 = 0;
let firstSerial: u32 = 1;
let names: u32 = 0;

/** Forgets the names of the message before. */
export function clearNames(): void {
  if (lastSerial > u32.MAX_VALUE - MAX_OBJECTS) {
    memory.fill(NAMES, 0, 8 * SLOTS);
    lastSerial = 0;
  }
  firstSerial = lastSerial + 1;
  names = 0;
}

/** An object begins at this level. */
export function openObject(depth: i32): void {
  store<u32>(OPEN + 4 * depth, ++lastSerial);
}

/**
 * Adds a name to the object at this level. Both addresses stay valid until the message ends, and a quote ends the name.
 *
 * @returns false if the object may have it already; the plain path decides. False positives are not allowed.
 */
export function addName(depth: i32, start: usize, end: usize): bool {
  if (++names > MAX_NAMES) return false;
  const serial = load<u32>(OPEN + 4 * depth);
  let slot = hashOf(start, end, serial);
  for (let probes = 0; probes < MAX_PROBES; probes++) {
    const entry = NAMES + 8 * <usize>slot;
    const owner = load<u32>(entry);
    if (owner < firstSerial) {
      store<u32>(entry, serial);
      store<u32>(entry, <u32>start, 4);
      return true;
    }
    if (owner === serial && memory.compare(load<u32>(entry, 4), start, end + 1 - start) === 0) return false;
    slot = (slot + 1) & (SLOTS - 1);
  }
  return false;
}

/** Of the length and the first and last 8 bytes: names that differ in their middle only are rare. */
function hashOf(start: usize, end: usize, serial: u32): u32 {
  const length = <u64>(end - start);
  let bits = load<u64>(start);
  if (length < 8) bits &= ((<u64>1) << (length << 3)) - 1;
  else bits ^= rotl<u64>(load<u64>(end - 8), 29);
  return <u32>(((bits ^ ((<u64>serial) << 17) ^ length) * HASH_FACTOR) >> (64 - SLOT_BITS));
}

/** 2^64 divided by the golden ratio. */
const HASH_FACTOR: u64 = ((<u64>0x9e3779b9) << 32) | 0x7f4a7c15;
