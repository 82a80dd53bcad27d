import { ascii, BACKSLASH, hasAt, LETTER_N } from "../ascii";
import { indexOf } from "./find";
import { putLoggedError } from "./logged-error";
import { isUnclear, matchLayouts } from "./matcher";
import { restEnd, restStart } from "./rest";
import { leave } from "./slots";
import { argument } from "./step";

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
      if (line !== 0) putLoggedError(step, line, typeEnd, at, line, restEnd);
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
