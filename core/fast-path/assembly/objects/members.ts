import { CLOSE_BRACE, COMMA, LETTER_N, MINUS, OPEN_BRACE, OPEN_BRACKET } from "../ascii";
import { indexOf, isAbsent } from "../fields/find";
import { ABSENT, isUnsupported, kindOf, LITERAL, lengthOf, setSlot, startOf } from "../fields/slots";
import { endOfScalar } from "../json-tokens";
import { newObject } from "../names";
import { findName, hasBytes } from "./find-name";
import {
  addOwnName,
  findLearned,
  hasLearnedValue,
  IS_LEARNED,
  isLearnedOf,
  learnedAs,
  learnMember,
  nodeOf,
  readLearned,
} from "./learned";
import { copyNames, readAnswers, readPairs } from "./lists";
import { addMember, FIRST, hasValue, INNER_KEY, IS_NULL, KEY, KIND, LENGTH, LEVEL, NEED, NEXT_MEMBER } from "./member";
import { readEscaped, readTexts, STEPS } from "./member-texts";
import { addMembers, addNode, linkMember, namesIn, newMember, slotOf } from "./nodes";
import { endOfText, hasInnerEscapes, isQuote, quoteLength, skipSpaces } from "./tokens";
import {
  beginValues,
  copyObjects,
  copyValue,
  dropValues,
  endOfColon,
  endOfName,
  KEY_END,
  keepValues,
  MAX_NUMBER,
  putName,
  written,
} from "./values";

/**
 * An object whose members have places, as core/fast-path/object-program.ts writes it: the node of all others, its table of names,
 * that of the names which the node's own fields have, and what comes after all of them.
 */
export const NAMES: usize = 4;
const OWN_NAMES: usize = 12;
/** Entries of 16 bytes, and their number: a node, that whose value it has, and members that have to be there and not to be; 0: none. */
const LATER: usize = 20;
const LATER_BYTES: usize = 16;
/** The pattern of numbers' names where members are variables: see variables.ts. */
export const NUMBERS: usize = 28;
/** The member that came first in the last such object: most have the same ones in the same order. 0: unknown. */
const FIRST_MEMBER: usize = 32;

/** What an object may begin with: the address and the length of a member, and what it puts: a node, and its JSON. */
const FIRST_NODE: usize = 8;
const FIRST_VALUE: usize = 12;

/** Kinds of members: texts have steps, objects members or a field of their own, and others no place in the table; what else there is, the parser alone reads. */
const TEXTS: u8 = 0;
const MEMBERS: u8 = 1;
const OBJECTS: u8 = 2;
export const OTHER: u8 = 3;
const STRINGS: u8 = 5;
const NAMES_OF: u8 = 6;
const PAIRS: u8 = 7;
const ANSWERS: u8 = 8;

/** What a message has to have: these, or (4) a value that is no object and no array. */
const NEEDS_TEXT: u8 = 1;
const NEEDS_STRING: u8 = 2;
const NEEDS_OBJECT: u8 = 3;
const FIRST_GROUP: u8 = 5;

/** Needs that the message has met, and those lists of names, one bit each, of which it has one. */
export let needsMet: i32 = 0;
export let groupsMet: i32 = 0;

export function clearNeeds(): void {
  needsMet = 0;
  groupsMet = 0;
}

/**
 * Reads an object's members into the slots and nodes of their fields.
 *
 * @param at the address after its brace
 * @returns the address after its closing brace; 0: only the parser can read it
 */
