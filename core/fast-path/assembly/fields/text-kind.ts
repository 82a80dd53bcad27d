import { BACKSLASH, DOT, isDigit, MINUS, PLUS, SPACE } from "../ascii";
import { isDateLike } from "../date-like";
import { isNumberLike } from "../number-like";
import { indexOf } from "./find";

/** Whether a text may be a date or a number to an engine, so that its parser has to look at it. */
export function mayBeOther(start: usize, end: usize): bool {
  const first = load<u8>(start);
  // Nearly all begin with a letter or a slash.
  if (isDigit(first) || first === MINUS || first === PLUS || first === DOT || first === SPACE)
    return isDateLike(start, end) || isNumberLike(start, end, false);
  // Digits and spaces of other scripts.
  return first >= 0x80;
}

/** The same of a text that may have escapes. */
export function mayBeOtherText(start: usize, end: usize): bool {
  if (indexOf(BACKSLASH, start, end) === end) return mayBeOther(start, end);
  return load<u8>(start) === BACKSLASH || mayBeOther(start, end) || isNumberLike(start, end, true);
}
