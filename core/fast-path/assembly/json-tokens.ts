import {
  ascii,
  BACKSLASH,
  DOT,
  hasAt,
  isDigit,
  isHexDigit,
  isShortEscape,
  LETTER_E,
  LETTER_F,
  LETTER_N,
  LETTER_T,
  LETTER_U,
  MINUS,
  PLUS,
  QUOTE,
  SLASH,
  ZERO,
} from "./ascii";
import { copyPlainRun } from "./plain-run";

/** The token copied last: the address after it in the envelope, and whether it is a string with escapes. */
export let tokenEnd: usize = 0;
export let hasEscapes: bool = false;

/**
 * Copies a JSON string inside a message, in which its quotes are escaped.
 *
 * @param at the address after the opening quote
 * @returns the end of the written string; 0 for anything but a string, and for a `\u` escape of the message's own layer
 */
export function copyString(at: usize, to: usize, limit: usize): usize {
  store<u8>(to++, QUOTE);
  hasEscapes = false;
  while (true) {
    const plain = copyPlainRun(at, to, limit);
    at += plain;
    to += plain;
    if (at >= limit || load<u8>(at) !== BACKSLASH) return 0;
    let byte = load<u8>(at + 1);
    at += 2;
    if (byte === QUOTE) break;
    if (byte === SLASH) {
      store<u8>(to++, byte);
      continue;
    }
    if (byte !== BACKSLASH) return 0;
    // An escape of the string itself. The message escapes a quote or a backslash in it once more.
    hasEscapes = true;
    store<u8>(to++, byte);
    byte = load<u8>(at++);
    if (byte === BACKSLASH) {
      byte = load<u8>(at++);
      if (byte !== QUOTE && byte !== BACKSLASH && byte !== SLASH) return 0;
    } else if (byte === LETTER_U) {
      for (let i: usize = 0; i < 4; i++) if (!isHexDigit(load<u8>(at + i))) return 0;
      store<u8>(to, byte);
      store<u32>(to + 1, load<u32>(at));
      at += 4;
      to += 5;
      continue;
    } else if (byte !== SLASH && (byte === QUOTE || !isShortEscape(byte))) {
      return 0;
    }
    store<u8>(to++, byte);
  }
  store<u8>(to, QUOTE);
  tokenEnd = at;
  return to + 1;
}

/** Copies the JSON number or literal at `at`. Returns the end of the written token; 0 for anything else or after the limit. */
export function copyScalar(at: usize, to: usize, limit: usize): usize {
  const end = endOfScalar(at);
  if (end === 0 || end > limit) return 0;
  for (let i: usize = 0; at + i < end; i += 16) v128.store(to + i, v128.load(at + i));
  tokenEnd = end;
  return to + (end - at);
}

/** The address after the JSON number or literal at `start`; 0: there is none. */
export function endOfScalar(start: usize): usize {
  const first = load<u8>(start);
  if (first === LETTER_T) return hasAt(start, TRUE, 4) ? start + 4 : 0;
  if (first === LETTER_F) return hasAt(start, FALSE, 5) ? start + 5 : 0;
  if (first === LETTER_N) return hasAt(start, NULL, 4) ? start + 4 : 0;
  return endOfNumber(start);
}

const TRUE = ascii("true");
const FALSE = ascii("false");
const NULL = ascii("null");

function endOfNumber(start: usize): usize {
  const integer = load<u8>(start) === MINUS ? start + 1 : start;
  let at = endOfDigits(integer);
  if (at === integer || (load<u8>(integer) === ZERO && at > integer + 1)) return 0;
  if (load<u8>(at) === DOT) {
    const fraction = at + 1;
    at = endOfDigits(fraction);
    if (at === fraction) return 0;
  }
  if ((load<u8>(at) | 0x20) === LETTER_E) {
    at++;
    if (load<u8>(at) === PLUS || load<u8>(at) === MINUS) at++;
    const exponent = at;
    at = endOfDigits(at);
    if (at === exponent) return 0;
  }
  return at;
}

function endOfDigits(at: usize): usize {
  while (isDigit(load<u8>(at))) at++;
  return at;
}