export function readMembers(object: usize, at: usize, limit: usize): usize {
  const names = newObject();
  const own: usize = load<u32>(object);
  const ownNames = namesIn(own);
  let first: usize = 0;
  let last: usize = 0;
  let next = object + FIRST_MEMBER;
  let comma: usize = 0;
  at = skipSpaces(at);
  while (load<u8>(at) !== CLOSE_BRACE) {
    let member: usize = load<u32>(next);
    let name = at + comma + quoteLength;
    let nameEnd: usize = 0;
    let value: usize = 0;
    if (member !== 0 && hasKey(member, at, comma) && isLearnedOf(member, object)) {
      nameEnd = name + <usize>load<u32>(member, LENGTH);
      value = skipSpaces(nameEnd + quoteLength + 1);
    } else {
      if (comma !== 0) {
        at = skipSpaces(at);
        if (load<u8>(at) === CLOSE_BRACE) break;
        if (load<u8>(at) !== COMMA) return 0;
        at = skipSpaces(at + 1);
      }
      name = at + quoteLength;
      nameEnd = endOfName(at, limit);
      value = endOfColon(nameEnd);
      if (value === 0) return 0;
      member = findName(object + NAMES, name, nameEnd);
      if (member === 0) member = findLearned(object, name, nameEnd);
      if (member !== 0) store<u32>(next, <u32>member);
    }
    comma = 1;
    let kind = OTHER;
    let learned: usize = 0;
    if (member !== 0) {
      next = member + NEXT_MEMBER;
      kind = load<u8>(member, KIND);
      if (kind === IS_LEARNED) learned = member;
      else {
        if (!addMember(member) || !meetsNeed(member, value)) return 0;
        store<u8>(member, load<u8>(value) === LETTER_N ? 1 : 0, IS_NULL);
        if (kind === OTHER) learned = learnedAs(member);
      }
    }
    let node: usize = 0;
    if (learned !== 0) {
      at = readLearned(learned, value, limit);
      if (hasLearnedValue) node = nodeOf(learned);
    } else if (kind === OTHER) {
      const start = beginValues();
      if (!putName(name, nameEnd, names, ownNames) || !addOwnName(own, start, written)) return 0;
      if (findName(object + OWN_NAMES, start + 1, written - KEY_END) === 0)
        learnMember(object, own, member, name, nameEnd, start, written);
      at = copyOther(object, value, limit, start);
      if (at !== 0 && written > start) {
        keepValues(start);
        node = newMember(start, written - start);
        if (node === 0) return 0;
      }
    } else at = readMember(member, value, limit);
    if (node !== 0) {
      linkMember(last, node);
      if (first === 0) first = node;
      last = node;
    }
    if (at === 0 || isUnsupported) return 0;
  }
  if (comma === 0) return at + 1;
  if (first !== 0) addMembers(own, first);
  putLater(object);
  return at + 1;
}

/**
 * Writes the value of a member that the table does not place, behind its name in snake case, which is written from `start` on; nothing of
 * both if it has no value.
 */
function copyOther(object: usize, value: usize, limit: usize, start: usize): usize {
  const nameEnd = written - KEY_END;
  if (isDash(value)) {
    dropValues(start);
    return value + 2 * quoteLength + 1;
  }
  const begin = written;
  const end = copyValue(value, limit, start + 1, nameEnd, true, LEVEL);
  if (end === 0) return 0;
  if (written === begin) dropValues(start);
  // A name that is also that of a field of the table: the parser knows whether both are there.
  else if (findName(object + OWN_NAMES, start + 1, nameEnd) !== 0) return 0;
  return end;
}

/** Whether a member's name is here, in quotes and with a colon, behind the comma of the member before it. @param comma 0: it is the first */
function hasKey(member: usize, at: usize, comma: usize): bool {
  const key: usize = quoteLength === 1 ? load<u32>(member, KEY) : load<u32>(member, INNER_KEY);
  return hasBytes(at, key + 1 - comma, <usize>load<u32>(member, LENGTH) + 2 * quoteLength + 1 + comma);
}

/** Whether a text without a value is here. */
export function isDash(at: usize): bool {
  return isQuote(at) && load<u8>(at + quoteLength) === MINUS && isQuote(at + quoteLength + 1);
}

