import { MINUS, OPEN_BRACKET, QUOTE } from "../ascii";
import { derive } from "./derive";
import { isAbsent } from "./find";
import { timeOf } from "./own-time";
import { MATCH, matches, NO_MATCH } from "./pattern";
import { read } from "./read";
import { clearSlots, isUnsupported, LITERAL, setSlot } from "./slots";
import { spanEnd, spanStart, split } from "./split";
import { STEP_BYTES } from "./step";

/** What a field may be in, one bit each: nothing, quotes, brackets; a dash in nothing. */
const PLAIN_SHAPE: u32 = 1;
const QUOTED_SHAPE: u32 = 2;
const BRACKETED_SHAPE: u32 = 4;
const DASH_SHAPE: u32 = 8;

/** A line is none if fewer of its texts look like their fields, unless it has as many as the format. */
const EVIDENCE: i32 = 3;

/** `NO_MEASUREMENT` of core/parsers/field-table.ts. */
const NO_MEASUREMENT: u16 = 0x312d;

/**
 * A program: what core/fast-path/field-program.ts makes of a format's table, at offsets of 32 bits. Addresses are those of lists,
 * each before their lengths; the lists' own entries are below.
 */
const SPLIT: usize = 0;
/** The first field of a line, by its place in the table. */
const FIRST_COLUMN: usize = 4;
/** Entries of 8 bytes: the address of a field's steps, and their number. */
const COLUMNS: usize = 8;
/** Entries of 16 bytes: a field, a pattern, a step and its shapes; zeros: none. */
const FORMS: usize = 16;
/** Whether texts without a value need no form. */
const IS_BY_EVIDENCE: usize = 24;
/** The least number of a line's texts. */
const MIN_COLUMNS: usize = 28;
/** Limit of what is before a field, in bytes. */
const HEAD_COLUMN: usize = 32;
const HEAD_BYTES: usize = 36;
const DERIVED: usize = 40;
/** Entries of 12 bytes: a slot, and the address and the length of its JSON. */
const CONSTANTS: usize = 48;
/** Patterns of how a message begins: that of the format, and those that must not fit. */
const SIGNATURE: usize = 56;
const EARLIER: usize = 60;
/** Entries of the document: see document.ts. */
export const DOCUMENT: usize = 68;
/** The address of the step that is a line's own time; 0: nobody needs it. */
const TIME: usize = 76;

/** The time of the line that was read last, in ms since the epoch, if its program has one; negative: the line has none. */
export let ownTime: i64 = -1;

function list(program: usize, offset: usize): usize {
  return load<u32>(program + offset);
}

function lengthOfList(program: usize, offset: usize): i32 {
  return load<u32>(program + offset, 4);
}

/**
 * Reads the message into the slots of its fields. Returns false if it is none of the format's lines, or one that only its parser can
 * read: nothing is written then.
 */
export function readFields(program: usize, message: usize, limit: usize): bool {
  if (!hasItsSignature(program, message, limit)) return false;
  const texts = split(message, limit, load<i32>(program + SPLIT));
  const first = load<i32>(program + FIRST_COLUMN);
  const count = texts + first;
  if (texts < load<i32>(program + MIN_COLUMNS) || count > lengthOfList(program, COLUMNS)) return false;
  clearSlots();
  if (!hasForms(program, message, texts, first)) return false;
  putConstants(program);
  const columns = list(program, COLUMNS);
  for (let i = 0; i < texts; i++) {
    const start = spanStart(i);
    const end = spanEnd(i);
    if (isAbsent(start, end)) continue;
    const column = columns + 8 * (i + first);
    let step: usize = load<u32>(column);
    const last = step + <usize>load<u32>(column, 4) * STEP_BYTES;
    let isRead = step === last;
    for (; step < last; step += STEP_BYTES) if (read(step, start, end)) isRead = true;
    if (!isRead && (end - start !== 2 || load<u16>(start) !== NO_MEASUREMENT)) return false;
    if (isUnsupported) return false;
  }
  let step = list(program, DERIVED);
  for (let i = lengthOfList(program, DERIVED); i > 0; i--, step += STEP_BYTES) derive(step, texts);
  const time = list(program, TIME);
  if (time !== 0) ownTime = timeOf(time, texts);
  return !isUnsupported;
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

function putConstants(program: usize): void {
  let at = list(program, CONSTANTS);
  for (let i = lengthOfList(program, CONSTANTS); i > 0; i--, at += 12) {
    setSlot(load<u32>(at), LITERAL, load<u32>(at, 4), load<u32>(at, 4) + load<u32>(at, 8));
  }
}

/** Whether the texts look like their fields. */
function hasForms(program: usize, message: usize, texts: i32, first: i32): bool {
  const headBytes = load<u32>(program + HEAD_BYTES);
  if (headBytes > 0 && spanStart(load<i32>(program + HEAD_COLUMN)) - message > headBytes) return false;
  const isByEvidence = load<u32>(program + IS_BY_EVIDENCE) !== 0;
  let evidence = 0;
  let form = list(program, FORMS);
  for (let i = lengthOfList(program, FORMS); i > 0; i--, form += 16) {
    const text = load<i32>(form) - first;
    if (text >= texts) {
      if (isByEvidence || load<u32>(form, 4) + load<u32>(form, 8) === 0) continue;
      return false;
    }
    const start = spanStart(text);
    const end = spanEnd(text);
    if (isByEvidence && end - start === 1 && load<u8>(start) === MINUS) continue;
    if (!hasForm(form, start, end)) return false;
    evidence++;
  }
  if (!isByEvidence) return true;
  return evidence >= (texts + first === lengthOfList(program, COLUMNS) ? 1 : EVIDENCE);
}

function hasForm(form: usize, start: usize, end: usize): bool {
  const pattern = load<u32>(form, 4);
  const step = load<u32>(form, 8);
  const shapes = load<u32>(form, 12);
  if (shapes !== 0 && (shapes & shapeOf(start, end)) === 0) return false;
  if (pattern !== 0 && matches(start, end, pattern) !== MATCH) return false;
  return step === 0 || read(step, start, end);
}

function shapeOf(start: usize, end: usize): u32 {
  const before = load<u8>(start - 1);
  if (before === QUOTE && load<u8>(start - 2) === 0x5c) return QUOTED_SHAPE;
  if (before === OPEN_BRACKET) return BRACKETED_SHAPE;
  return isAbsent(start, end) ? DASH_SHAPE | PLAIN_SHAPE : PLAIN_SHAPE;
}
