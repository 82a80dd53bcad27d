import {
  BACKSLASH,
  CLOSE_BRACKET,
  HASH,
  LETTER_N,
  LETTER_R,
  LETTER_T,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  SPACE,
} from "../ascii";
import { SPANS } from "../memory";

/** Of texts in a line. More are left to the parser. */
const MAX_SPANS: i32 = 128;

/** Limit of a text in brackets, in bytes, so that no line is searched from each of its brackets to the end. */
const MAX_BRACKETED: usize = 256;

/** What a line is split at, and what it must not have: see `Split` in core/parsers/line-description.ts. */
const TABS: i32 = 1;
const QUOTED: i32 = 2;
const SINGLE_SPACES: i32 = 4;
const NO_INNER_QUOTES: i32 = 8;
const ASCII: i32 = 16;

/** The closing quote of the message that was split last. */
export let messageEnd: usize = 0;

export function spanStart(index: i32): usize {
  return load<u32>(SPANS + 8 * index);
}

export function spanEnd(index: i32): usize {
  return load<u32>(SPANS + 8 * index, 4);
}

export function clearSpan(index: i32): void {
  putSpan(index, 0, 0);
}

export function setMessageEnd(at: usize): void {
  messageEnd = at;
}

export function putSpan(index: i32, start: usize, end: usize): void {
  store<u32>(SPANS + 8 * index, <u32>start);
  store<u32>(SPANS + 8 * index, <u32>end, 4);
}

/**
 * Splits the message at `at`, the body of a JSON string, into the texts of its fields.
 *
 * @returns their number; -1: only the parser may split it
 */
export function split(at: usize, limit: usize, mode: i32): i32 {
  // A header, or the JSON form of a line.
  if (load<u8>(at) === HASH || load<u8>(at) === OPEN_BRACE) return -1;
  const count = (mode & TABS) !== 0 ? splitTabs(at, limit) : splitSpaces(at, limit, mode);
  return count > 0 && (mode & ASCII) !== 0 && !isAscii(at, messageEnd) ? -1 : count;
}

export function isAscii(at: usize, end: usize): bool {
  for (; at + 16 <= end; at += 16) if (i8x16.bitmask(v128.load(at)) !== 0) return false;
  for (; at < end; at++) if (load<u8>(at) >= 0x80) return false;
  return true;
}

/** As `splitDelimited` does, or without quotes and brackets. */
function splitSpaces(at: usize, limit: usize, mode: i32): i32 {
  const isSingle = (mode & SINGLE_SPACES) !== 0;
  const hasQuotes = (mode & QUOTED) !== 0;
  const mayHaveInner = hasQuotes && (mode & NO_INNER_QUOTES) === 0;
  for (let count = 0; count < MAX_SPANS; count++) {
    let byte = load<u8>(at);
    if (byte === SPACE) {
      if (isSingle && (count === 0 || load<u8>(at + 1) === SPACE)) return -1;
      do at++;
      while (load<u8>(at) === SPACE);
      byte = load<u8>(at);
    }
    if (at >= limit) return -1;
    if (isEnd(at, byte)) return count;
    let start = at;
    if (byte === BACKSLASH) {
      if (!hasQuotes || load<u8>(at + 1) !== QUOTE) return -1;
      start = at + 2;
      const close = closingQuote(start, limit, mode);
      if (close === 0) return -1;
      putSpan(count, start, close);
      at = close + 2;
      continue;
    }
    if (byte === OPEN_BRACKET && hasQuotes) {
      const bracket = closingBracket(at);
      if (bracket === 0) return -1;
      const next = load<u8>(bracket + 1);
      if (next === SPACE || isEnd(bracket + 1, next) || (next === BACKSLASH && load<u8>(bracket + 2) === QUOTE)) {
        putSpan(count, at + 1, bracket);
        at = bracket + 1;
        continue;
      }
    }
    at = endOfWord(at, limit, mayHaveInner);
    if (at === 0) return -1;
    // It may be white space of other scripts, which would be trimmed.
    if (!hasQuotes && (load<u8>(start) >= 0x80 || load<u8>(at - 1) >= 0x80)) return -1;
    putSpan(count, start, at);
  }
  return -1;
}

/** Between escaped tabs. */
function splitTabs(at: usize, limit: usize): i32 {
  let start = at;
  for (let count = 0; count < MAX_SPANS; ) {
    at = nextSpecial(at, limit, 0x1f);
    if (at >= limit) return -1;
    const byte = load<u8>(at);
    if (byte === QUOTE) {
      // White space at a line's end is none of it.
      const last = load<u8>(at - 1);
      if (at === start || last <= SPACE || last >= 0x80) return -1;
      messageEnd = at;
      putSpan(count, start, at);
      return count + 1;
    }
    const letter = load<u8>(at + 1);
    if (byte !== BACKSLASH) return -1;
    if (letter === QUOTE) {
      at += 2;
      continue;
    }
    if (letter !== LETTER_T) return -1;
    putSpan(count++, start, at);
    at += 2;
    start = at;
  }
  return -1;
}

/** Whether only line breaks, if any, are before the message's closing quote. */
export function isEnd(at: usize, byte: u8): bool {
  while (byte === BACKSLASH && (load<u8>(at + 1) === LETTER_N || load<u8>(at + 1) === LETTER_R)) {
    at += 2;
    byte = load<u8>(at);
  }
  if (byte !== QUOTE) return false;
  messageEnd = at;
  return true;
}

/** @returns the escaped quote that closes the field; 0: none does, or only the parser can say */
function closingQuote(at: usize, limit: usize, mode: i32): usize {
  while (true) {
    at = nextSpecial(at, limit, 0x1f);
    if (at >= limit || load<u8>(at) !== BACKSLASH || load<u8>(at + 1) !== QUOTE) return 0;
    const next = load<u8>(at + 2);
    if (next === SPACE || isEnd(at + 2, next)) return at;
    if ((mode & NO_INNER_QUOTES) !== 0) return 0;
    at += 2;
  }
}

function closingBracket(at: usize): usize {
  const last = at + MAX_BRACKETED;
  for (; at < last; at++) {
    const byte = load<u8>(at);
    if (byte === CLOSE_BRACKET) return at;
    if (byte < SPACE) return 0;
    if (byte === BACKSLASH) {
      if (load<u8>(at + 1) !== QUOTE) return 0;
      at++;
    } else if (byte === QUOTE) return 0;
  }
  return 0;
}

/** @returns where a space or the line's end is; 0: only the parser can say */
function endOfWord(at: usize, limit: usize, mayHaveQuotes: bool): usize {
  while (true) {
    at = nextSpecial(at, limit, SPACE);
    if (at >= limit) return 0;
    const byte = load<u8>(at);
    if (byte === SPACE || isEnd(at, byte)) return at;
    if (!mayHaveQuotes || byte !== BACKSLASH || load<u8>(at + 1) !== QUOTE) return 0;
    at += 2;
  }
}

/** The next quote, backslash or byte up to `last`; the limit or more: there is none before it. */
export function nextSpecial(at: usize, limit: usize, last: u8): usize {
  for (; at < limit; at += 16) {
    const bytes = v128.load(at);
    const ends = v128.or(i8x16.eq(bytes, i8x16.splat(<i8>QUOTE)), i8x16.eq(bytes, i8x16.splat(<i8>BACKSLASH)));
    const special = i8x16.bitmask(v128.or(ends, i8x16.le_u(bytes, i8x16.splat(<i8>last))));
    if (special !== 0) return at + ctz(special);
  }
  return at;
}