/** Whether a member is what the message needs, if it needs that. */
export function meetsNeed(member: usize, value: usize): bool {
  const need = load<u8>(member, NEED);
  if (need === 0) return true;
  if (need >= FIRST_GROUP) {
    if (load<u8>(value) !== LETTER_N) groupsMet |= 1 << (need - FIRST_GROUP);
    return true;
  }
  needsMet++;
  const isText = isQuote(value);
  if (need === NEEDS_STRING) return isText;
  if (need === NEEDS_TEXT) return isText && !isQuote(value + quoteLength);
  const first = load<u8>(value);
  if (need === NEEDS_OBJECT) return first === OPEN_BRACE;
  return first !== OPEN_BRACE && first !== OPEN_BRACKET && first !== LETTER_N;
}

/** @returns the address after the member's value; 0: only the parser can read it */
export function readMember(member: usize, at: usize, limit: usize): usize {
  const first = load<u8>(at);
  if (first === LETTER_N) return endOfScalar(at);
  const kind = load<u8>(member, KIND);
  const steps: usize = load<u32>(member, STEPS);
  if (isQuote(at)) {
    const start = at + quoteLength;
    const end = endOfText(start, limit);
    if (end === 0) return 0;
    const isOfTexts = kind === TEXTS || kind === STRINGS;
    if (isAbsent(start, end)) {
      // A text is no value of anything else.
      if (!isOfTexts) store<u8>(member, 1, IS_NULL);
    } else {
      if (!isOfTexts) return 0;
      const isRead = hasInnerEscapes ? readEscaped(member, start, end) : readTexts(member, start, end);
      if (!isRead) return 0;
    }
    return end + quoteLength;
  }
  if (kind === TEXTS) {
    const end = endOfScalar(at);
    return end !== 0 && end <= limit && end - at <= MAX_NUMBER && readTexts(member, at, end) ? end : 0;
  }
  if (kind === MEMBERS) return first === OPEN_BRACE ? readMembers(steps, at + 1, limit) : 0;
  if (kind === PAIRS) return readPairs(steps, at, limit);
  if (kind === ANSWERS) return readAnswers(load<u32>(steps), load<u32>(steps, 4), at, limit);
  const start = beginValues();
  const end = kind === NAMES_OF ? copyNames(at, limit) : kind === OBJECTS ? copyObjects(at, limit, LEVEL) : 0;
  if (end === 0 || written === start) return end;
  const begun: usize = load<u32>(member, FIRST);
  if (begun !== 0 && !putFirst(begun, start)) return 0;
  keepValues(start);
  setSlot(slotOf(steps), LITERAL, start, written);
  addNode(steps);
  return end;
}

/** Puts what the first member of the object that is written from `start` on says. Returns false if the object has it elsewhere. */
function putFirst(first: usize, start: usize): bool {
  const found = indexOfText(start, written, load<u32>(first), load<u32>(first, 4));
  if (found === 0) return true;
  if (found !== start + 1) return false;
  const value: usize = load<u32>(first, FIRST_VALUE);
  const node: usize = load<u32>(first, FIRST_NODE);
  setSlot(slotOf(node), LITERAL, value, value + load<u32>(first, FIRST_VALUE + 4));
  addNode(node);
  return true;
}

function indexOfText(at: usize, end: usize, text: usize, length: usize): usize {
  const first = load<u8>(text);
  for (at = indexOf(first, at, end); at + length <= end; at = indexOf(first, at + 1, end)) {
    if (memory.compare(at, text, length) === 0) return at;
  }
  return 0;
}

/** Puts the fields that have the value of another one. */
function putLater(object: usize): void {
  let at: usize = load<u32>(object + LATER);
  for (let i = load<i32>(object + LATER, 4); i > 0; i--, at += LATER_BYTES) {
    const node: usize = load<u32>(at);
    const slot = slotOf(load<u32>(at, 4));
    const when: usize = load<u32>(at, 8);
    const unless: usize = load<u32>(at, 12);
    if (kindOf(slot) === ABSENT || (when !== 0 && !hasValue(when)) || (unless !== 0 && hasValue(unless))) continue;
    setSlot(slotOf(node), kindOf(slot), startOf(slot), startOf(slot) + lengthOf(slot));
    addNode(node);
  }
}
