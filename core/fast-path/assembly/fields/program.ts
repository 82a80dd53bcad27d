import { MINUS, OPEN_BRACKET, QUOTE } from "../ascii";
import { derive } from "./derive";
import { isAbsent } from "./find";
import { readLayout } from "./layout";
import { timeOf } from "./own-time";
import { readPairs } from "./pairs";
import { MATCH, matches } from "./pattern";
import {
  COLUMNS,
  DERIVED,
  FIRST_COLUMN,
  FORMS,
  HEAD_BYTES,
  HEAD_COLUMN,
  hasItsSignature,
  IS_BY_EVIDENCE,
  IS_LAYOUT,
  IS_OF_MEMBERS,
  IS_PAIRS,
  lengthOfList,
  list,
  MIN_COLUMNS,
  putConstants,
  SPLIT,
  TIME,
} from "./program-words";
import { read } from "./read";
import { clearSlots, isUnsupported, MESSAGE_SLOT, PLAIN, setSlot } from "./slots";
import { messageEnd, spanEnd, spanStart, split } from "./split";
import { STEP_BYTES } from "./step";
import { mayBeOther } from "./text-kind";

/** What a field may be in, one bit each: nothing, quotes, brackets; a dash in nothing. */
const PLAIN_SHAPE: u32 = 1;
const QUOTED_SHAPE: u32 = 2;
const BRACKETED_SHAPE: u32 = 4;
const DASH_SHAPE: u32 = 8;

/** A line is none if fewer of its texts look like their fields, unless it has as many as the format. */
const EVIDENCE: i32 = 3;

/** `NO_MEASUREMENT` of core/parsers/field-table.ts. */
const NO_MEASUREMENT: u16 = 0x312d;

/** The time of the line that was read last, in ms since the epoch, if its program has one; negative: the line has none. */
export let ownTime: i64 = -1;

/**
 * Reads the message into the slots of its fields. Returns false if it is none of the format's lines, or one that only its parser can
 * read: nothing is written then.
 */
export function readFields(program: usize, message: usize, limit: usize): bool {
  if (!hasItsSignature(program, message, limit)) return false;
  const mode = load<i32>(program + SPLIT);
  if (mode === IS_LAYOUT || mode === IS_OF_MEMBERS) return readLayout(program, message, limit);
  if (mode === IS_PAIRS) return readPairs(program, message, limit);
  const texts = split(message, limit, mode);
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
  if (isUnsupported || mayBeOther(message, messageEnd)) return false;
  const time = list(program, TIME);
  if (time !== 0) ownTime = timeOf(time, texts);
  setSlot(MESSAGE_SLOT, PLAIN, message, messageEnd);
  return true;
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
