import { ascii, QUOTE } from "../ascii";
import { copy } from "./find";
import { kindOf, LITERAL, lengthOf, startOf, TEXT, WHOLE } from "./slots";
import { mayBeOther } from "./text-kind";

const POINT_ZERO = ascii(".0");

/**
 * Writes the value in a slot, which has one, as JSON.
 *
 * @param isDate whether all texts of its field are dates
 * @returns the end of what is written; 0: only the parser can write it
 */
export function writeValue(slot: i32, isDate: bool, at: usize): usize {
  const kind = kindOf(slot);
  const start = startOf(slot);
  const size = lengthOf(slot);
  if (kind === LITERAL) {
    copy(start, at, size);
    return at + size;
  }
  if (kind === WHOLE) {
    copy(start, at, size);
    v128.store(at + size, POINT_ZERO);
    return at + size + 2;
  }
  if (kind === TEXT && !isDate && mayBeOther(start, start + size)) return 0;
  store<u8>(at, QUOTE);
  copy(start, at + 1, size);
  store<u8>(at + size + 1, QUOTE);
  return at + size + 2;
}
