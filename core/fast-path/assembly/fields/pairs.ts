import { EQUALS, isDigit, isLetter, QUOTE, SPACE, UNDERSCORE } from "../ascii";
import { isDateLike } from "../date-like";
import { MAX_NAME_BYTES } from "../memory";
import { addNameOf, clearNames, newObject } from "../names";
import { isNumberLike } from "../number-like";
import { findName } from "../objects/find-name";
import { copyUnescaped, endOfText, hasInnerEscapes, INNER_QUOTE, INNER_QUOTE_LENGTH } from "../objects/tokens";
import { COLUMNS, LAYOUT, list, putConstants } from "./program-words";
import { read } from "./read";
import { clearSlots, isUnsupported, MESSAGE_SLOT, PLAIN, REST_SLOT, reserve, setSlot, TEXT } from "./slots";
import { isAscii, isEnd, messageEnd, nextSpecial, setMessageEnd } from "./split";
import { STEP_BYTES } from "./step";

/**
 * Of a program of pairs, which core/fast-path/pairs-program.ts writes: the table of names that the format looks for, each with what it
 * is for and its rank; whether documents have the whole message if no pair is it; and the root fields beside which no pair may be, the
 * last of which is that of the format's own field.
 */
const NAMES: usize = LAYOUT;
const KEEPS_MESSAGE: usize = LAYOUT + 8;
export const TAKEN: usize = LAYOUT + 12;
const PURPOSE: usize = 8;
const RANK: usize = 12;

/** Purposes: the format's own field, which has the first slot, and the document's `message`. */
const FIELD: usize = 0;
const TEXT_OF_MESSAGE: usize = 1;
const PURPOSES: usize = 2;

/** A pair: where its name and its value begin and end, 32 bits each, and flags. */
export const PAIR_BYTES: usize = 20;
export const VALUE: usize = 8;
export const FLAGS: usize = 16;
export const HAS_ESCAPES: u32 = 1;
export const IS_MOVED: u32 = 2;

/** More are left to the parser. */
const MAX_PAIRS: usize = 200;

/** Those of the message that was read last, and the one that is its text; 0: none is. */
export let pairs: usize = 0;
export let pairsEnd: usize = 0;
export let messagePair: usize = 0;

/** For each purpose, the rank of the pair that serves it, and its address. */
let ranks: usize = 0;

/** As `readFields`, of a program of pairs. */
export function readPairs(program: usize, message: usize, limit: usize): bool {
  clearSlots();
  clearNames();
  pairs = reserve(MAX_PAIRS * PAIR_BYTES);
  pairsEnd = pairs;
  ranks = reserve(8 * PURPOSES);
  for (let i: usize = 0; i < PURPOSES; i++) store<u64>(ranks + 8 * i, NO_RANK);
  if (!splitPairs(program + NAMES, message, limit) || messageEnd >= limit) return false;
  if (pairsEnd < pairs + 2 * PAIR_BYTES) return false;
  putConstants(program);
  readField(list(program, COLUMNS), pairFor(FIELD));
  setSlot(MESSAGE_SLOT, PLAIN, message, messageEnd);
  messagePair = pairFor(TEXT_OF_MESSAGE);
  if (messagePair !== 0) return !isUnsupported && putText(messagePair);
  if (load<u32>(program + KEEPS_MESSAGE) !== 0) setSlot(REST_SLOT, PLAIN, message, messageEnd);
  return !isUnsupported;
}

