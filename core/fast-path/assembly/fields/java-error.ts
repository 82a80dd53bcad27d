import { ascii, BACKSLASH, COLON, hasAt, LETTER_N, QUOTE, SPACE } from "../ascii";
import { indexOf } from "./find";
import { isUnclear, matchLayouts } from "./matcher";
import { restEnd, restStart } from "./rest";
import { leave, PLAIN, setSlot } from "./slots";
import { argument, firstSlot, secondSlot, thirdSlot } from "./step";
import { mayBeOtherText } from "./text-kind";

/** Of the frames behind an exception: a line break, a tab, `at` and a space. */
const FRAME = ascii("\\n\\tat ");
const FRAME_LENGTH = 7;

/** As `javaError`: puts the exception that is written behind a message, if there is one. */
export function putJavaError(step: usize): void {
  const type: usize = argument(step);
  let line: usize = 0;
  let typeEnd: usize = 0;
  for (let at = indexOf(BACKSLASH, restStart, restEnd); at < restEnd; at = indexOf(BACKSLASH, at + 2, restEnd)) {
    if (load<u8>(at + 1) !== LETTER_N) continue;
    if (hasAt(at, FRAME, FRAME_LENGTH) && at + FRAME_LENGTH <= restEnd) {
      if (line !== 0) put(step, line, typeEnd, at);
      return;
    }
    if (line !== 0) continue;
    typeEnd = matchLayouts(type, at + 2);
    if (isUnclear) {
      leave();
      return;
    }
    if (typeEnd !== 0) line = at + 2;
  }
}

/** @param line where the exception begins. @param typeEnd where its message begins. @param frames where it ends */
function put(step: usize, line: usize, typeEnd: usize, frames: usize): void {
  let start = typeEnd;
  let end = frames;
  if (load<u8>(start) === COLON && load<u8>(start + 1) === SPACE) start += 2;
  while (start < end && load<u8>(start) === SPACE) start++;
  while (end > start && load<u8>(end - 1) === SPACE) end--;
  if (mayBeTrimmed(start, end) || mayBeOtherText(start, end) || mayBeOtherText(line, restEnd)) {
    leave();
    return;
  }
  if (mayBeOtherText(line, typeEnd)) leave();
  setSlot(firstSlot(step), PLAIN, line, typeEnd);
  if (start < end) setSlot(secondSlot(step), PLAIN, start, end);
  setSlot(thirdSlot(step), PLAIN, line, restEnd);
}

/** Whether there may be white space at an end that is no space. */
function mayBeTrimmed(start: usize, end: usize): bool {
  if (start === end) return false;
  const isEscape = end > start + 1 && load<u8>(end - 2) === BACKSLASH;
  if ((load<u8>(start) === BACKSLASH && load<u8>(start + 1) !== QUOTE) || load<u8>(start) >= 0x80) return true;
  return (isEscape && load<u8>(end - 1) !== QUOTE) || load<u8>(end - 1) >= 0x80;
}
