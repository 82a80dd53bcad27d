import {
  ascii,
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  DOT,
  LETTER_N,
  LETTER_R,
  LETTER_T,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  SPACE,
  TAB,
} from "./ascii";
import { isDateLike } from "./date-like";
import { copyScalar, copyString, hasEscapes, tokenEnd } from "./json-tokens";
import { kindOfKey, LOG_KEY, MESSAGE_KEY, OBJECT_KEY, OTHER_KEY } from "./keys";
import { from, MAX_NAME_BYTES, MAX_NAMES_BYTES, MAX_TOKEN_BYTES, MAX_VALUES, setFrom, setTo, to } from "./memory";
import { addName, clearNames, openObject } from "./names";
import { isNumberLike } from "./number-like";

/** Limit of nested containers: one bit of an i32 for each says whether it is an array. */
const MAX_DEPTH = 16;

/** States: the tokens that may come next. */
const KEY_OR_END = 0;
const KEY = 1;
const COLON_THEN_VALUE = 2;
const COLON_THEN_STRING = 3;
const VALUE = 4;
const STRING = 5;
const VALUE_OR_END = 6;
const COMMA_OR_END = 7;
const COLON_THEN_OBJECT = 8;
const OBJECT = 9;
const COLON_THEN_LOG = 10;
const LOG = 11;

const NAME_OF_MESSAGE = ascii('message"');

/**
 * Copies the members of a message that is a JSON object: removes the message's layer of escapes, validates the JSON below it,
 * and drops line breaks between tokens. Leaves the cursor at the message's closing quote.
 *
 * @returns false for anything but a JSON object, and for one that the plain path has to write (rare escapes, members that collide at the
 * root, anything that may have to be sent as text)
 */
