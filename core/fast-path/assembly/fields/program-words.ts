import { MATCH, matches, NO_MATCH } from "./pattern";
import { LITERAL, setSlot } from "./slots";

/**
 * A program: what core/fast-path/field-program.ts makes of a format's table, at offsets of 32 bits. Addresses are those of lists,
 * each before their lengths; the lists' own entries are below.
 */
export const SPLIT: usize = 0;
/** The first field of a line, by its place in the table. */
export const FIRST_COLUMN: usize = 4;
/** Entries of 8 bytes: the address of a field's steps, and their number. */
export const COLUMNS: usize = 8;
/** Entries of 16 bytes: a field, a pattern, a step and its shapes; zeros: none. */
export const FORMS: usize = 16;
/** Whether texts without a value need no form. */
export const IS_BY_EVIDENCE: usize = 24;
/** The least number of a line's texts. */
export const MIN_COLUMNS: usize = 28;
/** Limit of what is before a field, in bytes. */
export const HEAD_COLUMN: usize = 32;
export const HEAD_BYTES: usize = 36;
export const DERIVED: usize = 40;
/** Entries of 12 bytes: a slot, and the address and the length of its JSON. */
export const CONSTANTS: usize = 48;
/** Patterns of how a message begins: that of the format, and those that must not fit. */
export const SIGNATURE: usize = 56;
export const EARLIER: usize = 60;
/** Entries of the document: see document.ts. */
export const DOCUMENT: usize = 68;
/** The address of the step that is a line's own time; 0: nobody needs it. */
export const TIME: usize = 76;

/** Of layouts, in place of fields: see layout.ts. */
export const LAYOUT: usize = 80;

/** In the place of a split: the message has a layout. */
export const IS_LAYOUT: i32 = 32;

/** The same: it is nothing but pairs. */
export const IS_PAIRS: i32 = 64;

/** The same: it is a JSON object, whose members are columns. */
export const IS_OF_MEMBERS: i32 = 256;

export function list(program: usize, offset: usize): usize {
  return load<u32>(program + offset);
}

export function lengthOfList(program: usize, offset: usize): i32 {
  return load<u32>(program + offset, 4);
}

export function hasItsSignature(program: usize, message: usize, limit: usize): bool {
  const signature = load<u32>(program + SIGNATURE);
  if (signature === 0) return true;
  if (matches(message, limit, signature) !== MATCH) return false;
  let earlier = list(program, EARLIER);
  for (let i = lengthOfList(program, EARLIER); i > 0; i--, earlier += 4) {
    if (matches(message, limit, load<u32>(earlier)) !== NO_MATCH) return false;
  }
  return true;
}

export function putConstants(program: usize): void {
  let at = list(program, CONSTANTS);
  for (let i = lengthOfList(program, CONSTANTS); i > 0; i--, at += 12) {
    setSlot(load<u32>(at), LITERAL, load<u32>(at, 4), load<u32>(at, 4) + load<u32>(at, 8));
  }
}
