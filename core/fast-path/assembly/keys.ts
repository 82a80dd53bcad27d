import { ascii, DOT, hasAt, QUOTE } from "./ascii";
import { RESERVED_NAMES } from "./memory";

const MESSAGE = ascii('message"');
const LOG = ascii('log"');
const LABELS = ascii("labels");
const ANNOTATIONS = ascii("annotations");

/** Kinds of root keys. */
export const OTHER_KEY: i32 = 0;
export const MESSAGE_KEY: i32 = 1;

/** A key that collides with the pipeline's own fields. */
export const RESERVED_KEY: i32 = 2;

/** A key that collides unless its value is an object. */
export const OBJECT_KEY: i32 = 3;

/** `log`: a text becomes the message, an object stays, and anything else collides. */
export const LOG_KEY: i32 = 4;

/** In the length of a listed name: it is that of an object. */
const OBJECT_BIT: usize = 0x80;

/** Further names that are reserved, by their addresses and lengths: 32 bits each. */
let taken: usize = 0;
let takenEnd: usize = 0;

/** @param count 0: there are none */
export function setTaken(names: usize, count: i32): void {
  taken = names;
  takenEnd = names + 8 * count;
}

function isTaken(start: usize): bool {
  for (let at = taken; at < takenEnd; at += 8) {
    const length: usize = load<u32>(at, 4);
    if (isEndOfSegment(start + length) && memory.compare(start, load<u32>(at), length) === 0) return true;
  }
  return false;
}

/** The kind of the key at `start`, which a quote ends. */
export function kindOfKey(start: usize): i32 {
  if (taken !== takenEnd && isTaken(start)) return RESERVED_KEY;
  const listed = listedName(start);
  if (listed === 0) return OTHER_KEY;
  if ((listed & OBJECT_BIT) !== 0) return kindOfObject(start, start + (listed ^ OBJECT_BIT));
  return hasAt(start, MESSAGE, 8) ? MESSAGE_KEY : RESERVED_KEY;
}

/** Whether the key at `start` is a label, or the object that has them. */
export function isLabelKey(start: usize): bool {
  return (
    (hasAt(start, LABELS, 6) && isEndOfSegment(start + 6)) ||
    (hasAt(start, ANNOTATIONS, 11) && isEndOfSegment(start + 11))
  );
}

/** The kind of an object's key, by what follows its first segment. */
function kindOfObject(start: usize, end: usize): i32 {
  if (load<u8>(end) === QUOTE) return hasAt(start, LOG, 4) ? LOG_KEY : OBJECT_KEY;
  // Engines take "error." for "error".
  return isEndOfSegment(end + 1) ? RESERVED_KEY : OTHER_KEY;
}

function isEndOfSegment(at: usize): bool {
  const byte = load<u8>(at);
  return byte === QUOTE || byte === DOT;
}

/**
 * The length of a key's first dotted segment if it is reserved, with `OBJECT_BIT` for an object's; 0 otherwise. `RESERVED_NAMES`
 * begins with a 16-bit offset for each possible first byte (0: no name). At that offset are the names, each after its length in
 * one byte, and then a zero.
 */
function listedName(start: usize): usize {
  const names: usize = load<u16>(RESERVED_NAMES + 2 * <usize>load<u8>(start));
  if (names === 0) return 0;
  let at = RESERVED_NAMES + names;
  while (true) {
    const listed: usize = load<u8>(at++);
    if (listed === 0) return 0;
    const length = listed & ~OBJECT_BIT;
    if (isEndOfSegment(start + length) && memory.compare(start, at, length) === 0) return listed;
    at += length;
  }
}
