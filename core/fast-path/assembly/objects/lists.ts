import {
  ascii,
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  DOT,
  hasAt,
  isUpper,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
} from "../ascii";
import { isIp } from "../fields/addresses";
import { indexOf, isAbsent } from "../fields/find";
import { LITERAL, setSlot } from "../fields/slots";
import { OPEN_OBJECTS } from "../memory";
import { newObject } from "../names";
import { findName } from "./find-name";
import { readTexts } from "./member-texts";
import { addNode, slotOf } from "./nodes";
import { endOfText, hasInnerEscapes, isQuote, quoteLength, skipSpaces } from "./tokens";
import {
  beginValues,
  copyName,
  copyText,
  dropValues,
  endList,
  endOfColon,
  KEY_END,
  keepValues,
  putByte,
  putBytes,
  written,
} from "./values";

/** Names of members. */
const NAME = ascii("name");
const NAME_LENGTH: usize = 4;
const VALUE = ascii("value");
const VALUE_LENGTH: usize = 5;
/** A pair of headers up to its name, and from the end of that up to its value, in quotes and in inner ones, and where the last quote is. */
const PAIR = ascii('{"name":"');
const PAIR_LENGTH = 9;
const PAIR_QUOTE: usize = 8;
const INNER_PAIR = ascii('{\\"name\\":\\"');
const INNER_PAIR_LENGTH = 12;
const INNER_PAIR_QUOTE: usize = 10;
const PAIR_VALUE = ascii('","value":"');
const PAIR_VALUE_LENGTH = 11;
const PAIR_VALUE_QUOTE: usize = 10;
const INNER_PAIR_VALUE = ascii('\\",\\"value\\":\\"');
const INNER_PAIR_VALUE_LENGTH = 15;
const INNER_PAIR_VALUE_QUOTE: usize = 13;
const RDATA = ascii("Rdata");
const RDATA_LENGTH: usize = 5;
const TYPE = ascii("Type");
const TYPE_LENGTH: usize = 4;
const CLASS = ascii("Class");
const CLASS_LENGTH: usize = 5;

const DATA_KEY = ascii('"data":');
const DATA_KEY_LENGTH: usize = 7;
const TYPE_KEY = ascii('"type":');
const TYPE_KEY_LENGTH: usize = 7;
const CLASS_KEY = ascii('"class":');
const CLASS_KEY_LENGTH: usize = 8;

/** The table of names in what `readPairs` gets. */
const PAIR_NAMES: usize = 4;

/** Of one message: more are left to the parser. */
const MAX_ADDRESSES: usize = 64;

/** What the names of pairs are looked up as: in small letters, with the bytes before them that a look-up loads. */
const SMALL = memory.data(32);
const MAX_SMALL: usize = 16;

/** The address of a list's first object; 0: it is none, or has none. */
function firstObject(at: usize): usize {
  if (load<u8>(at) !== OPEN_BRACKET) return 0;
  at = skipSpaces(at + 1);
  return load<u8>(at) === OPEN_BRACE ? at : 0;
}

/** Whether a list is empty. */
function isEmptyList(at: usize): bool {
  return load<u8>(at) === OPEN_BRACKET && load<u8>(skipSpaces(at + 1)) === CLOSE_BRACKET;
}

function endOfEmptyList(at: usize): usize {
  return isEmptyList(at) ? skipSpaces(at + 1) + 1 : 0;
}

/** @param at the address after an object. @returns that of the next one; that of the bracket; 0: there is neither */
function nextObject(at: usize): usize {
  at = skipSpaces(at);
  if (load<u8>(at) === CLOSE_BRACKET) return at;
  if (load<u8>(at) !== COMMA) return 0;
  at = skipSpaces(at + 1);
  return load<u8>(at) === OPEN_BRACE ? at : 0;
}

/** Whether a member of this name is here. */
function isMember(at: usize, name: v128, length: usize): bool {
  const start = at + quoteLength;
  return isQuote(at) && hasAt(start, name, <i32>length) && isQuote(start + length);
}

/** The address of the text of a member, which has to be next; 0: it is not. */
function textOfMember(at: usize, name: v128, length: usize): usize {
  if (!isMember(at, name, length)) return 0;
  const value = endOfColon(at + quoteLength + length);
  return value !== 0 && isQuote(value) ? value : 0;
}

