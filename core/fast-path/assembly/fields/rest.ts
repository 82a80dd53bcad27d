import { ascii, BACKSLASH, hasAt, LETTER_F, LETTER_N, LETTER_R, LETTER_T, OPEN_BRACE, SPACE } from "../ascii";
import { indexOf, isAbsent, isEqual } from "./find";
import { leave, PLAIN, setSlot } from "./slots";
import { mayBeOtherText } from "./text-kind";

/** What is behind the layout of the message that was read last, without a line break at its end. A quote is not far behind it. */
export let restStart: usize = 0;
export let restEnd: usize = 0;

/** How far behind the message's copy the message itself is. */
let distance: usize = 0;

/** The address in the envelope of what is behind the layout at `at`. */
export function inMessage(at: usize): usize {
  return at + distance;
}

/**
 * @param end of the message's copy
 * @param messageEnd that of the message itself
 */
export function setRest(start: usize, end: usize, messageEnd: usize): void {
  distance = messageEnd - end;
  restStart = start;
  restEnd = endsWithBreak(start, end) ? end - 2 : end;
}

function endsWithBreak(start: usize, end: usize): bool {
  return end >= start + 2 && load<u8>(end - 1) === LETTER_N && isEscaped(start, end - 1);
}

/** Whether the letter at `at` is one of an escape, and not behind an escaped backslash. */
function isEscaped(start: usize, at: usize): bool {
  let first = at;
  while (first > start && load<u8>(first - 1) === BACKSLASH) first--;
  return ((at - first) & 1) === 1;
}

/** As `asText`, of what is behind the layout from an address on. */
export function putRest(start: usize, slot: i32): void {
  putRestUntil(start, restEnd, slot);
}

function putRestUntil(start: usize, end: usize, slot: i32): void {
  if (isAbsent(start, end)) return;
  if (mayBeOtherText(start, end)) leave();
  setSlot(slot, PLAIN, start, end);
}

/** The same of all of it, without white space at its end. */
export function putTrimmedRest(slot: i32): void {
  let end = restEnd;
  while (end > restStart) {
    const last = load<u8>(end - 1);
    const isEscape = last !== SPACE && isEscaped(restStart, end - 1);
    if (last !== SPACE && !(isEscape && (last === LETTER_N || last === LETTER_R || last === LETTER_T))) {
      // It may be white space, too.
      const isOther =
        last >= 0x80 || (isEscape && last === LETTER_F) || (end > restStart + 6 && hasAt(end - 6, VERTICAL_TAB, 6));
      if (isOther) leave();
      break;
    }
    end -= isEscape ? 2 : 1;
  }
  putRestUntil(restStart, end, slot);
}

const VERTICAL_TAB = ascii("\\u000b");

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
