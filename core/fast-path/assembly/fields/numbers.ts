import { DOT, isDigit, MINUS, ZERO } from "../ascii";
import { LITERAL, leave, reserve, setSlot, WHOLE } from "./slots";

/** As `MAX_DIGITS` of core/parsers/field-values.ts. */
const MAX_DIGITS: usize = 30;

/** Digits that a whole number of 64 bits may have. */
const MAX_WHOLE: usize = 18;

export function endOfDigits(at: usize, end: usize): usize {
  while (at < end && isDigit(load<u8>(at))) at++;
  return at;
}

/** As `asInteger`. */
export function readInteger(start: usize, end: usize, slot: i32): bool {
  const digits = firstDigit(start);
  if (end - start > MAX_DIGITS || digits >= end || endOfDigits(digits, end) !== end) return false;
  return putNumber(start, digits, end, end, slot, LITERAL);
}

/** As `asDecimal`. */
export function readDecimal(start: usize, end: usize, slot: i32): bool {
  const digits = firstDigit(start);
  if (end - start > MAX_DIGITS || digits >= end) return false;
  const point = endOfDigits(digits, end);
  if (point === digits) return false;
  if (point === end) return putNumber(start, digits, point, end, slot, WHOLE);
  if (load<u8>(point) !== DOT || point + 1 === end || endOfDigits(point + 1, end) !== end) return false;
  return putNumber(start, digits, point, end, slot, LITERAL);
}

function firstDigit(start: usize): usize {
  return load<u8>(start) === MINUS ? start + 1 : start;
}

/** JSON's numbers have no zeros before other digits; those of negative numbers are left to the parser. */
function putNumber(start: usize, digits: usize, point: usize, end: usize, slot: i32, kind: u8): bool {
  while (load<u8>(digits) === ZERO && digits + 1 < point) {
    if (digits !== start) return leave();
    start++;
    digits++;
  }
  setSlot(slot, kind, start, end);
  return true;
}

/**
 * As `nanoseconds`.
 *
 * @param shift digits of a nanosecond behind the unit's point
 */
export function readNanoseconds(start: usize, end: usize, shift: usize, slot: i32): bool {
  const point = endOfDigits(start, end);
  if (point === start || point - start > 12) return false;
  if (point < end) {
    if (load<u8>(point) !== DOT || point + 1 === end || end - point > 31) return false;
    if (endOfDigits(point + 1, end) !== end) return false;
  }
  const length = point - start + shift;
  const to = reserve(length);
  if (to === 0) return leave();
  for (let i: usize = 0; start + i < point; i++) store<u8>(to + i, load<u8>(start + i));
  const fraction = to + (point - start);
  for (let i: usize = 0; i < shift; i++) store<u8>(fraction + i, point + 1 + i < end ? load<u8>(point + 1 + i) : ZERO);
  return putNumber(to, to, to + length, to + length, slot, LITERAL);
}

/** Puts a whole number, which is not negative. */
export function putWhole(number: i64, slot: i32): bool {
  const to = reserve(20);
  if (to === 0) return false;
  let at = to + 20;
  do {
    store<u8>(--at, ZERO + <u8>(number % 10));
    number /= 10;
  } while (number > 0);
  setSlot(slot, LITERAL, at, to + 20);
  return true;
}

/** The value of up to 18 digits; -1 for anything else. */
export function wholeOf(start: usize, end: usize): i64 {
  if (start >= end || end - start > MAX_WHOLE || endOfDigits(start, end) !== end) return -1;
  let number: i64 = 0;
  for (let at = start; at < end; at++) number = number * 10 + <i64>(load<u8>(at) - ZERO);
  return number;
}
