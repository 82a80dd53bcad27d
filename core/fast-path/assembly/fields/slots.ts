import { SCRATCH, SCRATCH_END, SLOTS } from "../memory";

/** Kinds of a value. */
export const ABSENT: u8 = 0;

/** A text that may be a date or a number to an engine. */
export const TEXT: u8 = 1;

/** A text that is neither. */
export const PLAIN: u8 = 2;

/** JSON, as it is. */
export const LITERAL: u8 = 3;

/** A whole number that gets a decimal. */
export const WHOLE: u8 = 4;

/** Of slots: field-program.ts refuses formats of more. The last ones are no fields of a format. */
export const MAX_SLOTS: i32 = 128;
export const MESSAGE_SLOT: i32 = 127;

/** The number of a line in its object. */
export const SEQUENCE_SLOT: i32 = 125;

/** The text behind a layout. */
export const REST_SLOT: i32 = 124;

/** Takes the value of a field that only has to be of its kind. */
export const NO_SLOT: i32 = 126;

/** Slots of members that objects/learned.ts has learned: they come after those of programs, and nobody clears them. */
export const FIRST_LEARNED_SLOT: i32 = MAX_SLOTS;
export const MAX_LEARNED_SLOTS: usize = 192;

/** A kind for each slot, then the address and the length of each value, 32 bits each. */
const VALUES: usize = SLOTS + MAX_SLOTS + MAX_LEARNED_SLOTS;

let scratch: usize = SCRATCH;

/** Whether only the parser can read one of the message's texts. */
export let isUnsupported: bool = false;

/** Leaves the message to its parser. Returns true: nobody has to ask whether the text is read. */
export function leave(): bool {
  isUnsupported = true;
  return true;
}

export function clearSlots(): void {
  scratch = SCRATCH;
  isUnsupported = false;
  for (let at: usize = 0; at < <usize>MAX_SLOTS; at += 16) v128.store(SLOTS + at, i8x16.splat(0));
}

export function setSlot(slot: i32, kind: u8, start: usize, end: usize): void {
  store<u8>(SLOTS + slot, kind);
  store<u32>(VALUES + 8 * slot, <u32>start);
  store<u32>(VALUES + 8 * slot, <u32>(end - start), 4);
}

export function clearSlot(slot: i32): void {
  store<u8>(SLOTS + slot, ABSENT);
}

export function kindOf(slot: i32): u8 {
  return load<u8>(SLOTS + slot);
}

export function startOf(slot: i32): usize {
  return load<u32>(VALUES + 8 * slot);
}

export function lengthOf(slot: i32): usize {
  return load<u32>(VALUES + 8 * slot, 4);
}

/** Room for `length` bytes that the message does not have as they are, until the next message; 0: there is none. */
export function reserve(length: usize): usize {
  const at = scratch;
  if (at + length + 16 > SCRATCH_END) return 0;
  scratch = at + length;
  return at;
}
