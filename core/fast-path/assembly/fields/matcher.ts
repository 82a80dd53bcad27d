import { BACKSLASH, LETTER_B, LETTER_F, LETTER_N, LETTER_R, LETTER_T, LETTER_U, QUOTE } from "../ascii";
import { isEqual } from "./find";
import { clearSpan, putSpan } from "./split";

/**
 * Matches a text with layouts, as regular expressions do: it tries one way after the other, and takes the first that fits. A step has
 * 20 bytes: its op, a column or a number in the next 24 bits, and, 32 bits each, the step that follows, an argument, how often a
 * character may be there, at least and at most, and the characters that may follow. A set of characters is a bit for each of ASCII.
 * core/fast-path/layout-matcher.ts writes them.
 */
const DONE: u8 = 0;
const SET: u8 = 1;
/** Argument: a text of up to 16 bytes, of the number's length. */
const TEXT: u8 = 2;
/** Argument: a set, of which as many or as few characters as possible are taken. */
const GREEDY: u8 = 3;
const LAZY: u8 = 4;
/** In the number of GREEDY: none of its characters may follow, so that to take fewer is of no use. */
const KEEPS_ALL: u8 = 1;
/** Argument: entries of 12 bytes: characters that the text has to begin with, a step, and the columns that it may leave behind. */
const CHOICE: u8 = 5;
/** The beginning and the end of a column's text. */
const OPEN: u8 = 6;
const CLOSE: u8 = 7;
/** Argument: a step that has to fit, without taking anything. */
const AHEAD: u8 = 8;
/** Of the text. */
const END: u8 = 9;
/** Argument: a step that fits in one way only. */
const PART: u8 = 10;
/** The same, as often as possible. */
const LOOP: u8 = 11;

/** A line that needs more is left to the parser. */
const MAX_STEPS: i32 = 4_000;

/** Whether only the parser can say whether the text fits: it has other characters than ASCII where a layout looks, or takes long. */
export let isUnclear: bool = false;

let steps: i32 = 0;

/** Where the columns' texts begin. */
const STARTS: usize = memory.data(4 * 32);

/** Of the character that was looked at last, in bytes. */
let width: usize = 1;

/**
 * Matches the text at `at`, which is in JSON as `JSON.stringify` writes it, and which a quote ends.
 *
 * @returns the address behind the layout; 0: none fits, or `isUnclear`
 */
export function matchLayouts(step: usize, at: usize): usize {
  isUnclear = false;
  steps = 0;
  return match(step, at);
}

function match(step: usize, at: usize): usize {
  if (++steps > MAX_STEPS) return unclear();
  while (true) {
    const argument: usize = load<u32>(step, 8);
    switch (load<u8>(step)) {
      case DONE:
        return at;
      case SET:
        if (!isOf(at, argument)) return 0;
        at += width;
        break;
      case TEXT: {
        const length: usize = load<u32>(step) >> 8;
        if (!isEqual(at, argument, length)) return 0;
        at += length;
        break;
      }
      case GREEDY:
        return matchMost(step, at);
      case LAZY:
        return matchLeast(step, at);
      case CHOICE:
        return matchOne(argument, load<u32>(step) >> 8, at);
      case OPEN:
        store<u32>(STARTS + 4 * (load<u32>(step) >> 8), <u32>at);
        break;
      case CLOSE: {
        const column = load<u32>(step) >> 8;
        putSpan(column, load<u32>(STARTS + 4 * column), at);
        break;
      }
      case AHEAD:
        if (match(argument, at) === 0) return 0;
        break;
      case END:
        if (load<u8>(at) !== QUOTE) return 0;
        break;
      case LOOP:
        return matchLoop(step, at, 0);
      case PART:
        at = match(argument, at);
        if (at === 0) return 0;
        break;
      default:
        return unclear();
    }
    step = load<u32>(step, 4);
  }
}

function unclear(): usize {
  isUnclear = true;
  return 0;
}

