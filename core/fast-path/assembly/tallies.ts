import { HOURS, HOURS_END, ID_TEXT } from "./memory";
import { xxh64 } from "./xxh64";

/** Of an hour: its number since the epoch, its events, and the sum of the hashes of their ids, modulo 2^64. */
const ENTRY_BYTES: usize = 16;
const EVENTS: usize = 4;
const FINGERPRINT: usize = 8;

const HOUR_MS: i64 = 3_600_000;

/** The hours that the events of an envelope have. */
export let hours: i32 = 0;

/** The entry of the last event's hour, and when that begins, in ms since the epoch. */
let entry: usize = HOURS;
let hourStart: i64 = -HOUR_MS;

export function clearHours(): void {
  hours = 0;
  hourStart = -HOUR_MS;
}

/**
 * Counts an event in its hour.
 *
 * @param id its address
 * @param time in ms since the epoch; not negative
 * @returns false if there are more hours than `HOURS` has room for
 */
export function tally(id: usize, length: usize, time: i64): bool {
  if ((time < hourStart || time >= hourStart + HOUR_MS) && !findHour(time)) return false;
  store<u32>(entry, load<u32>(entry, EVENTS) + 1, EVENTS);
  store<u64>(entry, load<u64>(entry, FINGERPRINT) + xxh64(id, length), FINGERPRINT);
  return true;
}

/** Events are in the order of their times, or nearly: the last hours are the first to be looked at. */
function findHour(time: i64): bool {
  const hour = <u32>(time / HOUR_MS);
  let at = HOURS + ENTRY_BYTES * hours;
  const end = at;
  while (at > HOURS) {
    at -= ENTRY_BYTES;
    if (load<u32>(at) === hour) return setEntry(at, hour);
  }
  if (end === HOURS_END) return false;
  hours++;
  store<u32>(end, hour);
  store<u32>(end, 0, EVENTS);
  store<u64>(end, 0, FINGERPRINT);
  return setEntry(end, hour);
}

function setEntry(at: usize, hour: u32): bool {
  entry = at;
  hourStart = <i64>hour * HOUR_MS;
  return true;
}

/** Puts the hash of the id that the caller has put into `ID_TEXT` in its place. @param length in bytes */
export function hashId(length: i32): void {
  store<u64>(ID_TEXT, xxh64(ID_TEXT, length));
}
