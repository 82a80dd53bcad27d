import { ascii, BACKSLASH, hasAt, isHexDigit, isShortEscape, LETTER_U, QUOTE, SLASH, ZERO } from "./ascii";
import { from, setFrom, setTo, to } from "./memory";
import { copyPlainRun } from "./plain-run";

/** Results of `copyText`: not a JSON string, or one that ends after the limit. */
export const NO_TEXT: i32 = 0;

/** A JSON string, written as `JSON.stringify` writes it. */
export const VERBATIM: i32 = 1;

/** A JSON string that `JSON.stringify` writes differently. The bytes written so far are to be discarded. */
export const DIFFERENT: i32 = 2;

/** Copies the body of the JSON string at the cursor. Leaves the cursor at the closing quote. */
export function copyText(limit: usize): i32 {
  let at = from;
  let end = to;
  let copied = VERBATIM;
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
      copied = DIFFERENT;
    } else if (letter === LETTER_U) {
      if (!copyControl(at, end)) {
        for (let i: usize = 0; i < 4; i++) if (!isHexDigit(load<u8>(at + i))) return NO_TEXT;
        copied = DIFFERENT;
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

/** Copies the four hexadecimal digits of a control character without a short escape: `JSON.stringify` writes it as `\u00xx`, too. */
function copyControl(at: usize, end: usize): bool {
  const high = load<u8>(at + 2);
  const digit = load<u8>(at + 3);
  if (!hasAt(at, ZEROS, 2) || (high !== ZERO && high !== ZERO + 1) || !isHexDigit(digit)) return false;
  const low: u8 = digit | 0x20;
  if (high === ZERO && hasShortEscape(low)) return false;
  store<u32>(end, load<u32>(at));
  store<u8>(end + 3, low);
  return true;
}

const ZEROS = ascii("00");

/** Whether U+000x with this last digit is \b, \t, \n, \f or \r. */
function hasShortEscape(digit: u8): bool {
  return digit === 0x38 || digit === 0x39 || digit === 0x61 || digit === 0x63 || digit === 0x64;
}
