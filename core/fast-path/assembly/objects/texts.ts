import { ascii, COLON, DOT, hasAt, isDigit, isHexDigit, OPEN_BRACE, SLASH, ZERO } from "../ascii";
import { indexOf, isAbsent, isEqual } from "../fields/find";
import { wholeOf } from "../fields/numbers";
import { leave, reserve, setSlot, TEXT } from "../fields/slots";
import { argument, firstSlot, secondArgument, secondSlot, thirdSlot } from "../fields/step";
import { putLiteral } from "../fields/tables";
import { readClf, readIso, setTime } from "../fields/times";

const QUESTION_MARK: u8 = 0x3f;
const ARN: u32 = 0x3a6e7261;
const ARN_LENGTH: usize = 4;

/** The longest port behind a host. */
const MAX_PORT: usize = 5;

/** Puts a text that is not absent. */
function putText(start: usize, end: usize, slot: i32): bool {
  if (isAbsent(start, end)) return false;
  setSlot(slot, TEXT, start, end);
  return true;
}

export function readEpochMillis(start: usize, end: usize): bool {
  const ms = end - start === 13 ? wholeOf(start, end) : -1;
  if (ms < 0) return false;
  setTime(ms / 1000, (ms % 1000) * 1_000_000);
  return true;
}

export function readAnyTime(start: usize, end: usize): bool {
  if (readEpochMillis(start, end) || readClf(start, end) || readIso(start, end)) return true;
  const whole = end - start === 10 ? wholeOf(start, end) : -1;
  if (whole < 0) return false;
  setTime(whole, 0);
  return true;
}

const HTTP = ascii("HTTP/");
const HTTP_LENGTH: usize = 5;

export function readAfterHttp(start: usize, end: usize, slot: i32): bool {
  const isHttp = end - start >= HTTP_LENGTH && hasAt(start, HTTP, <i32>HTTP_LENGTH);
  return putText(isHttp ? start + HTTP_LENGTH : start, end, slot);
}

export function readPlainPath(start: usize, end: usize, slot: i32): bool {
  if (load<u8>(start) !== SLASH || indexOf(OPEN_BRACE, start, end) < end) return false;
  setSlot(slot, TEXT, start, end);
  return true;
}

export function readDomain(start: usize, end: usize, slot: i32): bool {
  let port = end;
  while (port > start && isDigit(load<u8>(port - 1)) && end - port < MAX_PORT) port--;
  const isPort = port < end && port > start && load<u8>(port - 1) === COLON;
  return putText(start, isPort ? port - 1 : end, slot);
}

export function readDnsName(start: usize, end: usize, slot: i32): bool {
  const isRooted = end - start > 1 && load<u8>(end - 1) === DOT;
  if (!isRooted) return putText(start, end, slot);
  setSlot(slot, TEXT, start, end - 1);
  return true;
}

export function readWithoutColons(start: usize, end: usize, slot: i32): bool {
  const to = reserve(end - start);
  if (to === 0) return leave();
  let length: usize = 0;
  for (let at = start; at < end; at++) {
    const byte = load<u8>(at);
    if (byte !== COLON) store<u8>(to + length++, byte);
  }
  return putText(to, to + length, slot);
}

export function readTextBut(step: usize, start: usize, end: usize): bool {
  const length = end - start;
  if (length === secondArgument(step) && isEqual(start, argument(step), length)) return leave();
  return putText(start, end, firstSlot(step));
}

/** An ARN has five colons before what it is of; anything else is an id. */
export function readArnAndId(step: usize, start: usize, end: usize): bool {
  let id = start;
  if (end - start > ARN_LENGTH && load<u32>(start) === ARN) {
    for (let colons = 0; colons < 5 && id < end; colons++) id = indexOf(COLON, id, end) + 1;
  }
  if (id === start || id >= end) return putText(start, end, secondSlot(step));
  setSlot(firstSlot(step), TEXT, start, end);
  return putText(id, end, secondSlot(step)) || leave();
}

/** A path, and the whole URL of a request to a proxy, may have a query. */
export function readUrl(step: usize, start: usize, end: usize): bool {
  if (!putText(start, end, firstSlot(step))) return false;
  const mark = indexOf(QUESTION_MARK, start, end);
  if (load<u8>(start) === SLASH) putText(start, mark, secondSlot(step));
  if (mark < end) putText(mark + 1, end, thirdSlot(step));
  return true;
}

/** One or two hexadecimal digits, the text itself and the entry of its lower bits. */
export function readHexBits(step: usize, start: usize, end: usize): bool {
  if (end - start > 2) return false;
  let bits: usize = 0;
  for (let at = start; at < end; at++) {
    const byte = load<u8>(at);
    if (!isHexDigit(byte)) return false;
    bits = bits * 16 + (isDigit(byte) ? byte - ZERO : (byte | 0x20) - 0x61 + 10);
  }
  setSlot(firstSlot(step), TEXT, start, end);
  putLiteral(argument(step), bits & (secondArgument(step) - 1), secondSlot(step));
  return true;
}