function splitPairs(names: usize, at: usize, limit: usize): bool {
  const object = newObject();
  const full = pairs + MAX_PAIRS * PAIR_BYTES;
  while (pairsEnd < full) {
    const nameEnd = endOfName(at);
    if (nameEnd === 0 || !addNameOf(object, at, nameEnd)) return false;
    const isQuoted = load<u16>(nameEnd + 1) === INNER_QUOTE;
    const start = nameEnd + 1 + (isQuoted ? INNER_QUOTE_LENGTH : 0);
    const end = isQuoted ? endOfText(start, limit) : endOfPlain(start, limit);
    if (end === 0) return false;
    store<u32>(pairsEnd, <u32>at);
    store<u32>(pairsEnd, <u32>nameEnd, 4);
    store<u32>(pairsEnd, <u32>start, VALUE);
    store<u32>(pairsEnd, <u32>end, VALUE + 4);
    store<u32>(pairsEnd, isQuoted && hasInnerEscapes ? HAS_ESCAPES : 0, FLAGS);
    const known: usize = end === start ? 0 : findName(names, at, nameEnd);
    if (known !== 0) addKnown(known, pairsEnd);
    pairsEnd += PAIR_BYTES;
    at = isQuoted ? end + INNER_QUOTE_LENGTH : end;
    const byte = load<u8>(at);
    if (byte !== SPACE) return isEnd(at, byte);
    do at++;
    while (load<u8>(at) === SPACE);
    if (load<u8>(at) === QUOTE) {
      setMessageEnd(at);
      return true;
    }
  }
  return false;
}

const NO_RANK: u64 = 0xff;

function addKnown(name: usize, pair: usize): void {
  const best = ranks + 8 * <usize>load<u32>(name, PURPOSE);
  if (load<u32>(name, RANK) >= load<u32>(best)) return;
  store<u32>(best, load<u32>(name, RANK));
  store<u32>(best, <u32>pair, 4);
}

/** 0: none serves the purpose. */
function pairFor(purpose: usize): usize {
  return load<u32>(ranks + 8 * purpose, 4);
}

/** Where the equals sign behind a name is; 0: only the parser can say. */
function endOfName(at: usize): usize {
  const first = load<u8>(at);
  if (!isOfName(first) || isDigit(first) || !(isLetter(first) || isFirst(first))) return 0;
  const last = at + MAX_NAME_BYTES;
  do at++;
  while (isOfName(load<u8>(at)));
  return load<u8>(at) === EQUALS && at <= last ? at : 0;
}

function isFirst(byte: u8): bool {
  return byte === UNDERSCORE || byte === AT || byte === DOLLAR;
}

const AT: u8 = 0x40;
const DOLLAR: u8 = 0x24;

/** The characters of names, one bit each: `#$-./0` to `9:`, and `@A` to `Z[]_a` to `z`. */
const LOW_NAMES: u64 = (<u64>0x07ffe018) << 32;
const HIGH_NAMES: u64 = ((<u64>0x07fffffe) << 32) | 0xafffffff;

function isOfName(byte: u8): bool {
  if (byte >= 0x80) return false;
  return (((byte < 0x40 ? LOW_NAMES : HIGH_NAMES) >> (<u64>byte & 0x3f)) & 1) === 1;
}

/** Where a value without quotes ends; 0: only the parser can say. */
function endOfPlain(at: usize, limit: usize): usize {
  if (load<u8>(at) === EQUALS) return 0;
  const end = nextSpecial(at, limit, SPACE);
  return end < limit && isAscii(at, end) ? end : 0;
}

/** @param column the field's. @param pair 0: there is none */
function readField(column: usize, pair: usize): void {
  // No text of it has escapes.
  if (pair === 0 || (load<u32>(pair, FLAGS) & HAS_ESCAPES) !== 0) return;
  let step: usize = load<u32>(column);
  const last = step + <usize>load<u32>(column, 4) * STEP_BYTES;
  for (; step < last; step += STEP_BYTES) read(step, load<u32>(pair, VALUE), load<u32>(pair, VALUE + 4));
}

/** Puts the value of a pair as the document's `message`. */
function putText(pair: usize): bool {
  const start: usize = load<u32>(pair, VALUE);
  const end: usize = load<u32>(pair, VALUE + 4);
  if ((load<u32>(pair, FLAGS) & HAS_ESCAPES) === 0) {
    setSlot(REST_SLOT, TEXT, start, end);
    return true;
  }
  const to = reserve(end - start);
  if (to === 0) return false;
  const textEnd = copyUnescaped(start, end, to);
  if (isDateLike(to, textEnd) || isNumberLike(to, textEnd, true)) return false;
  setSlot(REST_SLOT, PLAIN, to, textEnd);
  return true;
}
