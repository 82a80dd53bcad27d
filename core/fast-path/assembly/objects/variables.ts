import {
  BACKSLASH,
  CLOSE_BRACE,
  COMMA,
  isDigit,
  LETTER_E,
  LETTER_F,
  LETTER_N,
  LETTER_T,
  MINUS,
  OPEN_BRACE,
} from "../ascii";
import { readInteger } from "../fields/numbers";
import { MATCH, matches } from "../fields/pattern";
import { isUnsupported, lengthOf, NO_SLOT, startOf } from "../fields/slots";
import { endOfScalar } from "../json-tokens";
import { MAX_NAME_BYTES } from "../memory";
import { newObject } from "../names";
import { findName } from "./find-name";
import { addMember, KIND } from "./member";
import { isDash, meetsNeed, NAMES, NUMBERS, OTHER, readMember } from "./members";
import { addMembers, linkMember, namesIn, newMember } from "./nodes";
import { endOfText, hasInnerEscapes, INNER_QUOTE, INNER_QUOTE_LENGTH, skipSpaces } from "./tokens";
import {
  beginValues,
  copyName,
  copyValue,
  dropValues,
  endOfColon,
  KEY_END,
  keepValues,
  MAX_NUMBER,
  putLong,
  written,
} from "./values";

/** As `MAX_VARIABLES` of core/parsers/apigateway-variable.ts. */
const MAX_VARIABLES: i32 = 256;

/** Objects in one another whose members are variables: as `MAX_DEPTH` of core/parsers/apigateway-forms.ts. */
const MAX_VARIABLE_DEPTH: i32 = 3;

let count: i32 = 0;

/** Levels of a document that only a table has. */
const LEVEL: i32 = 6;

/**
 * Reads variables as `apigatewayAccessParser` does: members that are texts, numbers or booleans, by their names in snake case, those of
 * objects behind the objects' names.
 *
 * @param at the address after the object's brace
 * @returns the address after its closing brace; 0: only the parser can read it
 */
export function readVariables(object: usize, at: usize, limit: usize): usize {
  count = 0;
  return readVariablesOf(object, at, limit, 0, 0, 1);
}

/** @param prefix the name of the object that they are in, and its length */
function readVariablesOf(
  object: usize,
  at: usize,
  limit: usize,
  prefix: usize,
  prefixLength: usize,
  depth: i32,
): usize {
  const own: usize = load<u32>(object);
  const names = newObject();
  const ownNames = namesIn(own);
  at = skipSpaces(at);
  if (depth > 1 && load<u8>(at) === CLOSE_BRACE) return at + 1;
  while (++count <= MAX_VARIABLES) {
    const start = beginValues();
    const value = endOfColon(copyName(at, limit, names, ownNames, prefix, prefixLength));
    if (value === 0) return 0;
    const nameEnd = written - KEY_END;
    const isObject = load<u8>(value) === OPEN_BRACE;
    if (isObject && (depth === MAX_VARIABLE_DEPTH || nameEnd - start > MAX_NAME_BYTES)) return 0;
    const member: usize = isObject ? 0 : findName(object + NAMES, start + 1, nameEnd);
    if (member !== 0 && (!addMember(member) || !meetsNeed(member, value))) return 0;
    if (isObject) {
      keepValues(start);
      at = readVariablesOf(object, value + 1, limit, start + 1, nameEnd - start - 1, depth + 1);
    } else if (member !== 0 && load<u8>(member, KIND) !== OTHER) {
      dropValues(start);
      at = readMember(member, value, limit);
    } else {
      at = copyVariable(value, limit, start + 1, nameEnd, load<u32>(object + NUMBERS));
      if (at === 0) return 0;
      if (written > nameEnd + KEY_END) {
        keepValues(start);
        const node = newMember(start, written - start);
        if (node === 0) return 0;
        linkMember(0, node);
        addMembers(own, node);
      } else {
        // Its name is taken.
        keepValues(start);
      }
    }
    if (at === 0 || isUnsupported) return 0;
    at = skipSpaces(at);
    const byte = load<u8>(at);
    if (byte === CLOSE_BRACE) return at + 1;
    if (byte !== COMMA) return 0;
    at = skipSpaces(at + 1);
  }
  return 0;
}

/** Writes the value of a variable that the table does not place: nothing for a null, and for a text without a value. */
function copyVariable(at: usize, limit: usize, name: usize, nameEnd: usize, numbers: usize): usize {
  if (isDash(at)) return at + 2 * INNER_QUOTE_LENGTH + 1;
  const first = load<u8>(at);
  const isNumber = first !== LETTER_N && matches(name, nameEnd, numbers) === MATCH;
  // Another escape is none of a quote: the message is no JSON.
  if (first === BACKSLASH && load<u16>(at) !== INNER_QUOTE) return 0;
  if (first === BACKSLASH)
    return isNumber ? copyNumberText(at, limit) : copyValue(at, limit, name, nameEnd, false, LEVEL);
  if (first === LETTER_N || (!isNumber && (first === LETTER_T || first === LETTER_F)))
    return copyValue(at, limit, name, nameEnd, false, LEVEL);
  if (!isDigit(first) && first !== MINUS) return 0;
  const end = endOfScalar(at);
  if (end === 0 || end > limit || end - at > MAX_NUMBER || hasExponent(at, end)) return 0;
  return isNumber && !putInteger(at, end) ? 0 : isNumber ? end : copyValue(at, limit, name, nameEnd, false, LEVEL);
}

function hasExponent(at: usize, end: usize): bool {
  for (; at < end; at++) if ((load<u8>(at) | 0x20) === LETTER_E) return true;
  return false;
}

/** Writes the whole number that a text is. */
function copyNumberText(at: usize, limit: usize): usize {
  const start = at + INNER_QUOTE_LENGTH;
  const end = endOfText(start, limit);
  if (end === 0 || hasInnerEscapes) return 0;
  if (end > start && !putInteger(start, end)) return 0;
  return end + INNER_QUOTE_LENGTH;
}

/** Writes a whole number as `asInteger` has it. Returns false for any other text. */
function putInteger(start: usize, end: usize): bool {
  if (!readInteger(start, end, NO_SLOT) || isUnsupported) return false;
  putLong(startOf(NO_SLOT), lengthOf(NO_SLOT));
  return true;
}
