import { COLON, DOT, MINUS, UPPER_T, UPPER_Z, ZERO } from "../ascii";
import { leave, PLAIN, reserve, setSlot } from "./slots";
import { DAY_SECONDS, nanoseconds, seconds } from "./times";

const LENGTH: usize = 24;

/** Most lines are of the day of the line before: `YYYY-MM-DDT`, after which 5 bytes are free. */
const dayText: usize = memory.data(16);
let textDay: i64 = -1;

/** Puts the time that was read last, not before 1970, as `isoText` writes it. */
export function putIso(slot: i32): bool {
  const to = reserve(LENGTH);
  if (to === 0) return leave();
  const day = seconds / DAY_SECONDS;
  if (day !== textDay) writeDay(day);
  v128.store(to, v128.load(dayText));
  const second = <i32>(seconds - day * DAY_SECONDS);
  writeTwoDigits(to + 11, second / 3600);
  store<u8>(to + 13, COLON);
  writeTwoDigits(to + 14, (second / 60) % 60);
  store<u8>(to + 16, COLON);
  writeTwoDigits(to + 17, second % 60);
  const ms = <i32>(nanoseconds / 1_000_000);
  store<u8>(to + 19, DOT);
  store<u8>(to + 20, ZERO + <u8>(ms / 100));
  writeTwoDigits(to + 21, ms % 100);
  store<u8>(to + 23, UPPER_Z);
  setSlot(slot, PLAIN, to, to + LENGTH);
  return true;
}

/** Writes a day, not before 1970, in years that begin in March. */
function writeDay(day: i64): void {
  textDay = day;
  const days = <i32>day + 719_468;
  const era = days / 146_097;
  const ofEra = days - era * 146_097;
  const year = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365;
  const ofYear = ofEra - (365 * year + year / 4 - year / 100);
  const month = (5 * ofYear + 2) / 153;
  const calendarMonth = month < 10 ? month + 3 : month - 9;
  const calendarYear = year + era * 400 + (calendarMonth <= 2 ? 1 : 0);
  writeTwoDigits(dayText, calendarYear / 100);
  writeTwoDigits(dayText + 2, calendarYear % 100);
  store<u8>(dayText + 4, MINUS);
  writeTwoDigits(dayText + 5, calendarMonth);
  store<u8>(dayText + 7, MINUS);
  writeTwoDigits(dayText + 8, ofYear - (153 * month + 2) / 5 + 1);
  store<u8>(dayText + 10, UPPER_T);
}

function writeTwoDigits(at: usize, number: i32): void {
  store<u8>(at, ZERO + <u8>(number / 10));
  store<u8>(at + 1, ZERO + <u8>(number % 10));
}
