import { BACKSLASH, isLetter, LETTER_N, UNDERSCORE } from "../ascii";
import { hasBytes } from "../objects/find-name";
import { indexOf } from "./find";
import { putErrorText, putLoggedError } from "./logged-error";
import { isUnclear, matchLayouts } from "./matcher";
import { objectStart, restEnd, restStart } from "./rest";
import { leave } from "./slots";
import { argument, secondArgument, thirdArgument, thirdSlot } from "./step";

/** As `pythonError`: puts the exception whose traceback is behind a message, if there is one. */
export function putPythonError(step: usize): void {
  const trace = nextTraceback(step, restStart);
  if (trace === 0) return;
  // What an object has in its texts is none.
  if (objectStart() < restEnd) {
    leave();
    return;
  }
  let last = trace;
  for (let next = trace; next !== 0; next = nextTraceback(step, next + 1)) last = next;
  for (let line = nextLine(last); line !== 0; line = nextLine(line)) {
    const typeEnd = endOfType(step, line);
    if (isUnclear) {
      leave();
      return;
    }
    if (typeEnd === 0) continue;
    putLoggedError(step, line, typeEnd, restEnd, trace, restEnd);
    return;
  }
  putErrorText(thirdSlot(step), trace, restEnd);
}

/** As `pythonRuntimeError`, of a message that begins with its exception's type. */
export function putPythonRuntimeError(step: usize): void {
  const typeEnd = endOfType(step, restStart);
  let line: usize = typeEnd === 0 ? 0 : nextLine(restStart);
  while (line !== 0 && !isTraceback(step, line)) line = nextLine(line);
  if (line === 0) leave();
  else putLoggedError(step, restStart, typeEnd, line - 2, line, restEnd);
}

/** The end of an exception's type; 0: there is none. */
function endOfType(step: usize, at: usize): usize {
  const first = load<u8>(at);
  return isLetter(first) || first === UNDERSCORE ? matchLayouts(argument(step), at) : 0;
}

/** The address after the next line break; 0: there is none. */
function nextLine(at: usize): usize {
  for (at = indexOf(BACKSLASH, at, restEnd); at < restEnd; at = indexOf(BACKSLASH, at + 2, restEnd)) {
    if (load<u8>(at + 1) === LETTER_N) return at + 2;
  }
  return 0;
}

/** The address of the next words that a traceback begins with; 0: there are none. */
function nextTraceback(step: usize, at: usize): usize {
  const first = load<u8>(secondArgument(step));
  for (at = indexOf(first, at, restEnd); at < restEnd; at = indexOf(first, at + 1, restEnd)) {
    if (isTraceback(step, at)) return at;
  }
  return 0;
}

function isTraceback(step: usize, at: usize): bool {
  const length = thirdArgument(step);
  return at + length <= restEnd && hasBytes(at, secondArgument(step), length);
}
