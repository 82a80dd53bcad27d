import {
  ascii,
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  hasAt,
  isDigit,
  LETTER_N,
  MINUS,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  UNDERSCORE,
} from "../ascii";
import { isDateLike } from "../date-like";
import { copy } from "../fields/find";
import { endOfDigits, wholeOf } from "../fields/numbers";
import { reserve } from "../fields/slots";
import { isAscii } from "../fields/split";
import { mayBeOther } from "../fields/text-kind";
import { dotsIn } from "../json-members";
import { endOfScalar } from "../json-tokens";
import { MAX_NAME_BYTES, SCRATCH_END } from "../memory";
import { addNameOf, newObject } from "../names";
import { isNumberLike } from "../number-like";
import { specialBytes } from "../plain-run";
import { isDateName } from "./date-name";
import { putSnakeCase } from "./snake-case";
import { copyUnescaped, endOfText, hasInnerEscapes, isQuote, quoteLength, skipSpaces } from "./tokens";

/** As `MAX_DIGITS` of core/parsers/field-values.ts: longer numbers are texts. */
export const MAX_NUMBER: usize = 30;

/** Objects and arrays in a document, and dots in names. More are left to the parser. */
const MAX_LEVELS: i32 = 20;

/** Beside the text itself, what the longest name and value need. */
const ROOM: usize = 2 * MAX_NAME_BYTES + 64;

const PROTO = ascii("__proto__");
const PROTO_LENGTH: i32 = 9;

/** Where values are written: in the scratch memory. */
export let written: usize = 0;

/** Begins to write values. @returns their address */
export function beginValues(): usize {
  written = reserve(0);
  return written;
}

export function putByte(byte: u8): void {
  store<u8>(written++, byte);
}

export function putLong(at: usize, length: usize): void {
  copy(at, written, length);
  written += length;
}

/** @param length up to 16 */
export function putBytes(bytes: v128, length: usize): void {
  v128.store(written, bytes);
  written += length;
}

/** Takes back what is written from an address on. */
export function dropValues(start: usize): void {
  written = start;
}

/** Keeps what is written until the next message. */
export function keepValues(start: usize): void {
  reserve(written - start);
}

/**
 * Writes the value at `at` as `exactValue` has it: nothing for a null, and for an empty text, object or array.
 *
 * @param name of its member, as it is written, and its end; an array's values have that of the array
 * @param isOwn whether names become those of fields
 * @param level of the object that has it
 * @returns the address after the value; 0: only the parser can write it
 */
export function copyValue(at: usize, limit: usize, name: usize, nameEnd: usize, isOwn: bool, level: i32): usize {
  if (written + ROOM > SCRATCH_END) return 0;
  switch (load<u8>(at)) {
    case BACKSLASH:
    case QUOTE:
      return copyText(at, limit, name, nameEnd);
    case OPEN_BRACE:
      return copyObject(at + 1, limit, isOwn, level + 1);
    case OPEN_BRACKET:
      return copyArray(at + 1, limit, name, nameEnd, isOwn, level + 1);
    default: {
      const end = endOfScalar(at);
      if (end === 0 || end > limit || end - at > MAX_NUMBER) return 0;
      if (load<u8>(at) === LETTER_N) return end;
      copy(at, written, end - at);
      written += end - at;
      return end;
    }
  }
}

/** As `copyValue`, of a text. */
export function copyText(at: usize, limit: usize, name: usize, nameEnd: usize): usize {
  if (!isQuote(at)) return 0;
  const start = at + quoteLength;
  const end = endOfText(start, limit);
  if (end === 0 || written + (end - start) + ROOM > SCRATCH_END) return 0;
  if (end === start) return end + quoteLength;
  const to = written + 1;
  let textEnd = to + (end - start);
  if (hasInnerEscapes) {
    textEnd = copyUnescaped(start, end, to);
    if (isDateLike(to, textEnd) || isNumberLike(to, textEnd, true)) return 0;
  } else {
    copy(start, to, end - start);
    if (mayBeOther(start, end)) {
      if (load<u8>(start) >= 0x80 || isNumberLike(start, end, false)) return 0;
      if (!isDateName(name, nameEnd)) {
        if (!isDay(start, end)) return 0;
        // As `fieldText`.
        store<u16>(textEnd, LINE_BREAK);
        textEnd += 2;
      }
    }
  }
  store<u8>(written, QUOTE);
  store<u8>(textEnd, QUOTE);
  written = textEnd + 1;
  return end + quoteLength;
}

/** An escaped line break. */
const LINE_BREAK: u16 = 0x6e5c;

