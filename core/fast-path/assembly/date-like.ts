import { BACKSLASH, isDigit, isHexDigit, LETTER_U, SPACE } from "./ascii";

/** Whether the body of a written JSON string may be a bare date; the plain path decides. False negatives are not allowed. */
export function isDateLike(start: usize, end: usize): bool {
  const first = load<u8>(start);
  if (start === end || !(isDigit(first) || first === BACKSLASH)) return false;
  for (let at = start; at < end; at++) if (!isInDates(load<u8>(at))) return false;
  return true;
}

/** Whether dates contain `byte` (`+,-./`, digits, `:`, `T`, `Z`, space), or escapes do. */
function isInDates(byte: u8): bool {
  if (byte >= 0x2b && byte <= 0x3a) return true;
  return (
    byte === SPACE || byte === 0x54 || byte === 0x5a || byte === BACKSLASH || byte === LETTER_U || isHexDigit(byte)
  );
}
