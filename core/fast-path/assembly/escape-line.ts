import { BACKSLASH, LETTER_B, LETTER_F, LETTER_N, LETTER_R, LETTER_T, LETTER_U, QUOTE, ZERO } from "./ascii";
import { LINE_TEXT } from "./memory";
import { copyPlainRun } from "./plain-run";

/** Limit of a line's size, and of its size as a JSON string: longer ones are left to the plain path. A line of a format is far shorter. */
export const MAX_ESCAPED_BYTES: usize = 16 * 1024;

/** Writes a line as the body of a JSON string to `LINE_TEXT`, as `JSON.stringify` does. Returns the address after it; 0: it is too long. */
export function escapeLine(at: usize, end: usize): usize {
  if (end - at > MAX_ESCAPED_BYTES) return 0;
  const limit = LINE_TEXT + MAX_ESCAPED_BYTES;
  let out = LINE_TEXT;
  while (true) {
    const plain = copyPlainRun(at, out, end);
    if (at + plain >= end) {
      out += end - at;
      break;
    }
    at += plain;
    out += plain;
    if (out >= limit) return 0;
    const byte = load<u8>(at++);
    store<u8>(out, BACKSLASH);
    const letter = shortEscape(byte);
    store<u8>(out + 1, letter);
    out += 2;
    if (letter !== LETTER_U) continue;
    store<u16>(out, ZEROS);
    store<u8>(out + 2, ZERO + (byte >> 4));
    const low: u8 = byte & 15;
    store<u8>(out + 3, low < 10 ? ZERO + low : 0x57 + low);
    out += 4;
  }
  return out < limit ? out : 0;
}

const ZEROS: u16 = 0x3030;

/** What stands behind the backslash for a quote, a backslash or a control character. */
function shortEscape(byte: u8): u8 {
  switch (byte) {
    case QUOTE:
    case BACKSLASH:
      return byte;
    case 0x08:
      return LETTER_B;
    case 0x09:
      return LETTER_T;
    case 0x0a:
      return LETTER_N;
    case 0x0c:
      return LETTER_F;
    case 0x0d:
      return LETTER_R;
    default:
      return LETTER_U;
  }
}
