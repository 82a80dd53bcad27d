import { BACKSLASH, isShortEscape, LETTER_N, LETTER_R, LETTER_T, QUOTE, SPACE } from "../ascii";
import { nextSpecial } from "../fields/split";

/** The quote of a JSON string inside a message: a backslash is before it. */
export const INNER_QUOTE: u16 = 0x225c;
export const INNER_QUOTE_LENGTH: usize = 2;

/** Whether the string that was read last has escapes of its own. */
export let hasInnerEscapes: bool = false;

/** The address of the next byte that is no white space between the tokens of a message. */
export function skipSpaces(at: usize): usize {
  while (true) {
    const byte = load<u8>(at);
    if (byte === SPACE) {
      at++;
      continue;
    }
    if (byte !== BACKSLASH) return at;
    const letter = load<u8>(at + 1);
    if (letter !== LETTER_N && letter !== LETTER_R && letter !== LETTER_T) return at;
    at += 2;
  }
}

/**
 * The end of a JSON string inside a message.
 *
 * @param at the address after its opening quote
 * @returns the address of the closing quote's backslash; 0 for none, and for a string that `JSON.stringify` writes differently
 */
export function endOfText(at: usize, limit: usize): usize {
  hasInnerEscapes = false;
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
