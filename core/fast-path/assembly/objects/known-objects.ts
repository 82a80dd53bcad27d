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

/** Whether no parser knows the message, which is an object, if it is JSON. @param at the body of its JSON string */
export function isUnknownObject(at: usize): bool {
  if (text === 0) return false;
  // Of the text's first four bytes the last two are rarer than a quote.
  const third = i8x16.splat(load<i8>(text, 2));
  const fourth = i8x16.splat(load<i8>(text, 3));
  for (const end = at + latest; at < end; at += 16) {
    const pairs = v128.and(i8x16.eq(v128.load(at, 2), third), i8x16.eq(v128.load(at, 3), fourth));
    for (let found = i8x16.bitmask(pairs); found !== 0; found &= found - 1) {
      if (hasBytes(at + ctz(found), text, length)) return false;
    }
  }
  return true;
}
