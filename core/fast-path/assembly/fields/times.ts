import { COLON, DOT, isDigit, MINUS, PLUS, SLASH, SPACE, UPPER_T, UPPER_Z, ZERO } from "../ascii";

export const DAY_SECONDS: i64 = 86_400;

/** The first second of the year 10000. */
export const MAX_SECONDS: i64 = 253_402_300_800;

/** The time that was read last: seconds since the epoch, and what it has beyond them. */
export let seconds: i64 = 0;
export let nanoseconds: i64 = 0;

/** The time that was read last, in ms since the epoch. */
export function lastTime(): i64 {
  return seconds * 1000 + nanoseconds / 1_000_000;
}

/** Digits of seconds since the epoch. */
export const MAX_EPOCH_DIGITS: usize = 11;

/** More than any part of a time. */
const NO_NUMBER: i32 = 100_000;

function twoDigits(at: usize): i32 {
  const high = load<u8>(at) - ZERO;
  const low = load<u8>(at + 1) - ZERO;
  return high > 9 || low > 9 ? NO_NUMBER : <i32>high * 10 + <i32>low;
}

/** Reads a time as `readUtcTime` does. */
export function readUtc(start: usize, end: usize): bool {
  const last = end > start && load<u8>(end - 1) === UPPER_Z ? end - 1 : end;
  const length = last - start;
  if (length !== 19 && (length < 21 || length > 29 || load<u8>(start + 19) !== DOT)) return false;
  if (load<u8>(start + 10) !== UPPER_T) return false;
  const day = dayAt(start);
  if (day === NO_DAY || !readClock(start + 11)) return false;
  nanoseconds = 0;
  let unit: i64 = 100_000_000;
  for (let at = start + 20; at < last; at++) {
    const byte = load<u8>(at);
    if (!isDigit(byte)) return false;
    nanoseconds += unit * <i64>(byte - ZERO);
    unit /= 10;
  }
  seconds += day * DAY_SECONDS;
  return true;
}

/** Reads a time as `readIsoTime` does, in UTC: with an offset of zeros, `Z` or none, and of 1970 or later. */
export function readIso(start: usize, end: usize): bool {
  const zone = end - 5;
  const sign = end - start > 24 ? load<u8>(zone) : 0;
  const isZoned = sign === PLUS || sign === MINUS;
  if (isZoned && (load<u32>(zone + 1) !== ZEROS || load<u8>(zone - 1) === UPPER_Z)) return false;
  return readUtc(start, isZoned ? zone : end) && seconds >= 0;
}

const ZEROS: u32 = 0x30303030;

export function setTime(wholeSeconds: i64, beyond: i64): void {
  seconds = wholeSeconds;
  nanoseconds = beyond;
}

/** Reads `hh:mm:ss` into `seconds`. */
function readClock(at: usize): bool {
  const hour = twoDigits(at);
  const minute = twoDigits(at + 3);
  const second = twoDigits(at + 6);
  if (hour > 23 || minute > 59 || second > 59 || load<u8>(at + 2) !== COLON || load<u8>(at + 5) !== COLON) return false;
  seconds = 3600 * hour + 60 * minute + second;
  return true;
}

const NO_DAY: i64 = i64.MIN_VALUE;

/** Most lines are of the day of the line before: its first eight and last two characters. */
let lastMonth: u64 = 0;
let lastDate: u16 = 0;
let lastDay: i64 = NO_DAY;

/** Days since the epoch of `YYYY-MM-DD`. */
function dayAt(at: usize): i64 {
  const month = load<u64>(at);
  const date = load<u16>(at + 8);
  if (month === lastMonth && date === lastDate) return lastDay;
  lastMonth = month;
  lastDate = date;
  const isDate = load<u8>(at + 4) === MINUS && load<u8>(at + 7) === MINUS;
  lastDay = isDate ? dayOf(100 * twoDigits(at) + twoDigits(at + 2), twoDigits(at + 5), twoDigits(at + 8)) : NO_DAY;
  return lastDay;
}

/** @returns `NO_DAY` for none of the Gregorian calendar, of a year up to 9999 */
function dayOf(year: i32, month: i32, date: i32): i64 {
  if (year > 9999 || month < 1 || month > 12 || date < 1 || date > daysOf(year, month)) return NO_DAY;
  // Years begin in March, so that a leap day is the last.
  const shifted = month > 2 ? year : year - 1;
  const era = (shifted >= 0 ? shifted : shifted - 399) / 400;
  const ofEra = shifted - era * 400;
  const ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + date - 1;
  return <i64>era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468;
}

function daysOf(year: i32, month: i32): i32 {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Reads `09/Mar/2026:12:34:56 +0000` as `readClfTime` does, but for times before 1970. */
export function readClf(start: usize, end: usize): bool {
  if (end - start !== 26 || load<u8>(start + 2) !== SLASH || load<u8>(start + 6) !== SLASH) return false;
  if (load<u8>(start + 11) !== COLON || load<u8>(start + 20) !== SPACE || !readClock(start + 12)) return false;
  const sign = load<u8>(start + 21);
  const hours = twoDigits(start + 22);
  const minutes = twoDigits(start + 24);
  if ((sign !== PLUS && sign !== MINUS) || hours > 14 || minutes > 59) return false;
  const year = 100 * twoDigits(start + 7) + twoDigits(start + 9);
  const day = dayOf(year, monthAt(start + 3), twoDigits(start));
  if (day === NO_DAY) return false;
  const offset = 3600 * hours + 60 * minutes;
  seconds += day * DAY_SECONDS + (sign === PLUS ? -offset : offset);
  nanoseconds = 0;
  return seconds >= 0 && seconds < MAX_SECONDS;
}

/** 1 to 12; 0 for no month. */
function monthAt(at: usize): i32 {
  const name = load<u32>(at) << 8;
  for (let i = 0; i < 12; i++) if (load<u32>(MONTHS + 3 * i) << 8 === name) return i + 1;
  return 0;
}

/** Their names, and a byte that the last load of four has beyond them. */
const MONTHS: usize = memory.data<u8>([
  0x4a, 0x61, 0x6e, 0x46, 0x65, 0x62, 0x4d, 0x61, 0x72, 0x41, 0x70, 0x72, 0x4d, 0x61, 0x79, 0x4a, 0x75, 0x6e, 0x4a,
  0x75, 0x6c, 0x41, 0x75, 0x67, 0x53, 0x65, 0x70, 0x4f, 0x63, 0x74, 0x4e, 0x6f, 0x76, 0x44, 0x65, 0x63, 0,
]);
