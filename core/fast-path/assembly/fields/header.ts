import { BACKSLASH, COLON, HASH, isUpper, LETTER_N, QUOTE, SPACE } from "../ascii";
import { MAX_NAME_BYTES } from "../memory";
import { findName } from "../objects/find-name";
import { isAbsent } from "./find";
import { isUnclear, matchLayouts } from "./matcher";
import { read } from "./read";
import { isUnsupported, reserve } from "./slots";

/** A header, as core/fast-path/layout-program.ts writes it: the layouts of a line's beginning, and the names of values. */
const NAMES: usize = 4;

/** Of a name, behind its address and length: the step of its value, and whether each header has it. */
const STEP: usize = 8;
const IS_NEEDED: usize = 12;

/**
 * Reads the lines of a header into the slots of their values. They are in JSON, as `JSON.stringify` writes it, and a quote ends them.
 *
 * @returns the address behind them; 0: only the parser can read them
 */
export function readHeader(header: usize, at: usize): usize {
  let isHeader = false;
  let hasStart = false;
  const name = reserve(MAX_NAME_BYTES + 1);
  if (name === 0) return 0;
  while (load<u8>(at) === HASH) {
    // Once: one that does not fit takes its columns back.
    const start: usize = hasStart ? 0 : matchLayouts(load<u32>(header), at);
    if (start === 0 && isUnclear) return 0;
    if (start !== 0) hasStart = true;
    at = skipSpaces(start === 0 ? at + 1 : start);
    while (load<u8>(at) !== QUOTE && load<u8>(at) !== BACKSLASH) {
      const colon = endOfWord(at) - 1;
      if (load<u8>(colon) !== COLON || colon - at > MAX_NAME_BYTES) return 0;
      putSmall(at, colon, name);
      const entry = findName(header + NAMES, name, name + (colon - at));
      if (entry === 0) return 0;
      at = skipSpaces(colon + 1);
      const end = endOfWord(at);
      if (end === at) return 0;
      // Another name follows one without a value.
      if (load<u8>(end - 1) === COLON) continue;
      if (isAbsent(at, end) || !read(load<u32>(entry, STEP), at, end) || isUnsupported) return 0;
      if (load<u32>(entry, IS_NEEDED) !== 0) isHeader = true;
      at = skipSpaces(end);
    }
    if (load<u8>(at) === BACKSLASH) {
      if (load<u8>(at + 1) !== LETTER_N) return 0;
      at += 2;
    }
  }
  return isHeader || hasStart ? at : 0;
}

function skipSpaces(at: usize): usize {
  while (load<u8>(at) === SPACE) at++;
  return at;
}

/** Where a space, an escape, the text's end, or another character than ASCII is. */
function endOfWord(at: usize): usize {
  while (true) {
    const byte = load<u8>(at);
    if (byte === SPACE || byte === BACKSLASH || byte === QUOTE || byte >= 0x80) return at;
    at++;
  }
}

function putSmall(at: usize, end: usize, to: usize): void {
  for (; at < end; at++, to++) {
    const byte = load<u8>(at);
    store<u8>(to, isUpper(byte) ? byte | 0x20 : byte);
  }
}
