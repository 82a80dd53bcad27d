import { BACKSLASH, isShortEscape, LETTER_N, LETTER_R, LETTER_T, LINE_FEED, QUOTE, RETURN, SPACE, TAB } from "../ascii";
import { copy } from "../fields/find";
import { nextSpecial } from "../fields/split";

/** The quote of a JSON string inside a message: a backslash is before it. */
export const INNER_QUOTE: u16 = 0x225c;
export const INNER_QUOTE_LENGTH: usize = 2;

/** The length of the object's quotes: that of inner ones, or 1 where the object is read as it is, in no JSON string. */
export let quoteLength: usize = INNER_QUOTE_LENGTH;
let quote: u32 = INNER_QUOTE;
let quoteBits: u32 = 0xffff;

export function setQuoteLength(length: usize): void {
  quoteLength = length;
  quote = length === 1 ? QUOTE : INNER_QUOTE;
  quoteBits = length === 1 ? 0xff : 0xffff;
}

export function isQuote(at: usize): bool {
  return (load<u16>(at) & quoteBits) === quote;
}

/** Whether the string that was read last has escapes of its own. */
export let hasInnerEscapes: bool = false;

/** The address of the next byte that is no white space between the object's tokens. */
export function skipSpaces(at: usize): usize {
  const areEscaped = quoteLength !== 1;
  while (true) {
    const byte = load<u8>(at);
    if (byte === SPACE) {
      at++;
      continue;
    }
    if (areEscaped) {
      if (byte !== BACKSLASH) return at;
      const letter = load<u8>(at + 1);
      if (letter !== LETTER_N && letter !== LETTER_R && letter !== LETTER_T) return at;
      at += 2;
    } else {
      if (byte !== LINE_FEED && byte !== RETURN && byte !== TAB) return at;
      at++;
    }
  }
}

/**
 * The end of a JSON string of the object.
 *
 * @param at the address after its opening quote
 * @returns the address of the closing quote; 0 for none, and for a string that `JSON.stringify` writes differently
 */
export function endOfText(at: usize, limit: usize): usize {
  hasInnerEscapes = false;
  return quoteLength === 1 ? endOfOuterText(at, limit) : endOfInnerText(at, limit);
}

function endOfOuterText(at: usize, limit: usize): usize {
  while (true) {
    at = nextSpecial(at, limit, 0x1f);
    if (at >= limit) return 0;
    const byte = load<u8>(at);
    if (byte === QUOTE) return at;
    if (byte !== BACKSLASH || !isShortEscape(load<u8>(at + 1))) return 0;
    hasInnerEscapes = true;
    at += 2;
  }
}

function endOfInnerText(at: usize, limit: usize): usize {
  while (true) {
    at = nextSpecial(at, limit, 0x1f);
    if (at >= limit || load<u8>(at) !== BACKSLASH) return 0;
    const next = load<u8>(at + 1);
    if (next === QUOTE) return at;
    if (next !== BACKSLASH) return 0;
    hasInnerEscapes = true;
    const letter = load<u8>(at + 2);
    at += 3;
    if (letter !== BACKSLASH) {
      if (letter === QUOTE || !isShortEscape(letter)) return 0;
      continue;
    }
    const escaped = load<u8>(at++);
    if (escaped !== QUOTE && escaped !== BACKSLASH) return 0;
  }
}

/** Copies a text of `endOfText` without the message's layer of escapes. @returns the end of what is written, which is not longer */
export function copyUnescaped(at: usize, end: usize, to: usize): usize {
  if (quoteLength === 1) {
    copy(at, to, end - at);
    return to + (end - at);
  }
  for (; at < end; at++, to++) {
    if (load<u8>(at) === BACKSLASH) at++;
    store<u8>(to, load<u8>(at));
    if (load<u8>(at) !== BACKSLASH) continue;
    // The text's own escape, of which the message escapes a quote or a backslash once more.
    if (load<u8>(++at) === BACKSLASH) at++;
    store<u8>(++to, load<u8>(at));
  }
  return to;
}