export function copyMembers(limit: usize): bool {
  const start = to;
  let at = from + 1;
  let end = start;
  let hasMessage = false;
  let log: usize = 0;
  let hasSpaces = false;
  let isLogMessage = false;
  let next = KEY_OR_END;
  let depth = 1;
  let arrays = 0;
  let dots = 0;
  let namesBytes: usize = 0;
  let values = 0;
  clearNames();
  openObject(depth);
  while (at < limit) {
    let byte = load<u8>(at);
    switch (byte) {
      case BACKSLASH: {
        byte = load<u8>(at + 1);
        at += 2;
        if (byte !== QUOTE) {
          if (byte === LETTER_N || byte === LETTER_R) continue;
          if (byte !== LETTER_T) return false;
          hasSpaces = true;
          if (end > start) store<u8>(end++, TAB);
          continue;
        }
        if (next === LOG) {
          if (hasMessage) return false;
          hasMessage = true;
          isLogMessage = true;
          end = nameMessage(log, end);
          next = STRING;
        }
        const name = at;
        const text = end + 1;
        end = copyString(at, end, limit);
        if (end === 0) return false;
        at = tokenEnd;
        if (next === VALUE || next === VALUE_OR_END) {
          if (isNumberLike(text, end - 1, hasEscapes)) return false;
          next = COMMA_OR_END;
        } else if (next === KEY || next === KEY_OR_END) {
          next = COLON_THEN_VALUE;
          // A key with escapes may spell any name.
          const nameEnd = at - 2;
          const length = nameEnd - name;
          namesBytes += length;
          if (hasEscapes || length !== end - 1 - text || length > MAX_NAME_BYTES) return false;
          if (namesBytes > MAX_NAMES_BYTES || !addName(depth, name, nameEnd)) return false;
          // The search engine takes each dot for a level.
          dots += dotsIn(name, nameEnd);
          if (dots + depth > MAX_DEPTH) return false;
          if (depth > 1) continue;
          const kind = kindOfKey(text);
          if (kind === OTHER_KEY) continue;
          if (kind === OBJECT_KEY) {
            next = COLON_THEN_OBJECT;
            continue;
          }
          if (kind === LOG_KEY) {
            log = text;
            next = COLON_THEN_LOG;
            continue;
          }
          if (kind !== MESSAGE_KEY || hasMessage) return false;
          next = COLON_THEN_STRING;
          hasMessage = true;
        } else if (next === STRING) {
          if (isDateLike(text, end - 1) || isNumberLike(text, end - 1, hasEscapes)) return false;
          next = COMMA_OR_END;
        } else {
          return false;
        }
        continue;
      }
      case SPACE:
        at++;
        hasSpaces = true;
        // White space before the first member is dropped.
        if (end > start) store<u8>(end++, SPACE);
        continue;
      case COLON:
        if (next === COLON_THEN_VALUE) next = VALUE;
        else if (next === COLON_THEN_STRING) next = STRING;
        else if (next === COLON_THEN_OBJECT) next = OBJECT;
        else if (next === COLON_THEN_LOG) next = LOG;
        else return false;
        break;
      case COMMA:
        if (next !== COMMA_OR_END) return false;
        if (++values > MAX_VALUES) return false;
        next = (arrays & 1) === 1 ? VALUE : KEY;
        break;
      case OPEN_BRACE:
      case OPEN_BRACKET:
        if (next === OBJECT || next === LOG) {
          if (byte !== OPEN_BRACE) return false;
        } else if (next !== VALUE && next !== VALUE_OR_END) {
          return false;
        }
        if (++depth > MAX_DEPTH || ++values > MAX_VALUES) return false;
        if (byte === OPEN_BRACE) openObject(depth);
        arrays = (arrays << 1) | (byte === OPEN_BRACKET ? 1 : 0);
        next = byte === OPEN_BRACKET ? VALUE_OR_END : KEY_OR_END;
        break;
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        if (next !== COMMA_OR_END && next !== (byte === CLOSE_BRACKET ? VALUE_OR_END : KEY_OR_END)) return false;
        if ((arrays & 1) !== (byte === CLOSE_BRACKET ? 1 : 0)) return false;
        // The plain path writes an object one of whose members moves without spaces.
        if (--depth === 0) return !(isLogMessage && hasSpaces) && isEnd(at + 1, start, end);
        arrays >>= 1;
        next = COMMA_OR_END;
        break;
      default:
        if (next !== VALUE && next !== VALUE_OR_END) return false;
        end = copyScalar(at, end, limit);
        if (end === 0 || tokenEnd - at > MAX_TOKEN_BYTES) return false;
        at = tokenEnd;
        next = COMMA_OR_END;
        continue;
    }
    store<u8>(end++, byte);
    at++;
  }
  return false;
}

/** Writes `message` over the name `log` at this address, moves what follows it, and returns its end. */
function nameMessage(log: usize, end: usize): usize {
  const rest = log + 3;
  memory.copy(rest + 4, rest, end - rest);
  v128.store64_lane(log, NAME_OF_MESSAGE, 0);
  return end + 4;
}

/** Whether only white space follows in the message. Drops it, and white space after the last member. */
function isEnd(at: usize, start: usize, end: usize): bool {
  while (end > start && (load<u8>(end - 1) === SPACE || load<u8>(end - 1) === TAB)) end--;
  for (; load<u8>(at) !== QUOTE; at++) {
    if (load<u8>(at) === SPACE) continue;
    if (load<u8>(at++) !== BACKSLASH) return false;
    const letter = load<u8>(at);
    if (letter !== LETTER_N && letter !== LETTER_R && letter !== LETTER_T) return false;
  }
  setFrom(at);
  setTo(end);
  return true;
}

export function dotsIn(start: usize, end: usize): i32 {
  let dots = 0;
  for (let at = start; at < end; at += 16) {
    const marked = i8x16.bitmask(i8x16.eq(v128.load(at), i8x16.splat(<i8>DOT)));
    const length = end - at;
    dots += popcnt(length < 16 ? marked & ((1 << (<i32>length)) - 1) : marked);
  }
  return dots;
}