function matchMost(step: usize, at: usize): usize {
  const next: usize = load<u32>(step, 4);
  const set: usize = load<u32>(step, 8);
  const least: i32 = load<u16>(step, 12);
  const most: i32 = load<u16>(step, 14);
  const following: usize = load<u32>(step, 16);
  const start = at;
  let count = 0;
  while (count < most && isOf(at, set)) {
    at += width;
    count++;
  }
  steps += count;
  if (isUnclear || count < least) return 0;
  const hasEscapes = at - start !== <usize>count;
  while (true) {
    if (mayFollow(at, following)) {
      const end = match(next, at);
      if (end !== 0) return end;
    }
    if (isUnclear || count === least || load<u8>(step, 1) === KEEPS_ALL) return 0;
    // A match would have to end two bytes earlier, or six.
    if (hasEscapes) return unclear();
    count--;
    at--;
  }
}

function matchLeast(step: usize, at: usize): usize {
  const next: usize = load<u32>(step, 4);
  const set: usize = load<u32>(step, 8);
  const least: i32 = load<u16>(step, 12);
  const most: i32 = load<u16>(step, 14);
  const following: usize = load<u32>(step, 16);
  let count = 0;
  while (true) {
    if (count >= least && mayFollow(at, following)) {
      const end = match(next, at);
      if (end !== 0) return end;
    }
    if (isUnclear || count === most || !isOf(at, set)) return 0;
    at += width;
    count++;
  }
}

function matchLoop(step: usize, at: usize, count: i32): usize {
  if (count < <i32>load<u16>(step, 14)) {
    const end = match(load<u32>(step, 8), at);
    if (isUnclear) return 0;
    const last = end === 0 ? 0 : matchLoop(step, end, count + 1);
    if (last !== 0 || isUnclear) return last;
  }
  return count < <i32>load<u16>(step, 12) ? 0 : match(load<u32>(step, 4), at);
}

function matchOne(choices: usize, count: u32, at: usize): usize {
  const code = codeAt(at);
  for (let i: u32 = 0; i < count; i++, choices += 12) {
    const set: usize = load<u32>(choices);
    if (set !== 0) {
      if (code === OTHER) return unclear();
      if (!isIn(code, set)) continue;
    }
    const end = match(load<u32>(choices, 4), at);
    if (end !== 0 || isUnclear) return end;
    for (let columns = load<u32>(choices, 8); columns !== 0; columns &= columns - 1) clearSpan(<i32>ctz(columns));
  }
  return 0;
}

function mayFollow(at: usize, set: usize): bool {
  return set === 0 || isOf(at, set);
}

/** Whether a message may begin as one of the layouts; false: only the parser can say, too. */
export function mayBegin(step: usize, at: usize): bool {
  let choices: usize = load<u32>(step, 8);
  for (let i = load<u32>(step) >> 8; i > 0; i--, choices += 12) if (mayFollow(at, load<u32>(choices))) return true;
  return false;
}

/** Whether the character at `at` is of a set. */
function isOf(at: usize, set: usize): bool {
  const byte: u32 = load<u8>(at);
  if (byte < 0x80 && byte !== BACKSLASH && byte !== QUOTE) {
    width = 1;
    return ((load<u8>(set + (byte >> 3)) >> (byte & 7)) & 1) === 1;
  }
  const code = codeAt(at);
  if (code === OTHER) isUnclear = true;
  return isIn(code, set);
}

/** No set has them: the text's end, and what is no ASCII or may be none. */
const TEXT_END: u32 = 128;
const OTHER: u32 = 129;

function isIn(code: u32, set: usize): bool {
  return code < TEXT_END && ((load<u8>(set + (code >> 3)) >> (code & 7)) & 1) === 1;
}

function codeAt(at: usize): u32 {
  const byte = load<u8>(at);
  width = 1;
  if (byte === BACKSLASH) {
    width = 2;
    return escaped(load<u8>(at + 1));
  }
  if (byte === QUOTE) return TEXT_END;
  return byte < 0x80 ? byte : OTHER;
}

/** The character of an escape; only the short ones are clear. */
function escaped(letter: u8): u32 {
  switch (letter) {
    case LETTER_N:
      return 0x0a;
    case LETTER_T:
      return 0x09;
    case LETTER_R:
      return 0x0d;
    case LETTER_B:
      return 0x08;
    case LETTER_F:
      return 0x0c;
    case LETTER_U:
      return OTHER;
    default:
      return letter;
  }
}
