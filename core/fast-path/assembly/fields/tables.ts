import { isUpper, ZERO } from "../ascii";
import { isEqual } from "./find";
import { endOfDigits, wholeOf } from "./numbers";
import { clearSlot, LITERAL, leave, PLAIN, reserve, setSlot, TEXT } from "./slots";
import { isAscii } from "./split";
import { argument, secondArgument, thirdSlot } from "./step";

/** JSON texts in a table: the address and the length of each, 32 bits; length 0: no value. */
const ENTRY_BYTES: usize = 8;

/** Puts an entry of a table. Returns whether it has a value. */
export function putLiteral(table: usize, index: usize, slot: i32): bool {
  const entry = table + ENTRY_BYTES * index;
  const length = load<u32>(entry, 4);
  if (length === 0) return false;
  setSlot(slot, LITERAL, load<u32>(entry), load<u32>(entry) + length);
  return true;
}

/** Of a status code: the first entry is that of success. */
export function readOutcome(start: usize, end: usize, table: usize, slot: i32): bool {
  if (end - start !== 3 || endOfDigits(start, end) !== end) return false;
  const first = load<u8>(start) - ZERO;
  return putLiteral(table, first >= 1 && first < 4 ? 0 : 1, slot);
}

/** In the length of a word: a text has to begin with it. */
const IS_BEGINNING: u32 = 0x80000000;

/** In the third number of a step of words. */
const OTHERS_ARE_TEXTS: i32 = 2;

/** Entries of words, each before that of what it stands for. What other words are, the step's third number says. */
export function readWords(step: usize, start: usize, end: usize, slot: i32): bool {
  const words = argument(step);
  const count = secondArgument(step);
  for (let i: usize = 0; i < count; i += 2) {
    const word = words + ENTRY_BYTES * i;
    const given = load<u32>(word, 4);
    const length: usize = given & ~IS_BEGINNING;
    const fits = length === given ? end - start === length : end - start >= length;
    if (fits && isEqual(start, load<u32>(word), length)) return putLiteral(words, i + 1, slot);
  }
  if (thirdSlot(step) === OTHERS_ARE_TEXTS) {
    setSlot(slot, TEXT, start, end);
    return true;
  }
  return thirdSlot(step) === 0 ? false : leave();
}

/** The same of a text of up to 16 letters, which may be large ones. Letters that are none of ASCII may be those of a word in capitals. */
export function readWordsOfAnyCase(step: usize, start: usize, end: usize, slot: i32): bool {
  if (!isAscii(start, end)) return leave();
  const to: usize = end - start > MAX_WORD ? 0 : reserve(MAX_WORD);
  if (to === 0) return false;
  for (let i: usize = 0; start + i < end; i++) {
    const byte = load<u8>(start + i);
    store<u8>(to + i, isUpper(byte) ? byte | 0x20 : byte);
  }
  return readWords(step, to, to + (end - start), slot);
}

/** Words are compared as 16 bytes. */
const MAX_WORD: usize = 16;

/** The entry of a number, and the number itself as a text if it has a slot. Numbers have up to three digits, and no zero before others. */
export function readNumbered(step: usize, start: usize, end: usize, slot: i32, textSlot: i32): bool {
  const number = end - start > 3 ? -1 : wholeOf(start, end);
  const isText = textSlot !== 255;
  if (number < 0) return isText;
  if (load<u8>(start) === ZERO && end - start > 1) return leave();
  if (isText) setSlot(textSlot, PLAIN, start, end);
  if (<usize>number >= secondArgument(step)) {
    if (thirdSlot(step) !== 0) return leave();
    clearSlot(slot);
    return isText;
  }
  const isNamed = putLiteral(argument(step), <usize>number, slot);
  return isText || isNamed;
}
