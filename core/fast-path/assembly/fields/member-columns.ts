import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  isDigit,
  MINUS,
  OPEN_BRACE,
  OPEN_BRACKET,
} from "../ascii";
import { endOfScalar } from "../json-tokens";
import { findName } from "../objects/find-name";
import {
  copyUnescaped,
  endOfText,
  hasInnerEscapes,
  INNER_QUOTE,
  INNER_QUOTE_LENGTH,
  skipSpaces,
} from "../objects/tokens";
import { endOfColon, MAX_NUMBER } from "../objects/values";
import { isEqual } from "./find";
import { reserve } from "./slots";
import { putSpan, spanStart } from "./split";

/**
 * Names of an object, as core/fast-path/member-table.ts writes them: a table of find-name.ts, and how many of them the object has to
 * have.
 */
const NEEDED: usize = 8;

/**
 * A member: the address and the length of its name, what it is, whether it has to be there, and its column or, of an object, the
 * address of its names; then the address and the length of what the text has to begin with, and in which bytes of the message.
 */
const KIND: usize = 8;
const IS_NEEDED: usize = 9;
const TARGET: usize = 12;
const BEGINNING: usize = 16;
const WITHIN: usize = 24;

/** Kinds of members; what else there is, the parser alone reads. */
const STRING: u8 = 0;
const NUMBER: u8 = 1;
const STRINGS: u8 = 2;
const OBJECT: u8 = 4;

/** An escaped line break, between the texts of a list. */
const LINE_BREAK: u16 = 0x6e5c;

let message: usize = 0;
let needsMet: i32 = 0;

/**
 * Puts members of an object into the spans of their columns. What it does not know is skipped: the caller sees to it that the object is
 * JSON.
 *
 * @param at the address of its brace
 * @returns the address after its closing brace; 0: the parser alone can say what it is
 */
export function readMemberColumns(names: usize, at: usize, limit: usize): usize {
  message = at;
  needsMet = 0;
  const end = readObject(names, at + 1, limit);
  return needsMet === load<i32>(names, NEEDED) ? end : 0;
}

function readObject(names: usize, at: usize, limit: usize): usize {
  at = skipSpaces(at);
  if (load<u8>(at) === CLOSE_BRACE) return at + 1;
  while (load<u16>(at) === INNER_QUOTE) {
    const name = at + INNER_QUOTE_LENGTH;
    const nameEnd = endOfText(name, limit);
    // With escapes it may be any name.
    const value: usize = hasInnerEscapes ? 0 : endOfColon(nameEnd);
    if (value === 0) return 0;
    const member = findName(names, name, nameEnd);
    at = member === 0 ? endOfValue(value, limit) : readMember(member, value, limit);
    if (at === 0) return 0;
    at = skipSpaces(at);
    const byte = load<u8>(at);
    if (byte === CLOSE_BRACE) return at + 1;
    if (byte !== COMMA) return 0;
    at = skipSpaces(at + 1);
  }
  return 0;
}

/** @returns the address after the value; 0: only the parser can read it */
function readMember(member: usize, at: usize, limit: usize): usize {
  if (load<u8>(member, IS_NEEDED) !== 0) needsMet++;
  const column = load<i32>(member, TARGET);
  switch (load<u8>(member, KIND)) {
    case STRING:
      return readString(member, column, at, limit);
    case NUMBER: {
      const first = load<u8>(at);
      const end = isDigit(first) || first === MINUS ? endOfScalar(at) : 0;
      return end !== 0 && end - at <= MAX_NUMBER && putColumn(column, at, end) ? end : 0;
    }
    case STRINGS:
      return load<u8>(at) === OPEN_BRACKET ? readStrings(column, at + 1, limit) : 0;
    case OBJECT:
      return load<u8>(at) === OPEN_BRACE ? readObject(load<u32>(member, TARGET), at + 1, limit) : 0;
    default:
      return 0;
  }
}

/** Returns false for a column that has a text: the name is there twice. */
function putColumn(column: i32, start: usize, end: usize): bool {
  if (spanStart(column) !== 0) return false;
  putSpan(column, start, end);
  return true;
}

function readString(member: usize, column: i32, at: usize, limit: usize): usize {
  if (load<u16>(at) !== INNER_QUOTE) return 0;
  const start = at + INNER_QUOTE_LENGTH;
  const end = endOfText(start, limit);
  if (end === 0 || !hasBeginning(member, start, end)) return 0;
  let text = start;
  let textEnd = end;
  if (hasInnerEscapes) {
    text = reserve(end - start);
    if (text === 0) return 0;
    textEnd = copyUnescaped(start, end, text);
  }
  return putColumn(column, text, textEnd) ? end + INNER_QUOTE_LENGTH : 0;
}

function hasBeginning(member: usize, start: usize, end: usize): bool {
  const length: usize = load<u32>(member, BEGINNING + 4);
  if (length === 0) return true;
  // A character has a byte or more, so that fewer bytes are fewer characters, too.
  const isNear = start + length - message <= <usize>load<u32>(member, WITHIN);
  return isNear && end - start >= length && isEqual(start, load<u32>(member, BEGINNING), length);
}

/** Puts the texts of a list with line breaks between them. */
function readStrings(column: i32, at: usize, limit: usize): usize {
  const text = reserve(limit - at);
  if (text === 0) return 0;
  let to = text;
  at = skipSpaces(at);
  if (load<u8>(at) !== CLOSE_BRACKET) {
    while (true) {
      const start = at + INNER_QUOTE_LENGTH;
      const end = load<u16>(at) === INNER_QUOTE ? endOfText(start, limit) : 0;
      if (end === 0) return 0;
      to = copyUnescaped(start, end, to);
      at = skipSpaces(end + INNER_QUOTE_LENGTH);
      if (load<u8>(at) === CLOSE_BRACKET) break;
      if (load<u8>(at) !== COMMA) return 0;
      at = skipSpaces(at + 1);
      store<u16>(to, LINE_BREAK);
      to += 2;
    }
  }
  return putColumn(column, text, to) ? at + 1 : 0;
}

/** The address after a value of any kind, which may be no JSON; 0: it is none, or only the parser can say. */
function endOfValue(at: usize, limit: usize): usize {
  let levels = 0;
  while (at < limit) {
    const byte = load<u8>(at);
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      levels++;
      at++;
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      levels--;
      at++;
    } else if (byte === COMMA || byte === COLON) {
      if (levels === 0) return 0;
      at++;
    } else if (byte === BACKSLASH) {
      const end = load<u16>(at) === INNER_QUOTE ? endOfText(at + INNER_QUOTE_LENGTH, limit) : 0;
      if (end === 0) return 0;
      at = end + INNER_QUOTE_LENGTH;
    } else {
      at = endOfScalar(at);
      if (at === 0) return 0;
    }
    if (levels < 0) return 0;
    if (levels === 0) return at;
    at = skipSpaces(at);
  }
  return 0;
}
