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

/**
 * Whether the body of a JSON string that was written may be a number with an exponent: the plain path then looks closer.
 * Ids such as UUIDs, which are in most JSON logs, have other letters than one "e", and are none.
 *
 * @param hasEscapes any character may stand behind an escape
 */
export function isNumberLike(start: usize, end: usize, hasEscapes: bool): bool {
  let exponents = 0;
  for (let at = start; at < end; at++) {
    const byte = load<u8>(at);
    if ((byte | 0x20) === LETTER_E) exponents++;
    else if (!isInNumbers(byte) && !(hasEscapes && isInEscapes(byte))) return false;
  }
  return hasEscapes || exponents === 1;
}

/** Digits may be those of other scripts; white space may stand around them. */
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
