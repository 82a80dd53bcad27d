import { COLON, isDigit, MINUS, SPACE, UPPER_T, ZERO } from "../ascii";
import { copy } from "./find";
import { putIso } from "./iso-text";
import { leave, reserve } from "./slots";
import { readIso } from "./times";

/** Limit of a time, in bytes: with nine digits of its second, a zone and some spaces. */
const MAX_TIME: usize = 60;

/**
 * Puts a time of MySQL's error log: `2026-01-01T00:00:00.123456Z`, `2026-01-01  0:00:00` or `260101  0:00:00`, in UTC. Its parser has
 * seen to it that it is one of these, with another zone or that of UTC.
 */
export function putMysqlTime(start: usize, end: usize, slot: i32): bool {
  if (end - start > MAX_TIME) return leave();
  const to = reserve(MAX_TIME + 4);
  if (to === 0) return leave();
  let at = start;
  if (isDigit(load<u8>(start + 4))) {
    store<u16>(to, 0x3032);
    store<u16>(to + 2, load<u16>(start));
    store<u8>(to + 4, MINUS);
    store<u16>(to + 5, load<u16>(start + 2));
    store<u8>(to + 7, MINUS);
    store<u16>(to + 8, load<u16>(start + 4));
    at += 6;
  } else {
    copy(start, to, 10);
    at += 10;
  }
  store<u8>(to + 10, UPPER_T);
  if (load<u8>(at) === UPPER_T) at++;
  while (load<u8>(at) === SPACE) at++;
  let clock = to + 11;
  if (load<u8>(at + 1) === COLON) store<u8>(clock++, ZERO);
  copy(at, clock, end - at);
  return readIso(to, clock + (end - at)) ? putIso(slot) : leave();
}