/** The address of the text that is a pair's name; 0: it does not come first. @param at that of the pair */
function nameOfPair(at: usize): usize {
  if (quoteLength === 1 && hasAt(at, PAIR, PAIR_LENGTH)) return at + PAIR_QUOTE;
  if (quoteLength !== 1 && hasAt(at, INNER_PAIR, INNER_PAIR_LENGTH)) return at + INNER_PAIR_QUOTE;
  return textOfMember(skipSpaces(at + 1), NAME, NAME_LENGTH);
}

/** The address of the text that is its value; 0: it does not come next. @param at that of the quote behind its name */
function valueOfPair(at: usize): usize {
  if (quoteLength === 1 && hasAt(at, PAIR_VALUE, PAIR_VALUE_LENGTH)) return at + PAIR_VALUE_QUOTE;
  if (quoteLength !== 1 && hasAt(at, INNER_PAIR_VALUE, INNER_PAIR_VALUE_LENGTH)) return at + INNER_PAIR_VALUE_QUOTE;
  at = skipSpaces(at + quoteLength);
  return load<u8>(at) === COMMA ? textOfMember(skipSpaces(at + 1), VALUE, VALUE_LENGTH) : 0;
}

/** Writes `[{"name":"a"},…]` as a list of names. @returns the address after it; 0: only the parser can write it */
export function copyNames(at: usize, limit: usize): usize {
  let object = firstObject(at);
  if (object === 0) return endOfEmptyList(at);
  const start = written;
  putByte(OPEN_BRACKET);
  while (true) {
    const text = textOfMember(skipSpaces(object + 1), NAME, NAME_LENGTH);
    const before = written;
    at = text === 0 ? 0 : copyText(text, limit, 0, 0);
    if (at === 0 || written === before) return 0;
    putByte(COMMA);
    at = skipSpaces(at);
    if (load<u8>(at) !== CLOSE_BRACE) return 0;
    object = nextObject(at + 1);
    if (object === 0) return 0;
    if (load<u8>(object) === CLOSE_BRACKET) break;
  }
  endList(start, CLOSE_BRACKET);
  return object + 1;
}

/**
 * Reads `[{"name":"a","value":"b"},…]` as an object, and those fields that some of them have.
 *
 * @param pairs the object's node, and a table of the fields by their names in small letters
 * @returns the address after it; 0: only the parser can read it
 */
export function readPairs(pairs: usize, at: usize, limit: usize): usize {
  const node: usize = load<u32>(pairs);
  let object = firstObject(at);
  if (object === 0) return endOfEmptyList(at);
  // Before those of its members.
  const text = beginValues();
  const names = newObject();
  addNode(node);
  putByte(OPEN_BRACE);
  while (true) {
    const name = nameOfPair(object);
    if (name === 0) return 0;
    const nameEnd = endOfText(name + quoteLength, limit);
    const value = nameEnd === 0 ? 0 : valueOfPair(nameEnd);
    if (value === 0) return 0;
    const key = written;
    if (copyName(name, limit, names, 0) === 0) return 0;
    const before = written;
    at = copyText(value, limit, key + 1, before - KEY_END);
    if (at === 0) return 0;
    if (written === before) dropValues(key);
    else {
      putByte(COMMA);
      const start = value + quoteLength;
      const end = at - quoteLength;
      if (!readPair(pairs + PAIR_NAMES, name + quoteLength, nameEnd, start, end)) return 0;
    }
    at = skipSpaces(at);
    if (load<u8>(at) !== CLOSE_BRACE) return 0;
    object = nextObject(at + 1);
    if (object === 0) return 0;
    if (load<u8>(object) === CLOSE_BRACKET) break;
  }
  endList(text, CLOSE_BRACE);
  if (written === text) return 0;
  keepValues(text);
  setSlot(slotOf(node), LITERAL, text, written);
  return object + 1;
}

/** Reads a pair's value into its field, if its name has one. Returns false if only the parser can. */
function readPair(fields: usize, name: usize, nameEnd: usize, start: usize, end: usize): bool {
  const length = nameEnd - name;
  if (length > MAX_SMALL || isAbsent(start, end)) return true;
  const small = SMALL + MAX_SMALL;
  for (let i: usize = 0; i < length; i++) {
    const byte = load<u8>(name + i);
    store<u8>(small + i, isUpper(byte) ? byte | 0x20 : byte);
  }
  const field = findName(fields, small, small + length);
  // What is written of a text with escapes is where the list is.
  return field === 0 || (indexOf(BACKSLASH, start, end) === end && readTexts(field, start, end));
}

