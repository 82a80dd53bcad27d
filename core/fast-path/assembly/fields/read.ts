import { SpanOp } from "../../../parsers/span-ops";
import { BACKSLASH, COLON, COMMA, MINUS } from "../ascii";
import {
  readAfterHttp,
  readAnyTime,
  readArnAndId,
  readDnsName,
  readDomain,
  readEpochMillis,
  readHexBits,
  readPlainPath,
  readTextBut,
  readUrl,
  readWithoutColons,
} from "../objects/texts";
import { endOfHost, isBracketed, isIp, isPort } from "./addresses";
import { indexOf, isAbsent } from "./find";
import { putIso } from "./iso-text";
import { putMysqlTime } from "./mysql-time";
import { readDecimal, readInteger, readNanoseconds, wholeOf } from "./numbers";
import { readRequest } from "./request-line";
import { clearSlot, leave, NO_SLOT, PLAIN, setSlot, TEXT } from "./slots";
import { argument, firstSlot, isNeverNegative, isOrAbsent, opOf, secondArgument, secondSlot, thirdSlot } from "./step";
import { readNumbered, readOutcome, readWords, readWordsOfAnyCase } from "./tables";
import { putAddress, putDecoded, putList, putLowerCase, putStem, putTrimmed, putWordBehind } from "./texts";
import { MAX_EPOCH_DIGITS, readClf, readIso, readUtc, setTime } from "./times";
import { putUtc, readNamedUtc } from "./utc-text";

/** In the place of a slot: there is none. */
export const NO_FIELD: i32 = 255;

/** Does a step with a text, which is not empty. Returns whether the text is one of the step's kind. */
export function read(step: usize, start: usize, end: usize): bool {
  const slot = firstSlot(step);
  if (isOrAbsent(step) && isAbsent(start, end)) return true;
  if (isNeverNegative(step) && load<u8>(start) === MINUS) return false;
  switch (opOf(step)) {
    case SpanOp.text:
      setSlot(slot, TEXT, start, end);
      return true;
    case SpanOp.integer:
      return readInteger(start, end, slot);
    case SpanOp.decimal:
      return readDecimal(start, end, slot);
    case SpanOp.ip:
      return readIp(start, end, slot);
    case SpanOp.host:
      return readHost(start, endOfHost(start, end), slot);
    case SpanOp.hostIp:
      return readHostIp(start, endOfHost(start, end), slot);
    case SpanOp.hostPort:
      return readPort(endOfHost(start, end) + 1, end, slot);
    case SpanOp.hostIpPort: {
      const host = endOfHost(start, end);
      return readHostIp(start, host, NO_SLOT) && readPort(host + 1, end, slot);
    }
    case SpanOp.hostAndPort:
      return readHostAndPort(step, start, end);
    case SpanOp.utcTime:
      return readUtc(start, end) && putUtc(start, end, slot);
    case SpanOp.isoTime:
      return readIso(start, end) ? putIso(slot) : leave();
    case SpanOp.epochMillis:
      return readEpochMillis(start, end) && putIso(slot);
    case SpanOp.anyTime:
      return readAnyTime(start, end) ? putIso(slot) : leave();
    case SpanOp.afterHttp:
      return readAfterHttp(start, end, slot);
    case SpanOp.plainPath:
      return readPlainPath(start, end, slot);
    case SpanOp.domain:
      return readDomain(start, end, slot);
    case SpanOp.dnsName:
      return readDnsName(start, end, slot);
    case SpanOp.withoutColons:
      return readWithoutColons(start, end, slot);
    case SpanOp.textBut:
      return readTextBut(step, start, end);
    case SpanOp.arnAndId:
      return readArnAndId(step, start, end);
    case SpanOp.url:
      return readUrl(step, start, end);
    case SpanOp.hexBits:
      return readHexBits(step, start, end);
    case SpanOp.wordBehind:
      return putWordBehind(start, end, argument(step), secondArgument(step), slot);
    case SpanOp.namedUtcTime:
      return readNamedUtc(start, end, argument(step), secondArgument(step), slot);
    case SpanOp.clfTime:
      return readClf(start, end) ? putIso(slot) : leave();
    case SpanOp.epochSeconds:
      return readEpoch(start, end, slot);
    case SpanOp.nanoseconds:
      return readNanoseconds(start, end, argument(step), slot);
    case SpanOp.outcome:
      return readOutcome(start, end, argument(step), slot);
    case SpanOp.words:
      return readWords(step, start, end, slot);
    case SpanOp.numbered:
      return readNumbered(step, start, end, slot, secondSlot(step));
    case SpanOp.lowerCase:
      return putLowerCase(start, end, slot);
    case SpanOp.decoded:
      return putDecoded(start, end, slot);
    case SpanOp.list:
      return putList(start, end, argument(step), secondArgument(step), slot);
    case SpanOp.requestLine:
      readRequest(start, end, argument(step));
      return true;
    case SpanOp.stem:
      return putStem(start, end, slot, secondSlot(step));
    case SpanOp.firstAddress:
      return readFirstAddress(start, end, slot);
    case SpanOp.verbatim:
      setSlot(slot, TEXT, start, end);
      return true;
    case SpanOp.mysqlTime:
      return putMysqlTime(start, end, slot);
    case SpanOp.trimmed:
      return putTrimmed(start, end, slot);
    case SpanOp.wordsOfAnyCase:
      return readWordsOfAnyCase(step, start, end, slot);
    case SpanOp.addressList:
      return putAddress(start, end, slot);
    default:
      return leave();
  }
}

/** As `asIp`: what may be an address of another form is left to the parser. */
function readIp(start: usize, end: usize, slot: i32): bool {
  if (isIp(start, end)) {
    setSlot(slot, PLAIN, start, end);
    return true;
  }
  return indexOf(COLON, start, end) === end ? false : leave();
}

function readHost(start: usize, end: usize, slot: i32): bool {
  const brackets: usize = isBracketed(start, end) ? 1 : 0;
  start += brackets;
  end -= brackets;
  if (isAbsent(start, end)) return false;
  setSlot(slot, TEXT, start, end);
  return true;
}

function readHostIp(start: usize, end: usize, slot: i32): bool {
  const brackets: usize = isBracketed(start, end) ? 1 : 0;
  return readIp(start + brackets, end - brackets, slot);
}

/** With or without a port. A list of addresses, or a quote, is left to the parser. */
function readFirstAddress(start: usize, end: usize, slot: i32): bool {
  if (indexOf(COMMA, start, end) !== end || indexOf(BACKSLASH, start, end) !== end) return leave();
  return readHostIp(start, isIp(start, end) ? end : endOfHost(start, end), slot);
}

function readPort(start: usize, end: usize, slot: i32): bool {
  return isPort(start, end) && readInteger(start, end, slot);
}

function readHostAndPort(step: usize, start: usize, end: usize): bool {
  const host = endOfHost(start, end);
  const address = firstSlot(step);
  const ip = secondSlot(step);
  const port = thirdSlot(step);
  let isRead = address !== NO_FIELD && readHost(start, host, address);
  if (readHostIp(start, host, ip)) isRead = true;
  else clearSlot(ip);
  if (readPort(host + 1, end, port)) isRead = true;
  else clearSlot(port);
  return isRead;
}

/** Seconds since the epoch. */
function readEpoch(start: usize, end: usize, slot: i32): bool {
  const whole = end - start > MAX_EPOCH_DIGITS ? -1 : wholeOf(start, end);
  if (whole < 0) return false;
  setTime(whole, 0);
  return putIso(slot);
}
