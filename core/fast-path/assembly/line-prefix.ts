import { ZERO } from "./ascii";
import { LINE_PREFIX, to } from "./memory";

/** Digits of an event's id in CloudWatch Logs. */
export const ID_LENGTH: i32 = 56;

const DAY_MS = 86_400_000;

/**
 * The line prefix: the part before the message's text that the lines of a record's events of one slot share. A slot is a span of
 * time within one day: see IndexSlot.
 */
export let linePrefixLength: usize = 0;
let idOffset: usize = 0;

/** The offset of the end of `cloud`, its brace. */
export let cloudEnd: usize = 0;
let timeOffset: usize = 0;
let slotFrom: i64 = 0;
let slotUntil: i64 = 0;
let midnight: i64 = 0;

/**
 * Describes the line prefix in `LINE_PREFIX`: its length, the offsets of the id, of the time of day and of the end of `cloud`, and its
 * slot in ms since the epoch, the end exclusive.
 */
export function setLinePrefix(length: usize, id: usize, time: usize, cloud: usize, from: f64, until: f64): void {
  linePrefixLength = length;
  cloudEnd = cloud;
  idOffset = id;
  timeOffset = time;
  slotFrom = <i64>from;
  slotUntil = <i64>until;
  midnight = slotFrom - (slotFrom % DAY_MS);
}

/** Until the next `setLinePrefix` no time has a line prefix. */
export function clearLinePrefix(): void {
  slotUntil = 0;
}

/** @param time in ms since the epoch; not negative */
export function hasLinePrefixFor(time: i64): bool {
  return time >= slotFrom && time < slotUntil;
}

/**
 * Writes the line prefix with an event's id and time at the cursor, without moving it.
 *
 * @param id its address in the envelope
 * @returns false if the id is not 56 digits
 */
export function writeLinePrefix(id: usize, time: i64): bool {
  for (let i: usize = 0; i < linePrefixLength; i += 16) v128.store(to + i, v128.load(LINE_PREFIX + i));
  writeTimeOfDay(to + timeOffset, <i32>(time - midnight));
  return copyId(id, to + idOffset);
}

function copyId(from: usize, to: usize): bool {
  let nonDigits = i8x16.splat(0);
  for (let i: usize = 0; i < 48; i += 16) nonDigits = v128.or(nonDigits, copyDigits(from + i, to + i));
  nonDigits = v128.or(nonDigits, copyDigits(from + 40, to + 40));
  return !v128.any_true(nonDigits);
}

/** Copies 16 bytes and returns a mask of those that are not digits. */
function copyDigits(from: usize, to: usize): v128 {
  const bytes = v128.load(from);
  v128.store(to, bytes);
  return i8x16.gt_u(i8x16.sub(bytes, i8x16.splat(<i8>ZERO)), i8x16.splat(9));
}

/** Writes the digits of `hh:mm:ss.mmm`; the line prefix has the separators. */
export function writeTimeOfDay(at: usize, ms: i32): void {
  const seconds = ms / 1000;
  const minutes = seconds / 60;
  writeTwoDigits(at, minutes / 60);
  writeTwoDigits(at + 3, minutes % 60);
  writeTwoDigits(at + 6, seconds % 60);
  const milliseconds = ms % 1000;
  store<u8>(at + 9, ZERO + <u8>(milliseconds / 100));
  writeTwoDigits(at + 10, milliseconds % 100);
}

function writeTwoDigits(at: usize, number: i32): void {
  store<u8>(at, ZERO + <u8>(number / 10));
  store<u8>(at + 1, ZERO + <u8>(number % 10));
}
