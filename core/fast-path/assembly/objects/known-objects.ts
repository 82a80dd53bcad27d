import { BACKSLASH, QUOTE } from "../ascii";
import { indexOf } from "../fields/find";
import { hasBytes } from "./find-name";

/** The text, in a message's JSON string, that all objects have which the parser knows, and where it begins at the latest; 0: it may know any. */
let text: usize = 0;
let length: usize = 0;
let latest: usize = 0;

/** @param bytes from a message's beginning in which the text begins */
export function setKnownObjects(at: usize, size: usize, bytes: usize): void {
  text = at;
  length = size;
  latest = bytes;
}

/** Whether no parser knows the message, which is an object, if it is JSON. @param message the body of its JSON string */
export function isUnknownObject(message: usize): bool {
  if (text === 0) return false;
  // Of the text's first four bytes the last two are rarer than a quote.
  const third = i8x16.splat(load<i8>(text, 2));
  const fourth = i8x16.splat(load<i8>(text, 3));
  for (let at = message; at < message + latest; at += 16) {
    const pairs = v128.and(i8x16.eq(v128.load(at, 2), third), i8x16.eq(v128.load(at, 3), fourth));
    for (let found = i8x16.bitmask(pairs); found !== 0; found &= found - 1) {
      // It may be the next message's.
      if (hasBytes(at + ctz(found), text, length)) return endsBefore(message, at + ctz(found));
    }
  }
  return true;
}

/** Whether a JSON string ends before an address. */
function endsBefore(at: usize, end: usize): bool {
  while (true) {
    const quote = indexOf(QUOTE, at, end);
    if (quote === end) return false;
    let first = quote;
    while (first > at && load<u8>(first - 1) === BACKSLASH) first--;
    // Each backslash escapes the byte behind it.
    if (((quote - first) & 1) === 0) return true;
    at = quote + 1;
  }
}
