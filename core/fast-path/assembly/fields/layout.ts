import { SpanOp } from "../../../parsers/span-ops";
import { BACKSLASH, COMMA, HASH, QUOTE, SPACE } from "../ascii";
import { isDateLike } from "../date-like";
import { copyMembers } from "../json-members";
import { setTaken } from "../keys";
import { from, setFrom, setTo, to } from "../memory";
import { copyText, VERBATIM } from "../text";
import { derive } from "./derive";
import { indexOf, isAbsent } from "./find";
import { readHeader } from "./header";
import { matchLayouts, mayBegin } from "./matcher";
import { readMemberColumns } from "./member-columns";
import { COLUMNS, DERIVED, IS_OF_MEMBERS, LAYOUT, lengthOfList, list, putConstants, SPLIT } from "./program-words";
import { read } from "./read";
import { hasOneOf, inMessage, objectStart, restEnd, restStart, setRest } from "./rest";
import { clearSlots, isUnsupported, MESSAGE_SLOT, PLAIN, REST_SLOT, reserve, setSlot } from "./slots";
import { clearSpan, messageEnd, setMessageEnd, spanEnd, spanStart } from "./split";
import { opOf, STEP_BYTES } from "./step";

/** What a program of layouts has: see program-words.ts. Of one of members, names in place of the matcher: see member-columns.ts. */
const MATCHER: usize = LAYOUT;
/** Texts that leave the message to its parser, in JSON: 8 bytes each. */
const WITHOUT: usize = LAYOUT + 4;
/** Whether an object behind the layout becomes fields, and the root fields that it must not have: 8 bytes each. */
const HAS_MEMBERS: usize = LAYOUT + 12;
const TAKEN: usize = LAYOUT + 16;
/** The header before the layout; 0: messages have none. */
const HEADER: usize = LAYOUT + 24;

/** Where the object begins whose members are to be copied, in the envelope; 0: there is none. */
let object: usize = 0;

/** As `readFields`, of a program of layouts, or of members. */
export function readLayout(program: usize, message: usize, limit: usize): bool {
  const matcher: usize = load<u32>(program + MATCHER);
  const header: usize = load<u32>(program + HEADER);
  const isOfMembers = load<i32>(program + SPLIT) === IS_OF_MEMBERS;
  const isHeader = header !== 0 && load<u8>(message) === HASH && load<u8>(message + 1) === SPACE;
  if (!isOfMembers && !isHeader && (header !== 0 || !mayBegin(matcher, message))) return false;
  clearSlots();
  const text = reserve(0);
  const length = copyMessage(message, limit, text);
  if (length === 0 || reserve(length + 1) === 0) return false;
  const end = text + length;
  const columns = lengthOfList(program, COLUMNS);
  for (let i = 0; i < columns; i++) clearSpan(i);
  const start = header === 0 ? text : readHeader(header, text);
  if (start === 0) return false;
  const rest = isOfMembers ? readMemberColumns(matcher, start, end) : matchLayouts(matcher, start);
  if (rest === 0) return false;
  // What becomes members of the document is the message.
  setRest(isOfMembers ? text : rest, end, message + length);
  setMessageEnd(message + length);
  if (hasOneOf(list(program, WITHOUT), lengthOfList(program, WITHOUT))) return false;
  putConstants(program);
  if (!readColumns(list(program, COLUMNS), columns)) return false;
  let step = list(program, DERIVED);
  for (let i = lengthOfList(program, DERIVED); i > 0; i--, step += STEP_BYTES) derive(step, columns);
  return !isUnsupported && putMessage(program, text, end);
}

/** Copies the message, and a quote behind it. @returns its length; 0: only the parser can read it */
function copyMessage(message: usize, limit: usize, text: usize): usize {
  const out = to;
  setFrom(message);
  setTo(text);
  const copied = copyText(limit);
  const length = from - message;
  setFrom(message);
  setTo(out);
  store<u8>(text + length, QUOTE);
  return copied === VERBATIM ? length : 0;
}

function readColumns(column: usize, count: i32): bool {
  for (let i = 0; i < count; i++, column += 8) {
    const start = spanStart(i);
    if (start === 0) continue;
    const end = spanEnd(i);
    if (hasEscapes(start, end)) return false;
    let step: usize = load<u32>(column);
    const last = step + <usize>load<u32>(column, 4) * STEP_BYTES;
    const isEmpty = isAbsent(start, end);
    for (; step < last; step += STEP_BYTES) if (!isEmpty || opOf(step) === SpanOp.verbatim) read(step, start, end);
    if (isUnsupported) return false;
  }
  return true;
}

/** Whether a text has escapes but `\"`. */
function hasEscapes(start: usize, end: usize): bool {
  for (let at = indexOf(BACKSLASH, start, end); at < end; at = indexOf(BACKSLASH, at + 2, end)) {
    if (load<u8>(at + 1) !== QUOTE) return true;
  }
  return false;
}

function putMessage(program: usize, text: usize, end: usize): bool {
  if (isDateLike(text, end)) return false;
  setSlot(MESSAGE_SLOT, PLAIN, text, end);
  object = 0;
  if (load<u32>(program + HAS_MEMBERS) !== 0) {
    const start = objectStart();
    if (start < restEnd) {
      // White space before it is dropped, which only the parser does.
      if (start > restStart) return false;
      object = inMessage(start);
      return true;
    }
  }
  if (isDateLike(restStart, restEnd)) return false;
  setSlot(REST_SLOT, PLAIN, restStart, restEnd);
  return true;
}

/**
 * Copies the members of the object behind the layout, if there is one, each after a comma.
 *
 * @returns the address behind them; 0: only the parser can copy them
 */
export function copyObject(program: usize, at: usize): usize {
  if (object === 0) return at;
  store<u8>(at, COMMA);
  setFrom(object);
  setTo(at + 1);
  setTaken(list(program, TAKEN), lengthOfList(program, TAKEN));
  const isCopied = copyMembers(messageEnd + 1);
  setTaken(0, 0);
  if (!isCopied) return 0;
  return to === at + 1 ? at : to;
}
