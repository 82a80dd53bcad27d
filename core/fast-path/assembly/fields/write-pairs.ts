import { ascii, CLOSE_BRACE, COLON, COMMA, DOT, isDigit, MINUS, PLUS, QUOTE, SPACE, ZERO } from "../ascii";
import { dotsIn } from "../json-members";
import { isLabelKey, kindOfKey, LOG_KEY, MESSAGE_KEY, OTHER_KEY, setTaken } from "../keys";
import { isNumberLike } from "../number-like";
import { copyUnescaped } from "../objects/tokens";
import { copy } from "./find";
import { endOfDigits } from "./numbers";
import { FLAGS, HAS_ESCAPES, IS_MOVED, messagePair, PAIR_BYTES, pairs, pairsEnd, TAKEN, VALUE } from "./pairs";
import { lengthOfList, list } from "./program-words";
import { ABSENT, kindOf, REST_SLOT } from "./slots";

/** Dots in a name, which are levels to engines. */
const MAX_DOTS: i32 = 14;

/** As `MAX_DIGITS` of core/parsers/key-value.ts. */
const MAX_DIGITS: usize = 15;

const JSON_KEY = ascii(',"json":{');
const JSON_KEY_LENGTH: usize = 9;

/** Of the format's own field. */
const FIELD_SLOT: i32 = 0;

/**
 * Writes the pairs as members, each after a comma: those for which the document has no place are in `json`.
 *
 * @returns the address behind them; 0: only the parser can write them
 */
export function writePairs(program: usize, at: usize): usize {
  const taken = lengthOfList(program, TAKEN);
  setTaken(list(program, TAKEN), kindOf(FIELD_SLOT) === ABSENT ? taken - 1 : taken);
  at = writePlaced(at);
  setTaken(0, 0);
  return at;
}

function writePlaced(at: usize): usize {
  let isMoved = false;
  for (let pair = pairs; pair < pairsEnd; pair += PAIR_BYTES) {
    if (pair === messagePair) continue;
    const name = at + 2;
    const end = writeName(pair, at);
    if (end === 0) return 0;
    const kind = kindOfKey(name);
    if (kind === OTHER_KEY) {
      at = writeValue(pair, end);
      if (at === 0) return 0;
    } else {
      // Labels are in one object.
      if (isLabelKey(name)) return 0;
      // It may be the message.
      if ((kind === LOG_KEY || kind === MESSAGE_KEY) && kindOf(REST_SLOT) === ABSENT) return 0;
      store<u32>(pair, load<u32>(pair, FLAGS) | IS_MOVED, FLAGS);
      isMoved = true;
    }
  }
  return isMoved ? writeMoved(at) : at;
}

function writeMoved(at: usize): usize {
  v128.store(at, JSON_KEY);
  at += JSON_KEY_LENGTH;
  let last = at - 1;
  for (let pair = pairs; pair < pairsEnd; pair += PAIR_BYTES) {
    if ((load<u32>(pair, FLAGS) & IS_MOVED) === 0) continue;
    const end = writeName(pair, last);
    if (last === at - 1) store<u8>(last, JSON_KEY_END);
    last = end === 0 ? 0 : writeValue(pair, end);
    if (last === 0) return 0;
  }
  store<u8>(last, CLOSE_BRACE);
  return last + 1;
}

/** The brace of `json`, in the place of a comma before its first member. */
const JSON_KEY_END: u8 = 0x7b;

/** Writes a comma and a key. @returns the address behind it; 0: only the parser can write it */
function writeName(pair: usize, at: usize): usize {
  const start: usize = load<u32>(pair);
  const length = <usize>load<u32>(pair, 4) - start;
  if (dotsIn(start, start + length) > MAX_DOTS) return 0;
  store<u8>(at, COMMA);
  store<u8>(at + 1, QUOTE);
  copy(start, at + 2, length);
  at += 2 + length;
  store<u8>(at, QUOTE);
  store<u8>(at + 1, COLON);
  return at + 2;
}

/** @returns the address behind the value; 0: only the parser can write it */
function writeValue(pair: usize, at: usize): usize {
  const start: usize = load<u32>(pair, VALUE);
  const end: usize = load<u32>(pair, VALUE + 4);
  const hasEscapes = (load<u32>(pair, FLAGS) & HAS_ESCAPES) !== 0;
  if (!hasEscapes && isNumber(start, end)) {
    copy(start, at, end - start);
    return at + (end - start);
  }
  store<u8>(at++, QUOTE);
  let textEnd = at + (end - start);
  if (hasEscapes) {
    textEnd = copyUnescaped(start, end, at);
    if (isNumberLike(at, textEnd, true)) return 0;
  } else {
    copy(start, at, end - start);
    if (mayBeNumber(load<u8>(start)) && isNumberLike(start, end, false)) return 0;
  }
  store<u8>(textEnd, QUOTE);
  return textEnd + 1;
}

/** Whether a text that begins so may be a number to an engine: of any script, and with spaces before it. */
function mayBeNumber(first: u8): bool {
  return isDigit(first) || first === MINUS || first === PLUS || first === DOT || first === SPACE || first >= 0x80;
}

/** As `isNumber` of core/parsers/key-value.ts. */
function isNumber(start: usize, end: usize): bool {
  const digits = load<u8>(start) === MINUS ? start + 1 : start;
  const point = endOfDigits(digits, end);
  if (point === digits || (load<u8>(digits) === ZERO && point - digits > 1)) return false;
  if (point === end) return point - digits <= MAX_DIGITS;
  if (load<u8>(point) !== DOT || point + 1 === end || endOfDigits(point + 1, end) !== end) return false;
  return end - digits - 1 <= MAX_DIGITS;
}
