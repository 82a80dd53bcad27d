import { ZERO } from "./ascii";
import { FRAME, to } from "./memory";

/** How many digits an event's id has in CloudWatch Logs. */
export const ID_LENGTH: i32 = 56;

const DAY_MS = 86_400_000;

/** The frame: what the lines of a record's events of one day have in common, up to the text of the message. */
export let frameLength: usize = 0;
let idAt: usize = 0;
let timeAt: usize = 0;
let frameDay: i32 = -1;

/** Tells what is in `FRAME`: the frame's length, where in it the id and the time of day begin, and its day. */
export function setFrame(length: usize, id: usize, time: usize, day: i32): void {
  frameLength = length;
  idAt = id;
  timeAt = time;
  frameDay = day;
}

/** There is none until one is set. */
export function forgetFrame(): void {
  frameDay = -1;
}

/** The day of a time in ms since the epoch, in days since the epoch. */
export function dayOf(time: i64): i32 {
  return <i32>(time / DAY_MS);
}

export function hasFrameOf(time: i64): bool {
  return dayOf(time) === frameDay;
}

/**
 * Writes the frame at the cursor, which stays where it is.
 *
 * @param id where it is in the envelope
 * @returns false if the id is not 56 digits
 */
export function writeFrame(id: usize, time: i64): bool {
  for (let i: usize = 0; i < frameLength; i += 16) v128.store(to + i, v128.load(FRAME + i));
  writeTime(to + timeAt, <i32>(time - <i64>frameDay * DAY_MS));
  return copyId(id, to + idAt);
}

function copyId(from: usize, to: usize): bool {
  let others = i8x16.splat(0);
  for (let i: usize = 0; i < 48; i += 16) others = v128.or(others, copyDigits(from + i, to + i));
  others = v128.or(others, copyDigits(from + 40, to + 40));
  return !v128.any_true(others);
}

/** Copies 16 bytes, and marks those that are no digits. */
function copyDigits(from: usize, to: usize): v128 {
  const bytes = v128.load(from);
  v128.store(to, bytes);
  return i8x16.gt_u(i8x16.sub(bytes, i8x16.splat(<i8>ZERO)), i8x16.splat(9));
}

/** Writes `hh:mm:ss.mmm`; what stands between the digits is there already. */
function writeTime(at: usize, ms: i32): void {
  const seconds = ms / 1000;
  const minutes = seconds / 60;
  writeTwo(at, minutes / 60);
  writeTwo(at + 3, minutes % 60);
  writeTwo(at + 6, seconds % 60);
  const thousandths = ms % 1000;
  store<u8>(at + 9, ZERO + <u8>(thousandths / 100));
  writeTwo(at + 10, thousandths % 100);
}

function writeTwo(at: usize, number: i32): void {
  store<u8>(at, ZERO + <u8>(number / 10));
  store<u8>(at + 1, ZERO + <u8>(number % 10));
}
