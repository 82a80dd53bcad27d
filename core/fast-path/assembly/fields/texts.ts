import {
  BACKSLASH,
  COMMA,
  isDigit,
  isHexDigit,
  isLetter,
  isUpper,
  MINUS,
  QUOTE,
  SPACE,
  TILDE,
  UNDERSCORE,
  ZERO,
} from "../ascii";
import { isIp } from "./addresses";
import { copy, indexOf, isAbsent, isEqual } from "./find";
import { clearSlot, LITERAL, leave, reserve, setSlot, TEXT } from "./slots";
import { mayBeOther } from "./text-kind";

const PERCENT: u8 = 0x25;
const QUESTION_MARK: u8 = 0x3f;

/** Of a list, as `MAX_ITEMS` of core/parsers/http-values.ts. */
const MAX_ITEMS: i32 = 100;

/** As a text in small letters. */
export function putLowerCase(start: usize, end: usize, slot: i32): bool {
  const to = reserve(end - start);
  if (to === 0) return leave();
  for (let i: usize = 0; start + i < end; i++) {
    const byte = load<u8>(start + i);
    if (byte >= 0x80) return leave();
    store<u8>(to + i, isUpper(byte) ? byte | 0x20 : byte);
  }
  setSlot(slot, TEXT, to, to + (end - start));
  return true;
}

/** Without spaces at its ends. It is ASCII without escapes of other white space. */
export function putTrimmed(start: usize, end: usize, slot: i32): bool {
  while (start < end && load<u8>(start) === SPACE) start++;
  while (end > start && load<u8>(end - 1) === SPACE) end--;
  if (start === end) return false;
  setSlot(slot, TEXT, start, end);
  return true;
}

/** As `percentDecoded`, of what is encoded to printable ASCII. A percent sign or backslash may be half of another escape. */
export function putDecoded(start: usize, end: usize, slot: i32): bool {
  let at = indexOf(PERCENT, start, end);
  if (at === end) {
    setSlot(slot, TEXT, start, end);
    return true;
  }
  const first = reserve(end - start);
  if (first === 0) return leave();
  let to = first;
  while (true) {
    copy(start, to, at - start);
    to += at - start;
    if (at >= end) break;
    if (at + 3 > end || !isHexDigit(load<u8>(at + 1)) || !isHexDigit(load<u8>(at + 2))) return leave();
    const byte = <u8>((hexDigit(load<u8>(at + 1)) << 4) | hexDigit(load<u8>(at + 2)));
    if (byte < SPACE || byte > TILDE || byte === PERCENT || byte === BACKSLASH) return leave();
    if (byte === QUOTE) store<u8>(to++, BACKSLASH);
    store<u8>(to++, byte);
    start = at + 3;
    at = indexOf(PERCENT, start, end);
  }
  setSlot(slot, TEXT, first, to);
  return true;
}

function hexDigit(byte: u8): u32 {
  return byte <= 0x39 ? byte - ZERO : (byte | 0x20) - 0x61 + 10;
}

/**
 * As `asList`, of texts without quotes at their ends.
 *
 * @param separator the address of up to 8 bytes
 */
export function putList(start: usize, end: usize, separator: usize, length: usize, slot: i32): bool {
  if (load<u8>(start) === BACKSLASH || load<u8>(end - 1) === QUOTE) return leave();
  const first = load<u8>(separator);
  const array = reserve(4 * (end - start) + 4);
  if (array === 0) return leave();
  let to = array;
  let items = 0;
  let item = start;
  store<u8>(to++, 0x5b);
  for (let at = start; item <= end; at++) {
    at = indexOf(first, at, end);
    if (at < end && (at + length > end || !isSame(at, separator, length))) continue;
    if (item < at) {
      if (++items > MAX_ITEMS || mayBeOther(item, at)) return leave();
      if (items > 1) store<u8>(to++, COMMA);
      store<u8>(to, QUOTE);
      copy(item, to + 1, at - item);
      to += at - item + 2;
      store<u8>(to - 1, QUOTE);
    }
    item = at + length;
    if (at >= end) break;
    at = item - 1;
  }
  if (items === 0) return leave();
  store<u8>(to++, 0x5d);
  setSlot(slot, LITERAL, array, to);
  return true;
}

function isSame(at: usize, other: usize, length: usize): bool {
  for (let i: usize = 0; i < length; i++) if (load<u8>(at + i) !== load<u8>(other + i)) return false;
  return true;
}

/** Limit of `asTraceId`. */
const MAX_WORD: usize = 64;

/** Puts the letters, digits, `_` and `-` behind a prefix. */
export function putWordBehind(start: usize, end: usize, prefix: usize, length: usize, slot: i32): bool {
  if (end - start <= length || !isEqual(start, prefix, length)) return false;
  const word = start + length;
  let at = word;
  while (at < end && at - word < MAX_WORD && isOfWord(load<u8>(at))) at++;
  if (at === word) return false;
  setSlot(slot, TEXT, word, at);
  return true;
}

function isOfWord(byte: u8): bool {
  return isLetter(byte) || isDigit(byte) || byte === UNDERSCORE || byte === MINUS;
}

/** A list of one address; more are left to the parser. */
export function putAddress(start: usize, end: usize, slot: i32): bool {
  const to = reserve(end - start + 4);
  if (to === 0 || !isIp(start, end)) return leave();
  store<u16>(to, 0x225b);
  copy(start, to + 2, end - start);
  store<u16>(to + 2 + (end - start), 0x5d22);
  setSlot(slot, LITERAL, to, to + 4 + (end - start));
  return true;
}

/** A path, and the query that may follow it. */
export function putStem(start: usize, end: usize, path: i32, query: i32): bool {
  const mark = indexOf(QUESTION_MARK, start, end);
  if (isAbsent(start, mark)) clearSlot(path);
  else setSlot(path, TEXT, start, mark);
  if (mark < end && !isAbsent(mark + 1, end)) setSlot(query, TEXT, mark + 1, end);
  return true;
}
