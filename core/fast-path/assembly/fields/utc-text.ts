import { UPPER_Z } from "../ascii";
import { copy, indexOf, isEqual } from "./find";
import { leave, reserve, setSlot, TEXT } from "./slots";
import { readUtc } from "./times";

const SEMICOLON: u8 = 0x3b;

/** Limit of a time behind a name, in bytes: that of core/parsers/alb-connection.ts. */
const MAX_NAMED: usize = 40;

/** Puts a time in UTC as `asUtcTime` does: with `Z`, which it may lack. */
export function putUtc(start: usize, end: usize, slot: i32): bool {
  if (load<u8>(end - 1) === UPPER_Z) {
    setSlot(slot, TEXT, start, end);
    return true;
  }
  const length = end - start;
  const to = reserve(length + 1);
  if (to === 0) return leave();
  copy(start, to, length);
  store<u8>(to + length, UPPER_Z);
  setSlot(slot, TEXT, to, to + length + 1);
  return true;
}

/** Puts the time behind `NotBefore=`, up to a semicolon. */
export function readNamedUtc(start: usize, end: usize, name: usize, length: usize, slot: i32): bool {
  const first = load<u8>(name);
  let at = indexOf(first, start, end);
  while (at + length <= end && !isEqual(at, name, length)) at = indexOf(first, at + 1, end);
  if (at + length >= end) return at < end ? leave() : false;
  const from = at + length;
  const to = indexOf(SEMICOLON, from, end);
  if (to === from || to - from > MAX_NAMED) return leave();
  return readUtc(from, to) && putUtc(from, to, slot);
}
