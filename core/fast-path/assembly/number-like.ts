import {
  BACKSLASH,
  DOT,
  isDigit,
  isHexDigit,
  LETTER_E,
  LETTER_N,
  LETTER_R,
  LETTER_T,
  LETTER_U,
  MINUS,
  PLUS,
  SPACE,
} from "./ascii";
import { MAX_TOKEN_BYTES } from "./memory";

/**
 * Whether the body of a written JSON string may be a number with an exponent, or a long one; the plain path decides. False negatives are not
 * allowed. UUIDs, frequent in JSON logs, have other letters than a single "e".
 *
 * @param hasEscapes whether escapes may hide any character
 */
export function isNumberLike(start: usize, end: usize, hasEscapes: bool): bool {
  if (!hasEscapes && end - start <= 16 && !hasExponent(start, end)) return false;
  let exponents = 0;
  for (let at = start; at < end; at++) {
    const byte = load<u8>(at);
    if ((byte | 0x20) === LETTER_E) exponents++;
    else if (!isInNumbers(byte) && !(hasEscapes && isInEscapes(byte))) return false;
  }
  return hasEscapes || exponents === 1 || end - start > MAX_TOKEN_BYTES;
}

/** Whether a text of up to 16 bytes may have an exponent below zero: no other one makes a short number long. */
function hasExponent(start: usize, end: usize): bool {
  const bytes = v128.load(start);
  const small = v128.or(bytes, i8x16.splat(0x20));
  const exponents = i8x16.bitmask(i8x16.eq(small, i8x16.splat(<i8>LETTER_E)));
  const signs = i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(<i8>MINUS)));
  return ((exponents << 1) & signs & ((1 << (<i32>(end - start))) - 1)) !== 0;
}

/** Digits may be of any script, with white space around them. */
function isInNumbers(byte: u8): bool {
  return isDigit(byte) || byte === DOT || byte === MINUS || byte === PLUS || byte === SPACE || byte >= 0x80;
}

function isInEscapes(byte: u8): bool {
  switch (byte) {
    case BACKSLASH:
    case LETTER_N:
    case LETTER_R:
    case LETTER_T:
    case LETTER_U:
      return true;
    default:
      return isHexDigit(byte);
  }
}
