import { ROOT_NAMES, staysAtRoot } from "../bulk/document";
import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  DOT,
  hasAt,
  LETTER_N,
  LETTER_R,
  LETTER_T,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  SPACE,
  TAB,
} from "./bytes";
import { isDateLike } from "./date-like";
import { copyLiteral, copyNumber, copyString } from "./json-tokens";
import { isNumberLike } from "./number-like";
import { cursor, out } from "./scratch";

/** Containers that may be open at a time: for each, a bit says whether it is an array. */
const MAX_DEPTH = 30;

/** What may come next. */
const KEY_OR_END = 0;
const KEY = 1;
const COLON_THEN_VALUE = 2;
const COLON_THEN_STRING = 3;
const VALUE = 4;
const STRING = 5;
const VALUE_OR_END = 6;
const COMMA_OR_END = 7;

/**
 * - `none`: no JSON object, or one that the plain path has to write: rare escapes, members that can't stand at the root.
 * - `members`: its members are in `out`.
 * - `with message`: the same, and `message` is one of them.
 */
export type CopiedMembers = "none" | "members" | "with message";

/**
 * Copies the members of the JSON object that the message at the cursor is: takes a layer of escapes away, proves what is
 * below it to be JSON, and drops the line breaks between tokens. Leaves the cursor at the quote that ends the message.
 */
export function copyMembers(envelope: Buffer, view: DataView, limit: number): CopiedMembers {
  const start = cursor.to;
  let copied: CopiedMembers = "members";
  let next = KEY_OR_END;
  let depth = 1;
  let arrays = 0;
  let dots = 0;
  cursor.from++;
  for (;;) {
    let byte = envelope[cursor.from++];
    if (byte === BACKSLASH) {
      byte = envelope[cursor.from++];
      if (byte === QUOTE) {
        const from = cursor.to;
        if (!copyString(envelope, view, limit)) return "none";
        if (next === VALUE || next === VALUE_OR_END) {
          if (isNumberLike(from + 1, cursor.to - 1)) return "none";
          next = COMMA_OR_END;
        } else if (next === KEY || next === KEY_OR_END) {
          next = COLON_THEN_VALUE;
          dots += dotsIn(from + 1, cursor.to - 1);
          if (dots + depth > MAX_DEPTH) return "none";
          if (depth === 1 && mayCollide(from + 1)) {
            if (copied === "members" && hasAt(out, from + 1, MESSAGE_KEY)) {
              next = COLON_THEN_STRING;
              copied = "with message";
            } else if (!staysAtRoot(out.toString("latin1", from + 1, cursor.to - 1))) {
              return "none";
            }
          }
        } else if (next === STRING) {
          if (isDateLike(from + 1, cursor.to - 1)) return "none";
          next = COMMA_OR_END;
        } else {
          return "none";
        }
        continue;
      }
      if (byte === LETTER_N || byte === LETTER_R) continue;
      if (byte !== LETTER_T) return "none";
      copySpace(TAB, start);
      continue;
    }
    if (byte === SPACE) {
      copySpace(byte, start);
      continue;
    }
    switch (byte) {
      case COLON:
        if (next === COLON_THEN_VALUE) next = VALUE;
        else if (next === COLON_THEN_STRING) next = STRING;
        else return "none";
        out[cursor.to++] = byte;
        break;
      case COMMA:
        if (next !== COMMA_OR_END) return "none";
        next = (arrays & 1) === 1 ? VALUE : KEY;
        out[cursor.to++] = byte;
        break;
      case OPEN_BRACE:
      case OPEN_BRACKET:
        if (next !== VALUE && next !== VALUE_OR_END) return "none";
        if (++depth > MAX_DEPTH) return "none";
        arrays = (arrays << 1) | (byte === OPEN_BRACKET ? 1 : 0);
        next = byte === OPEN_BRACKET ? VALUE_OR_END : KEY_OR_END;
        out[cursor.to++] = byte;
        break;
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        if (next !== COMMA_OR_END && next !== (byte === CLOSE_BRACKET ? VALUE_OR_END : KEY_OR_END)) return "none";
        if ((arrays & 1) !== (byte === CLOSE_BRACKET ? 1 : 0)) return "none";
        if (--depth === 0) return isEnd(envelope, start) ? copied : "none";
        arrays >>= 1;
        next = COMMA_OR_END;
        out[cursor.to++] = byte;
        break;
      default:
        if (next !== VALUE && next !== VALUE_OR_END) return "none";
        cursor.from--;
        if (!copyNumber(envelope) && !copyLiteral(envelope)) return "none";
        next = COMMA_OR_END;
    }
  }
}

/** Copies white space between tokens, but for what stands before the first member: that is not part of the members. */
function copySpace(byte: number, start: number): void {
  if (cursor.to > start) out[cursor.to++] = byte;
}

/** Whether nothing but white space follows in the message; drops it, and what stands behind the last member. */
function isEnd(envelope: Buffer, start: number): boolean {
  while (cursor.to > start && (out[cursor.to - 1] === SPACE || out[cursor.to - 1] === TAB)) cursor.to--;
  for (; envelope[cursor.from] !== QUOTE; cursor.from++) {
    if (envelope[cursor.from] === SPACE) continue;
    if (envelope[cursor.from++] !== BACKSLASH) return false;
    const letter = envelope[cursor.from];
    if (letter !== LETTER_N && letter !== LETTER_R && letter !== LETTER_T) return false;
  }
  return true;
}

/** The number of dots in a key, each of which is a level to the engine; more than any message may have if it has an escape. */
function dotsIn(start: number, end: number): number {
  let dots = 0;
  for (let i = start; i < end; i++) {
    const byte = out[i];
    if (byte === DOT) dots++;
    else if (byte === BACKSLASH) return MAX_DEPTH;
  }
  return dots;
}

const MESSAGE_KEY = Buffer.from('message"');

/** The names that may collide, by their first bytes. */
const NAMES: Buffer[][] = Array.from({ length: 256 }, () => []);
for (const name of ROOT_NAMES) NAMES[name.charCodeAt(0)]!.push(Buffer.from(name));

/** Whether the first dotted segment of the key at `start` is a name that may collide. */
function mayCollide(start: number): boolean {
  for (const name of NAMES[out[start]!]!) {
    const behind = out[start + name.length];
    if ((behind === QUOTE || behind === DOT) && hasAt(out, start, name)) return true;
  }
  return false;
}