/**
 * Reads the answers of DNS: a list of objects, and a list of their addresses.
 *
 * @param answers the node of the first. @param addresses that of the second
 * @returns the address after it; 0: only the parser can read it
 */
export function readAnswers(answers: usize, addresses: usize, at: usize, limit: usize): usize {
  let object = firstObject(at);
  if (object === 0) return endOfEmptyList(at);
  const start = beginValues();
  let found: usize = OPEN_OBJECTS;
  putByte(OPEN_BRACKET);
  while (true) {
    const answer = written;
    putByte(OPEN_BRACE);
    let seen = 0;
    at = skipSpaces(object + 1);
    while (true) {
      const member = memberOf(at);
      if (member === 0 || (seen & member) !== 0) return 0;
      seen |= member;
      const value = endOfColon(at + quoteLength + lengthOfMember(member));
      if (value === 0 || !isQuote(value)) return 0;
      const text = value + quoteLength;
      const end = endOfText(text, limit);
      if (end === 0 || hasInnerEscapes) return 0;
      if (!isAbsent(text, end)) {
        if (!copyAnswer(member, value, text, end, limit)) return 0;
        if (member === IS_RDATA && isIp(text, end)) {
          if (found === OPEN_OBJECTS + 8 * MAX_ADDRESSES) return 0;
          store<u32>(found, <u32>text);
          store<u32>(found, <u32>end, 4);
          found += 8;
        } else if (member === IS_RDATA && indexOf(COLON, text, end) < end) return 0;
      }
      at = skipSpaces(end + quoteLength);
      if (load<u8>(at) === CLOSE_BRACE) break;
      if (load<u8>(at) !== COMMA) return 0;
      at = skipSpaces(at + 1);
    }
    endList(answer, CLOSE_BRACE);
    if (written > answer) putByte(COMMA);
    object = nextObject(at + 1);
    if (object === 0) return 0;
    if (load<u8>(object) === CLOSE_BRACKET) break;
  }
  endList(start, CLOSE_BRACKET);
  keepList(answers, start);
  const list = beginValues();
  putByte(OPEN_BRACKET);
  for (let address: usize = OPEN_OBJECTS; address < found; address += 8)
    putAddress(load<u32>(address), load<u32>(address, 4));
  endList(list, CLOSE_BRACKET);
  keepList(addresses, list);
  return object + 1;
}

/** Puts what is written from an address on into a field, unless it is nothing. */
function keepList(node: usize, start: usize): void {
  if (written === start) return;
  keepValues(start);
  setSlot(slotOf(node), LITERAL, start, written);
  addNode(node);
}

function putAddress(start: usize, end: usize): void {
  putByte(QUOTE);
  // An address has up to 45 bytes.
  for (let i: usize = 0; i < end - start; i += 16) v128.store(written + i, v128.load(start + i));
  dropValues(written + (end - start));
  putByte(QUOTE);
  putByte(COMMA);
}

/** Members of an answer, one bit each. */
const IS_RDATA = 1;
const IS_TYPE = 2;
const IS_CLASS = 4;

/** The member whose name is here; 0: an answer has no such member. */
function memberOf(at: usize): i32 {
  if (isMember(at, RDATA, RDATA_LENGTH)) return IS_RDATA;
  if (isMember(at, TYPE, TYPE_LENGTH)) return IS_TYPE;
  return isMember(at, CLASS, CLASS_LENGTH) ? IS_CLASS : 0;
}

function lengthOfMember(member: i32): usize {
  return member === IS_RDATA ? RDATA_LENGTH : member === IS_TYPE ? TYPE_LENGTH : CLASS_LENGTH;
}

/** Writes a member of an answer, and a comma. Returns false if only the parser can. */
function copyAnswer(member: i32, value: usize, start: usize, end: usize, limit: usize): bool {
  if (member === IS_RDATA) putBytes(DATA_KEY, DATA_KEY_LENGTH);
  else if (member === IS_TYPE) putBytes(TYPE_KEY, TYPE_KEY_LENGTH);
  else putBytes(CLASS_KEY, CLASS_KEY_LENGTH);
  if (copyText(value, limit, 0, 0) === 0) return false;
  // The text ends in a quote.
  if (member === IS_RDATA && end - start > 1 && load<u8>(end - 1) === DOT) {
    dropValues(written - 2);
    putByte(QUOTE);
  }
  putByte(COMMA);
  return true;
}
