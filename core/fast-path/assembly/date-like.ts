import {
  BACKSLASH,
  COLON,
  COMMA,
  DOT,
  isDigit,
  isLetter,
  LETTER_U,
  MINUS,
  PLUS,
  SLASH,
  SPACE,
  TILDE,
  UNDERSCORE,
  UPPER_T,
  UPPER_Z,
} from "./ascii";

/**
 * Whether the body of a written JSON string may be what an engine takes for a date; the plain path decides. False negatives are not
 * allowed.
 */
export function isDateLike(start: usize, end: usize): bool {
  const digits = isSign(load<u8>(start)) && start < end ? start + 1 : start;
  let at = digits;
  while (at < end && isDigit(load<u8>(at))) at++;
  if (at === end) return false;
  const next = load<u8>(at);
  if (next === BACKSLASH) return hidesCharacters(at);
  if (at === digits) return false;
  if (next === DOT) return isEpochMillis(at + 1, end);
  // A year has four digits or more.
  if (at - digits < 4) return false;
  return (next === MINUS || next === SLASH || next === UPPER_T) && isRestOfDate(at, end);
}

/** Whether digits and a dot end the text. */
function isEpochMillis(at: usize, end: usize): bool {
  while (at < end && isDigit(load<u8>(at))) at++;
  if (at === end) return false;
  const next = load<u8>(at);
  return next === BACKSLASH ? hidesCharacters(at) : next === DOT && (at + 1 === end || load<u8>(at + 1) === BACKSLASH);
}

/** Whether only what dates contain follows: letters after a `T`, and no word after a space. */
function isRestOfDate(at: usize, end: usize): bool {
  let mayBeZone = false;
  for (; at < end; at++) {
    const byte = load<u8>(at);
    if (isInTimes(byte)) continue;
    if (byte === UPPER_T) mayBeZone = true;
    else if (byte === SPACE) {
      const next = load<u8>(at + 1);
      if (at + 1 < end && isLetter(next) && next !== UPPER_Z) return false;
    } else if (byte === BACKSLASH) return hidesCharacters(at);
    else if (byte !== UPPER_Z && !(mayBeZone && (isLetter(byte) || byte === UNDERSCORE || byte === TILDE)))
      return false;
  }
  return true;
}

function isInTimes(byte: u8): bool {
  return (
    isDigit(byte) ||
    byte === MINUS ||
    byte === SLASH ||
    byte === COLON ||
    byte === DOT ||
    byte === COMMA ||
    byte === PLUS
  );
}

function isSign(byte: u8): bool {
  return byte === MINUS || byte === PLUS;
}

/** Whether the escape at `at` may stand for a character of a date. */
function hidesCharacters(at: usize): bool {
  const letter = load<u8>(at + 1);
  return letter === LETTER_U || letter === SLASH;
}
