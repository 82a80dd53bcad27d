import { BACKSLASH, COLON, QUOTE, SPACE } from "../ascii";
import { leave, PLAIN, setSlot } from "./slots";
import { firstSlot, secondSlot, thirdSlot } from "./step";
import { mayBeOtherText } from "./text-kind";

/**
 * Puts an exception: its type, its message, and its stack trace up to `traceEnd`.
 *
 * @param rest the end of the type: `: message` follows, or nothing
 */
export function putLoggedError(
  step: usize,
  type: usize,
  rest: usize,
  messageEnd: usize,
  trace: usize,
  traceEnd: usize,
): void {
  let start = rest;
  let end = messageEnd;
  if (load<u8>(start) === COLON && load<u8>(start + 1) === SPACE) start += 2;
  while (start < end && load<u8>(start) === SPACE) start++;
  while (end > start && load<u8>(end - 1) === SPACE) end--;
  if (mayBeTrimmed(start, end)) leave();
  putErrorText(firstSlot(step), type, rest);
  putErrorText(secondSlot(step), start, end);
  putErrorText(thirdSlot(step), trace, traceEnd);
}

/** Puts a text that is not empty. */
export function putErrorText(slot: i32, start: usize, end: usize): void {
  if (start >= end) return;
  if (mayBeOtherText(start, end)) leave();
  setSlot(slot, PLAIN, start, end);
}

/** Whether there may be white space at an end that is no space. */
function mayBeTrimmed(start: usize, end: usize): bool {
  if (start >= end) return false;
  const isEscape = end > start + 1 && load<u8>(end - 2) === BACKSLASH;
  if ((load<u8>(start) === BACKSLASH && load<u8>(start + 1) !== QUOTE) || load<u8>(start) >= 0x80) return true;
  return (isEscape && load<u8>(end - 1) !== QUOTE) || load<u8>(end - 1) >= 0x80;
}
