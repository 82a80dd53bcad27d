import { ascii, DOT, hasAt, QUOTE } from "./ascii";
import { RESERVED_NAMES } from "./memory";

const MESSAGE = ascii('message"');
const LOG = ascii("log.");
const FILE = ascii("file");

/** Kinds of root keys. */
export const OTHER_KEY: i32 = 0;
export const MESSAGE_KEY: i32 = 1;

/** A key that collides with the pipeline's own fields, always or for some values. */
export const RESERVED_KEY: i32 = 2;

/** The kind of the key at `start`, which a quote ends. */
export function kindOfKey(start: usize): i32 {
  if (!isListed(start)) return OTHER_KEY;
  if (hasAt(start, MESSAGE, 8)) return MESSAGE_KEY;
  if (!hasAt(start, LOG, 4)) return RESERVED_KEY;
  // Engines take "log." for "log".
  const isReserved = isEndOfSegment(start + 4) || (hasAt(start + 4, FILE, 4) && isEndOfSegment(start + 8));
  return isReserved ? RESERVED_KEY : OTHER_KEY;
}

function isEndOfSegment(at: usize): bool {
  const byte = load<u8>(at);
  return byte === QUOTE || byte === DOT;
}

/**
 * Whether a key's first dotted segment is reserved. `RESERVED_NAMES` begins with a 16-bit offset for each possible first byte
 * (0: no name). At that offset are the names, each after its length in one byte, and then a zero.
 */
function isListed(start: usize): bool {
  const names: usize = load<u16>(RESERVED_NAMES + 2 * <usize>load<u8>(start));
  if (names === 0) return false;
  let at = RESERVED_NAMES + names;
  while (true) {
    const length: usize = load<u8>(at++);
    if (length === 0) return false;
    if (isEndOfSegment(start + length) && memory.compare(start, at, length) === 0) return true;
    at += length;
  }
}