/** Whether a text is a day of ISO 8601, `YYYY-MM-DD`, as an engine reads it: see core/sinks/opensearch/date-like.ts. */
function isDay(start: usize, end: usize): bool {
  if (end - start !== 10 || endOfDigits(start, end) !== start + 4) return false;
  if (load<u8>(start + 4) !== MINUS || load<u8>(start + 7) !== MINUS) return false;
  const month = wholeOf(start + 5, start + 7);
  const day = wholeOf(start + 8, end);
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

function copyObject(at: usize, limit: usize, isOwn: bool, level: i32): usize {
  if (level > MAX_LEVELS) return 0;
  const start = written;
  at = skipSpaces(at);
  if (load<u8>(at) === CLOSE_BRACE) return at + 1;
  const names = newObject();
  const ownNames = isOwn ? newObject() : 0;
  store<u8>(written++, OPEN_BRACE);
  while (true) {
    const member = written;
    at = endOfColon(copyName(at, limit, names, ownNames));
    if (at === 0) return 0;
    const value = written;
    const name = member + 1;
    const nameEnd = value - KEY_END;
    at = copyValue(at, limit, name, nameEnd, isOwn, level + dotsIn(name, nameEnd));
    if (at === 0) return 0;
    if (written === value) written = member;
    else store<u8>(written++, COMMA);
    at = skipSpaces(at);
    const byte = load<u8>(at);
    if (byte === CLOSE_BRACE) break;
    if (byte !== COMMA) return 0;
    at = skipSpaces(at + 1);
  }
  endList(start, CLOSE_BRACE);
  return at + 1;
}

/** As `copyValue`, of an object, or an array of objects, that keeps its names: as `asObjects`. */
export function copyObjects(at: usize, limit: usize, level: i32): usize {
  switch (load<u8>(at)) {
    case OPEN_BRACE:
      return copyObject(at + 1, limit, false, level + 1);
    case OPEN_BRACKET:
      return copyArray(at + 1, limit, 0, 0, false, level + 1, true);
    default:
      return 0;
  }
}

/** Ends an object or array in place of the comma after its last value; without one, it is taken back. */
export function endList(start: usize, byte: u8): void {
  if (written === start + 1) written = start;
  else store<u8>(written - 1, byte);
}

/**
 * Writes a name as a key.
 *
 * @param names of the object
 * @param ownNames the same as names of fields; 0: it keeps its names
 * @param prefix what stands before a name of a field, and its length; 0: nothing
 * @returns the end of the name in the message; 0: only the parser can write it
 */
export function copyName(
  at: usize,
  limit: usize,
  names: u32,
  ownNames: u32,
  prefix: usize = 0,
  prefixLength: usize = 0,
): usize {
  const end = endOfName(at, limit);
  return end !== 0 && putName(at + quoteLength, end, names, ownNames, prefix, prefixLength) ? end : 0;
}

/** The same of one whose place is known. Returns false if only the parser can write it. */
export function putName(
  start: usize,
  end: usize,
  names: u32,
  ownNames: u32,
  prefix: usize = 0,
  prefixLength: usize = 0,
): bool {
  if (!addNameOf(names, start, end)) return false;
  const to = written + 1;
  store<u8>(written, QUOTE);
  let nameEnd = to + (end - start);
  if (ownNames !== 0) {
    let name = to;
    if (prefixLength > 0) {
      copy(prefix, to, prefixLength);
      name += prefixLength + 1;
      store<u8>(name - 1, UNDERSCORE);
    }
    nameEnd = putSnakeCase(start, end, name);
    if (nameEnd === 0 || !addNameOf(ownNames, to, nameEnd)) return false;
  } else {
    copy(start, to, end - start);
    store<u8>(nameEnd, QUOTE);
  }
  store<u8>(nameEnd + 1, COLON);
  written = nameEnd + KEY_END;
  return true;
}

/** What is after a name in its key: a quote and a colon. */
export const KEY_END: usize = 2;

/** @param at the address of a name's quote. @returns the end of the name; 0: only the parser can write it */
export function endOfName(at: usize, limit: usize): usize {
  if (!isQuote(at)) return 0;
  const start = at + quoteLength;
  const first = load<u8>(start);
  // JavaScript sorts names that are numbers.
  if (isDigit(first)) return 0;
  // Nearly all are short: their end is among the first sixteen bytes, and what is before it is ASCII.
  const bytes = v128.load(start);
  const special = specialBytes(bytes);
  const length = ctz(special);
  const isShort = special !== 0 && length > 0 && (i8x16.bitmask(bytes) & ((1 << length) - 1)) === 0;
  if (isShort && length !== PROTO_LENGTH && start + length < limit && isQuote(start + length)) return start + length;
  return endOfAnyName(start, limit);
}

function endOfAnyName(start: usize, limit: usize): usize {
  const end = endOfText(start, limit);
  if (end === 0 || end === start || hasInnerEscapes || end - start > MAX_NAME_BYTES || !isAscii(start, end)) return 0;
  return end - start === <usize>PROTO_LENGTH && hasAt(start, PROTO, PROTO_LENGTH) ? 0 : end;
}

/** @param end of a name; 0: there is none. @returns the address of its value; 0: there is none */
export function endOfColon(end: usize): usize {
  if (end === 0) return 0;
  const at = skipSpaces(end + quoteLength);
  return load<u8>(at) === COLON ? skipSpaces(at + 1) : 0;
}

function copyArray(
  at: usize,
  limit: usize,
  name: usize,
  nameEnd: usize,
  isOwn: bool,
  level: i32,
  isOfObjects: bool = false,
): usize {
  if (level > MAX_LEVELS) return 0;
  const start = written;
  at = skipSpaces(at);
  if (load<u8>(at) === CLOSE_BRACKET) return at + 1;
  store<u8>(written++, OPEN_BRACKET);
  while (true) {
    const value = written;
    if (isOfObjects && load<u8>(at) !== OPEN_BRACE) return 0;
    at = copyValue(at, limit, name, nameEnd, isOwn, level);
    if (at === 0) return 0;
    if (written > value) store<u8>(written++, COMMA);
    at = skipSpaces(at);
    const byte = load<u8>(at);
    if (byte === CLOSE_BRACKET) break;
    if (byte !== COMMA) return 0;
    at = skipSpaces(at + 1);
  }
  endList(start, CLOSE_BRACKET);
  return at + 1;
}
