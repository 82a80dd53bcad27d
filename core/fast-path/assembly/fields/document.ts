import { ascii, CLOSE_BRACE } from "../ascii";
import { OPEN_OBJECTS, setTo } from "../memory";
import { copy } from "./find";
import { copyObject } from "./layout";
import { DOCUMENT, IS_PAIRS, SPLIT } from "./program-words";
import { ABSENT, kindOf } from "./slots";
import { writePairs } from "./write-pairs";
import { writeValue } from "./write-value";

/**
 * An entry of a document, 12 bytes: what it is, a slot, whether its texts are dates, the key's length, and its address. Keys have a
 * comma before them, and all that follows them up to the value.
 */
const ENTRY_BYTES: usize = 12;

const FIELD: u8 = 0;
/** Begins an object, and ends it: one without fields is taken back. */
const OPEN: u8 = 1;
const CLOSE: u8 = 2;
/** The key is all. */
const BYTES: u8 = 3;
/** A field for which only the parser has a place. */
const FORBIDDEN: u8 = 4;
/** The members of the object behind a layout, or the pairs that the message is. */
const MEMBERS: u8 = 5;

const LINE_END = ascii("}\n");

/**
 * Writes the fields in the slots as the end of a document, from `at` on.
 *
 * @returns false if only the parser can write them. What is at `at` has changed then
 */
export function writeFields(program: usize, at: usize): bool {
  let entry: usize = load<u32>(program + DOCUMENT);
  const last = entry + <usize>load<u32>(program + DOCUMENT, 4) * ENTRY_BYTES;
  // Members of an object that begins have no comma.
  let comma: usize = 0;
  let open: usize = OPEN_OBJECTS;
  for (; entry < last; entry += ENTRY_BYTES) {
    const key: usize = load<u32>(entry, 8);
    const length: usize = load<u32>(entry, 4);
    switch (load<u8>(entry)) {
      case FIELD: {
        const slot: i32 = load<u8>(entry, 1);
        if (kindOf(slot) === ABSENT) continue;
        copy(key + comma, at, length - comma);
        at += length - comma;
        comma = 0;
        at = writeValue(slot, load<u8>(entry, 2) !== 0, at);
        if (at === 0) return false;
        continue;
      }
      case OPEN:
        store<u32>(open, <u32>at);
        store<u32>(open, <u32>comma, 4);
        open += 8;
        copy(key + comma, at, length - comma);
        at += length - comma;
        comma = 1;
        continue;
      case CLOSE:
        open -= 8;
        if (comma === 1) {
          at = load<u32>(open);
          comma = load<u32>(open, 4);
        } else store<u8>(at++, CLOSE_BRACE);
        continue;
      case BYTES:
        copy(key, at, length);
        at += length;
        continue;
      case MEMBERS:
        at = load<i32>(program + SPLIT) === IS_PAIRS ? writePairs(program, at) : copyObject(program, at);
        if (at === 0) return false;
        continue;
      case FORBIDDEN:
        if (kindOf(load<u8>(entry, 1)) !== ABSENT) return false;
        continue;
      default:
        return false;
    }
  }
  v128.store(at, LINE_END);
  setTo(at + 2);
  return true;
}
