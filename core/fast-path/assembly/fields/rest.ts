import { BACKSLASH, LETTER_N, LETTER_R, LETTER_T, OPEN_BRACE, SPACE } from "../ascii";
import { indexOf, isAbsent, isEqual } from "./find";
import { leave, PLAIN, setSlot } from "./slots";
import { mayBeOtherText } from "./text-kind";

/** What is behind the layout of the message that was read last, without a line break at its end. A quote is not far behind it. */
export let restStart: usize = 0;
export let restEnd: usize = 0;

/** @param end of the message */
export function setRest(start: usize, end: usize): void {
  restStart = start;
  restEnd = endsWithBreak(start, end) ? end - 2 : end;
}

function endsWithBreak(start: usize, end: usize): bool {
  if (end < start + 2 || load<u8>(end - 1) !== LETTER_N) return false;
  let first = end - 1;
  while (first > start && load<u8>(first - 1) === BACKSLASH) first--;
  return ((end - 1 - first) & 1) === 1;
}

/** As `asText`, of what is behind the layout from an address on. */
export function putRest(start: usize, slot: i32): void {
  if (isAbsent(start, restEnd)) return;
  if (mayBeOtherText(start, restEnd)) leave();
  setSlot(slot, PLAIN, start, restEnd);
}

/** Whether one of some texts is in it: their addresses and lengths, of up to 16 bytes. */
export function hasOneOf(texts: usize, count: i32): bool {
  for (let i = 0; i < count; i++, texts += 8) if (has(load<u32>(texts), load<u32>(texts, 4))) return true;
  return false;
}

function has(text: usize, length: usize): bool {
  const first = load<u8>(text);
  for (let at = indexOf(first, restStart, restEnd); at + length <= restEnd; at = indexOf(first, at + 1, restEnd)) {
    if (isEqual(at, text, length)) return true;
  }
  return false;
}

/** Where an object may begin, with white space before it; `restEnd`: nowhere. */
export function objectStart(): usize {
  let at = restStart;
  while (at < restEnd) {
    const byte = load<u8>(at);
    if (byte === OPEN_BRACE) return at;
    if (byte === SPACE) {
      at++;
      continue;
    }
    if (byte !== BACKSLASH) break;
    const letter = load<u8>(at + 1);
    if (letter !== LETTER_N && letter !== LETTER_R && letter !== LETTER_T) break;
    at += 2;
  }
  return restEnd;
}
