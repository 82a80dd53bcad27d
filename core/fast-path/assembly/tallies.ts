import { HOURS, HOURS_END, ID_TEXT } from "./memory";
import { xxh64, xxh64Of56 } from "./xxh64";

/** Before the entries: the number of them. */
const ENTRIES: usize = HOURS + 16;

/** Of an hour: its number since the epoch, its events, and the sum of the hashes of their ids, modulo 2^64. */
const ENTRY_BYTES: usize = 16;
const EVENTS: usize = 4;
const FINGERPRINT: usize = 8;

const HOUR_MS: i64 = 3_600_000;

/** The entry of the last event's hour, and when that begins, in ms since the epoch. */
let entry: usize = ENTRIES;
let hourStart: i64 = -HOUR_MS;

export function clearHours(): void {
  store<u32>(HOURS, 0);
  hourStart = -HOUR_MS;
}

/**
 * Counts an event in its hour.
 *
 * @param id the address of its id: 56 bytes
 * @param time in ms since the epoch; not negative
 * @returns false if there are more hours than `HOURS` has room for
 */
export function tally(id: usize, time: i64): bool {
  if ((time < hourStart || time >= hourStart + HOUR_MS) && !findHour(time)) return false;
  store<u32>(entry, load<u32>(entry, EVENTS) + 1, EVENTS);
  store<u64>(entry, load<u64>(entry, FINGERPRINT) + xxh64Of56(id), FINGERPRINT);
  return true;
}

/** Events are in the order of their times, or nearly: the last hours are the first to be looked at. */
function findHour(time: i64): bool {
  const hour = <u32>(time / HOUR_MS);
  const hours = load<u32>(HOURS);
  const end = ENTRIES + ENTRY_BYTES * hours;
  let at = end;
  while (at > ENTRIES) {
    at -= ENTRY_BYTES;
    if (load<u32>(at) === hour) return setEntry(at, hour);
  }
  if (end === HOURS_END) return false;
  store<u32>(HOURS, hours + 1);
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
