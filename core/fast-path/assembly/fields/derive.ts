import { SpanOp } from "../../../parsers/span-ops";
import { DOT, UPPER_T, UPPER_Z, ZERO } from "../ascii";
import { copy, isAbsent, isEqual } from "./find";
import { putIso } from "./iso-text";
import { putJavaError } from "./java-error";
import { putJsonError } from "./json-error";
import { putWhole, readDecimal, readInteger, wholeOf } from "./numbers";
import { putPythonError, putPythonRuntimeError } from "./python-error";
import { putRest, putTrimmedRest, restStart } from "./rest";
import { ABSENT, clearSlot, kindOf, leave, PLAIN, reserve, setSlot } from "./slots";
import { spanEnd, spanStart } from "./split";
import { argument, firstSlot, opOf, secondArgument, secondSlot, thirdArgument, thirdSlot } from "./step";
import { putLiteral } from "./tables";
import { MAX_SECONDS, nanoseconds, readUtc, seconds, setTime } from "./times";

const MAX_MS: i64 = MAX_SECONDS * 1000;
const MAX_SAFE_INTEGER: i64 = 9_007_199_254_740_991;

/** Does a step with several texts of the line. @param count of the line's texts; those that it lacks are empty */
export function derive(step: usize, count: i32): void {
  const first = <i32>argument(step);
  const second = <i32>secondArgument(step);
  const slot = firstSlot(step);
  switch (opOf(step)) {
    case SpanOp.nanosecondsBetween:
      if (max(first, second) < count) between(first, second, slot);
      return;
    case SpanOp.integerByPrefix:
      clearSlot(slot);
      if (second < count) integerByPrefix(step, first < count ? first : -1, second);
      return;
    case SpanOp.decimalByBeginning:
      decimalByBeginning(step);
      return;
    case SpanOp.byPresence:
      putLiteral(<usize>second, first < count && !isAbsent(spanStart(first), spanEnd(first)) ? 1 : 0, slot);
      return;
    case SpanOp.dateAndTime:
      if (max(first, second) >= count || !dateAndTime(first, second, slot)) leave();
      return;
    case SpanOp.epochTime:
      if (first >= count || !epochTime(spanStart(first), spanEnd(first), second, slot)) leave();
      return;
    case SpanOp.restBehind:
      if (spanStart(second) !== 0) putRest(spanEnd(first), slot);
      return;
    case SpanOp.restOfWord:
      if (isWord(first, second, thirdSlot(step))) putRest(restStart, slot);
      return;
    case SpanOp.trimmedRest:
      putTrimmedRest(slot);
      return;
    case SpanOp.anyPresence:
      anyPresence(step, slot);
      return;
    case SpanOp.javaError:
      putJavaError(step);
      return;
    case SpanOp.pythonError:
      putPythonError(step);
      return;
    case SpanOp.pythonRuntimeError:
      putPythonRuntimeError(step);
      return;
    case SpanOp.jsonError:
      putJsonError(step);
      return;
    default:
      leave();
  }
}

/** Whether a column is a word. */
function isWord(column: i32, word: usize, length: usize): bool {
  const start = spanStart(column);
  return start !== 0 && spanEnd(column) - start === length && isEqual(start, word, length);
}

/** Whether one of two columns has a text, if another has one. */
function anyPresence(step: usize, slot: i32): void {
  if (spanStart(secondSlot(step)) === 0) return;
  const has = spanStart(thirdSlot(step)) !== 0 || spanStart(<i32>argument(step)) !== 0;
  putLiteral(secondArgument(step), has ? 1 : 0, slot);
}

/** As `nanosecondsBetween`. */
function between(from: i32, to: i32, slot: i32): void {
  if (!readUtc(spanStart(from), spanEnd(from))) return;
  const startSeconds = seconds;
  const startNanoseconds = nanoseconds;
  if (!readUtc(spanStart(to), spanEnd(to))) return;
  const whole = seconds - startSeconds;
  // More are no exact number to JavaScript.
  if (whole < -1 || whole > 10_000_000) return;
  const all = whole * 1_000_000_000 + nanoseconds - startNanoseconds;
  if (all >= 0 && all <= MAX_SAFE_INTEGER && !putWhole(all, slot)) leave();
}

/** Puts a number where the beginning of another text says. */
function integerByPrefix(step: usize, other: i32, column: i32): void {
  const length: usize = thirdSlot(step);
  const prefix: usize = load<u32>(step, 12);
  const has = other >= 0 && spanEnd(other) - spanStart(other) >= length && isEqual(spanStart(other), prefix, length);
  if (spanEnd(column) > spanStart(column))
    readInteger(spanStart(column), spanEnd(column), has ? firstSlot(step) : secondSlot(step));
}

/**
 * Puts a number into the slot of the first beginning that another text has, else into the one behind those, unless the slot has a
 * value.
 */
function decimalByBeginning(step: usize): void {
  const columns = <i32>argument(step);
  const column = columns >> 8;
  if (spanStart(column) === 0) return;
  const text = spanStart(columns & 0xff);
  let beginning = secondArgument(step);
  let slot = step + 1;
  for (let i = thirdArgument(step); i > 0; i--, beginning += 8, slot++) {
    const length: usize = load<u32>(beginning, 4);
    if (spanEnd(columns & 0xff) - text >= length && isEqual(text, load<u32>(beginning), length)) break;
  }
  if (kindOf(load<u8>(slot)) === ABSENT) readDecimal(spanStart(column), spanEnd(column), load<u8>(slot));
}

/** Puts the time that a date and a time of day are. */
function dateAndTime(date: i32, time: i32, slot: i32): bool {
  const dateLength = spanEnd(date) - spanStart(date);
  const timeLength = spanEnd(time) - spanStart(time);
  if (dateLength !== 10 || timeLength > 18) return false;
  const to = reserve(40);
  if (to === 0) return false;
  copy(spanStart(date), to, dateLength);
  store<u8>(to + dateLength, UPPER_T);
  copy(spanStart(time), to + 11, timeLength);
  const end = to + 12 + timeLength;
  store<u8>(end - 1, UPPER_Z);
  if (!readUtc(to, end)) return false;
  setSlot(slot, PLAIN, to, end);
  return true;
}

/** @param digits of a millisecond behind the point, 0 or 3; more are left to the parser */
function epochTime(start: usize, end: usize, digits: i32, slot: i32): bool {
  let point = start;
  while (point < end && load<u8>(point) !== DOT) point++;
  let ms = end - start > 20 ? -1 : wholeOf(start, point);
  if (ms < 0 || (point < end && (digits === 0 || point + 1 === end))) return false;
  let at = point + 1;
  for (let i = 0; i < digits; i++, at++) {
    const digit = at < end ? load<u8>(at) - ZERO : 0;
    if (digit > 9 || ms >= MAX_MS) return false;
    ms = ms * 10 + <i64>digit;
  }
  if (at < end || ms >= MAX_MS) return false;
  setTime(ms / 1000, (ms % 1000) * 1_000_000);
  return putIso(slot);
}
