import { ascii, DOT, hasAt, QUOTE } from "./ascii";
import { NAMES } from "./memory";

const MESSAGE = ascii('message"');
const LOG = ascii("log.");
const FILE = ascii("file");

/** What a key at the root of a message means for it. */
export const OTHER_KEY: i32 = 0;
export const MESSAGE_KEY: i32 = 1;

/** The member can't stand at the root, or depends on its value. */
export const RESERVED_KEY: i32 = 2;

/** What the key at `start` is; a quote ends it. */
export function kindOfKey(start: usize): i32 {
  if (!isListed(start)) return OTHER_KEY;
  if (hasAt(start, MESSAGE, 8)) return MESSAGE_KEY;
  const isInLog = hasAt(start, LOG, 4) && !(hasAt(start + 4, FILE, 4) && isEndOfSegment(start + 8));
  return isInLog ? OTHER_KEY : RESERVED_KEY;
}

function isEndOfSegment(at: usize): bool {
  const byte = load<u8>(at);
  return byte === QUOTE || byte === DOT;
}

/**
 * Whether the first dotted segment of a key is in `NAMES`: for each first byte there is, in 16 bits, where its names are, from
 * `NAMES` on; there each has its length before it, and a zero stands behind the last one.
 */
function isListed(start: usize): bool {
  const names: usize = load<u16>(NAMES + 2 * <usize>load<u8>(start));
  if (names === 0) return false;
  let at = NAMES + names;
  while (true) {
    const length: usize = load<u8>(at++);
    if (length === 0) return false;
    if (isEndOfSegment(start + length) && memory.compare(start, at, length) === 0) return true;
    at += length;
  }
}
