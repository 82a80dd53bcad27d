import { ascii, BACKSLASH, hasAt, isHexDigit, isShortEscape, LETTER_U, QUOTE, SLASH, ZERO } from "./ascii";
import { from, setFrom, setTo, to } from "./memory";
import { copyPlainRun } from "./plain-run";

/** No JSON string, or one that goes on beyond the limit. */
export const NO_TEXT: i32 = 0;

/** A JSON string; it is written as `JSON.stringify` would write it. */
export const SAME: i32 = 1;

/** A JSON string that `JSON.stringify` would write otherwise; what is written of it is of no use. */
export const OTHER: i32 = 2;

/** Copies the body of the JSON string that begins at the cursor. Leaves the cursor at the quote that ends it. */
export function copyText(limit: usize): i32 {
  let at = from;
  let end = to;
  let copied = SAME;
  while (true) {
    const plain = copyPlainRun(at, end, limit);
    at += plain;
    end += plain;
    if (at >= limit) return NO_TEXT;
    const byte = load<u8>(at);
    if (byte === QUOTE) break;
    if (byte !== BACKSLASH) return NO_TEXT;
    const letter = load<u8>(at + 1);
    store<u8>(end, byte);
    store<u8>(end + 1, letter);
    at += 2;
    end += 2;
    if (isShortEscape(letter)) continue;
    if (letter === SLASH) {
      copied = OTHER;
    } else if (letter === LETTER_U) {
      if (!copyControl(at, end)) {
        for (let i: usize = 0; i < 4; i++) if (!isHexDigit(load<u8>(at + i))) return NO_TEXT;
        copied = OTHER;
      }
      at += 4;
      end += 4;
    } else {
      return NO_TEXT;
    }
  }
  setFrom(at);
  setTo(end);
  return copied;
}

/** Copies the four digits of a character that `JSON.stringify` writes by its code: a control character without a short escape. */
function copyControl(at: usize, end: usize): bool {
  const high = load<u8>(at + 2);
  const low: u8 = load<u8>(at + 3) | 0x20;
  if (!hasAt(at, ZEROS, 2) || (high !== ZERO && high !== ZERO + 1) || !isHexDigit(low)) return false;
  if (high === ZERO && hasShortEscape(low)) return false;
  store<u32>(end, load<u32>(at));
  store<u8>(end + 3, low);
  return true;
}

const ZEROS = ascii("00");

/** The last digit of \b, \t, \n, \f and \r. */
function hasShortEscape(digit: u8): bool {
  return digit === 0x38 || digit === 0x39 || digit === 0x61 || digit === 0x63 || digit === 0x64;
}
