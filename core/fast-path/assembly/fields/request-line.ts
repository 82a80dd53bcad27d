import { COLON, DOT, isDigit, isLetter, isUpper, MINUS, PLUS, SLASH, SPACE } from "../ascii";
import { endOfHost, isPort } from "./addresses";
import { indexOf, isAbsent, lastIndexOf } from "./find";
import { readInteger } from "./numbers";
import { clearSlot, leave, PLAIN, setSlot, TEXT } from "./slots";

const MAX_METHOD: usize = 32;
const MAX_SCHEME: usize = 16;
const QUESTION_MARK: u8 = 0x3f;

/** Slots of a request line, by their places in `slots`: see core/parsers/request-line.ts. */
const METHOD = 0;
const VERSION = 1;
const ORIGINAL = 2;
const SCHEME = 3;
const DOMAIN = 4;
const PORT = 5;
const PATH = 6;
const QUERY = 7;

/** As `requestLine`. @param slots the address of their numbers, one byte each */
export function readRequest(start: usize, end: usize, slots: usize): void {
  const first = indexOf(SPACE, start, end);
  if (first === end || !isMethod(start, first)) {
    readUrl(start, end, slots);
    return;
  }
  const last = lastIndexOf(SPACE, start, end);
  const isHttp = isVersion(last + 1, end);
  const hasProtocol = last > first && (isHttp || isAbsent(last + 1, end));
  if (!isAbsent(start, first)) setSlot(load<u8>(slots + METHOD), TEXT, start, first);
  if (isHttp) setSlot(load<u8>(slots + VERSION), PLAIN, last + 6, end);
  else clearSlot(load<u8>(slots + VERSION));
  readUrl(first + 1, hasProtocol ? last : end, slots);
}

function readUrl(start: usize, end: usize, slots: usize): void {
  if (!isUrl(start, end)) return;
  setSlot(load<u8>(slots + ORIGINAL), TEXT, start, end);
  const schemeEnd = load<u8>(start) === SLASH ? start : endOfScheme(start, end);
  if (schemeEnd === 0) return;
  const host = schemeEnd === start ? start : schemeEnd + 3;
  const mark = indexOf(QUESTION_MARK, host, end);
  const hostEnd = indexOf(SLASH, host, mark);
  if (host > start) setSlot(load<u8>(slots + SCHEME), TEXT, start, schemeEnd);
  if (host < hostEnd) {
    // Of a malformed request, ELB writes `http://host:80-/`.
    const portEnd = load<u8>(hostEnd - 1) === MINUS ? hostEnd - 1 : hostEnd;
    const nameEnd = endOfHost(host, portEnd);
    const hasPort = nameEnd < portEnd;
    setSlot(load<u8>(slots + DOMAIN), TEXT, host, hasPort ? nameEnd : hostEnd);
    if (hasPort && isPort(nameEnd + 1, portEnd)) readInteger(nameEnd + 1, portEnd, load<u8>(slots + PORT));
  }
  if (hostEnd < mark) setSlot(load<u8>(slots + PATH), TEXT, hostEnd, mark);
  if (mark + 1 < end) setSlot(load<u8>(slots + QUERY), TEXT, mark + 1, end);
}

/** Whether there is more than dashes and spaces. */
function isUrl(at: usize, end: usize): bool {
  while (at < end && (load<u8>(at) === MINUS || load<u8>(at) === SPACE)) at++;
  return at < end;
}

/** @returns 0: the text begins with no scheme */
function endOfScheme(start: usize, end: usize): usize {
  let at = start;
  let hasCapitals = false;
  if (!isLetter(load<u8>(start))) return 0;
  for (; at < end && at - start < MAX_SCHEME && isInScheme(load<u8>(at)); at++) {
    if (isUpper(load<u8>(at))) hasCapitals = true;
  }
  if (at + 3 > end || load<u8>(at) !== COLON || load<u8>(at + 1) !== SLASH || load<u8>(at + 2) !== SLASH) return 0;
  if (hasCapitals) leave();
  return at;
}

function isInScheme(byte: u8): bool {
  return isLetter(byte) || isDigit(byte) || byte === PLUS || byte === DOT || byte === MINUS;
}

function isMethod(start: usize, end: usize): bool {
  if (start === end || end - start > MAX_METHOD) return false;
  for (let at = start; at < end; at++) if (!isInMethod(load<u8>(at))) return false;
  return true;
}

function isInMethod(byte: u8): bool {
  if (isLetter(byte) || isDigit(byte)) return true;
  switch (byte) {
    case 0x21: // !
    case 0x23: // #
    case 0x24: // $
    case 0x25: // %
    case 0x26: // &
    case 0x27: // '
    case 0x2a: // *
    case 0x2b: // +
    case 0x2d: // -
    case 0x2e: // .
    case 0x5e: // ^
    case 0x5f: // _
    case 0x60: // `
    case 0x7c: // |
    case 0x7e: // ~
      return true;
    default:
      return false;
  }
}

/** Whether `HTTP/1.1` or `HTTP/2` is here, in any case. */
function isVersion(at: usize, end: usize): bool {
  const length = end - at;
  if (length !== 6 && length !== 8) return false;
  if ((load<u32>(at) | 0x20202020) !== 0x70747468 || load<u8>(at + 4) !== SLASH || !isDigit(load<u8>(at + 5)))
    return false;
  return length === 6 || (load<u8>(at + 6) === DOT && isDigit(load<u8>(at + 7)));
}
