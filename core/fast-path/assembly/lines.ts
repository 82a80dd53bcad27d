import { ascii, BACKSLASH, OPEN_BRACE, QUOTE, SPACE } from "./ascii";
import { isDateLike } from "./date-like";
import { writeDecimal } from "./decimal";
import { escapeLine, MAX_ESCAPED_BYTES } from "./escape-line";
import { writeFields } from "./fields/document";
import { ownTime, readFields } from "./fields/program";
import { LITERAL, SEQUENCE_SLOT, setSlot } from "./fields/slots";
import { isAscii } from "./fields/split";
import { ENDS, FULL, LINE_TEXT, OUT, setTo, to } from "./memory";
import { areAllParsed, isParsed, programs, programsEnd } from "./message";
import { copiedCloud, hasObjectPrefixFor, objectCloud, writeObjectPrefix } from "./object-prefixes";
import {
  needsString,
  OBJECT_PROGRAM,
  objectTime,
  readLineFields,
  readObjectFields,
  writeObjectFields,
} from "./objects/program";
import { ALL_ENCODED, NEEDS_LINE_PREFIX, NEEDS_PLAIN_PATH, NEXT, OUT_FULL } from "./status";

/*
 * Lines of an object: bytes, as they are in it. Most are escaped as a JSON string first, so that the programs of fields/ and all else
 * that reads messages reads lines, too. JSON objects, which would double their quotes, are read as they are where nothing needs that.
 */

/** Of a line: where it starts and ends, as offsets of 32 bits. One that ends where it starts is no event. */
const ENTRY_BYTES: usize = 8;

/** After the line prefix of an object: what else a document of text has. */
const SEQUENCE_KEY = ascii('},"event":{"sequ');
const SEQUENCE_KEY_END = ascii('ence":');
const SEQUENCE_KEY_END_LENGTH = 6;
const MESSAGE_KEY = ascii('},"message":"');
const MESSAGE_KEY_LENGTH = 13;
const TEXT_END = ascii('"}\n');

/** Of the object, in ms since the epoch: when it was written, and the latest time that a line of it may have. */
let written: i64 = 0;
let latest: i64 = 0;

let table: usize = 0;
let count: i32 = 0;
let bytes: usize = 0;
let firstNumber: i64 = 0;
let areUtf8: bool = true;

/** The current line, and its document's time in ms since the epoch. */
export let line: i32 = 0;
export let lineTime: i64 = 0;

/** How many of the lines in `OUT` the encoder itself has written from their fields. */
export let fieldLines: i32 = 0;

let events: i32 = 0;
let isWritten: bool = false;

/** The number of the current line, in digits. */
const DIGITS: usize = memory.data(32);
let digits: usize = 0;

/**
 * Says how lines get their times, in ms since the epoch: one without a time, or with another than from 0 to `latestTime`, has the
 * object's.
 */
export function setObjectTimes(objectTime: f64, latestTime: f64): void {
  written = <i64>objectTime;
  latest = <i64>latestTime;
}

/**
 * Starts lines that follow one another in an object, and discards those in `OUT`.
 *
 * @param places the address of their table
 * @param lines their number
 * @param start the address to which the table's offsets are relative
 * @param first the number of the first of them in the object; not negative
 * @param hasUtf8 whether they are UTF-8
 */
export function openLines(places: usize, lines: i32, start: usize, first: f64, hasUtf8: bool): void {
  table = places;
  count = lines;
  bytes = start;
  firstNumber = <i64>first;
  areUtf8 = hasUtf8;
  line = 0;
  events = 0;
  fieldLines = 0;
  isWritten = false;
  store<u32>(ENDS, 0);
  setTo(OUT);
}

/** Writes the documents of the next lines until one of the reasons applies, and returns it. */
export function encodeLines(): i32 {
  while (line < count) {
    if (isWritten) {
      endLine();
      continue;
    }
    if (to >= FULL) return OUT_FULL;
    const entry = table + ENTRY_BYTES * line;
    const start: usize = load<u32>(entry);
    const end: usize = load<u32>(entry, 4);
    if (start === end) {
      line++;
      continue;
    }
    const status = writeLine(bytes + start, bytes + end);
    if (status !== NEXT) return status;
    isWritten = true;
  }
  return ALL_ENCODED;
}

function endLine(): void {
  isWritten = false;
  line++;
  events++;
  store<u32>(ENDS, events);
  store<u32>(ENDS + 4 * events, <u32>(to - OUT));
}

/** The caller writes the current line's document at the cursor, moves it, and continues. */
function leaveLine(): i32 {
  isWritten = true;
  return NEEDS_PLAIN_PATH;
}

function writeLine(start: usize, end: usize): i32 {
  if (load<u8>(start) === OPEN_BRACE && areAllParsed() && end - start <= MAX_ESCAPED_BYTES) {
    const status = writeObjectLine(start, end);
    if (status !== NEEDS_PLAIN_PATH) return status;
  }
  const close = escapeLine(start, end);
  if (close === 0 || (!areUtf8 && !isAscii(start, end))) return leaveLine();
  store<u8>(close, QUOTE);
  const first = load<u8>(LINE_TEXT);
  if (isParsed(LINE_TEXT, first)) return writeParsed();
  // White space, or an escape of it, may precede a JSON object.
  const mayBeJson = first === OPEN_BRACE || first === SPACE || first === BACKSLASH;
  if (mayBeJson || isDateLike(LINE_TEXT, close)) return leaveLine();
  if (!setTime(-1)) return NEEDS_LINE_PREFIX;
  writeText(writeStart(), close);
  return NEXT;
}

/** Writes the fields of a line that is a JSON object. @returns `NEEDS_PLAIN_PATH`: as it is, no program can read it */
function writeObjectLine(start: usize, end: usize): i32 {
  if (!areUtf8 && !isAscii(start, end)) return NEEDS_PLAIN_PATH;
  for (let at = programs; at < programsEnd; at += 4) {
    const program: usize = load<u32>(at);
    if (load<u32>(program) !== OBJECT_PROGRAM || needsString(program)) continue;
    if (!readLineFields(program, start, end)) continue;
    const status = writeObjectDocument(program);
    if (status !== NEEDS_PLAIN_PATH) return status;
  }
  return NEEDS_PLAIN_PATH;
}

/** Writes the document of the object that was read last. @returns `NEEDS_PLAIN_PATH`: only the parser can */
function writeObjectDocument(program: usize): i32 {
  if (!setTime(objectTime(program))) return NEEDS_LINE_PREFIX;
  const end = writeStart();
  if (!writeObjectFields(program, LINE_TEXT, end, objectCloud(digits), copiedCloud(), DIGITS, digits))
    return NEEDS_PLAIN_PATH;
  fieldLines++;
  return NEXT;
}

/** Writes the fields of the current line by the first program that can read it. */
function writeParsed(): i32 {
  const isObject = load<u8>(LINE_TEXT) === OPEN_BRACE;
  for (let at = programs; at < programsEnd; at += 4) {
    const program: usize = load<u32>(at);
    if (load<u32>(program) === OBJECT_PROGRAM) {
      if (!isObject || !readObjectFields(program, LINE_TEXT, LINE_TEXT + MAX_ESCAPED_BYTES)) continue;
      const status = writeObjectDocument(program);
      if (status !== NEEDS_PLAIN_PATH) return status;
      continue;
    }
    if (isObject || !readFields(program, LINE_TEXT, LINE_TEXT + MAX_ESCAPED_BYTES)) continue;
    if (!setTime(ownTime)) return NEEDS_LINE_PREFIX;
    const members = writeStart();
    setSlot(SEQUENCE_SLOT, LITERAL, DIGITS, DIGITS + digits);
    if (!writeFields(program, members)) continue;
    fieldLines++;
    return NEXT;
  }
  return leaveLine();
}

/** Sets the document's time. Returns whether there is a line prefix for it. @param own the line's, if it is not negative */
function setTime(own: i64): bool {
  lineTime = own >= 0 && own <= latest ? own : written;
  return hasObjectPrefixFor(lineTime);
}

/** Writes the line prefix of the current line at the cursor, without moving it. Returns the address after it. */
function writeStart(): usize {
  digits = writeDecimal(firstNumber + <i64>line, DIGITS);
  return writeObjectPrefix(DIGITS, digits, lineTime);
}

/** Writes the rest of a document of text, and moves the cursor. */
function writeText(at: usize, close: usize): void {
  v128.store(at, SEQUENCE_KEY);
  v128.store(at + 16, SEQUENCE_KEY_END);
  at += 16 + SEQUENCE_KEY_END_LENGTH;
  v128.store(at, v128.load(DIGITS));
  at += digits;
  v128.store(at, MESSAGE_KEY);
  at += MESSAGE_KEY_LENGTH;
  for (let from = LINE_TEXT; from < close; from += 16, at += 16) v128.store(at, v128.load(from));
  at -= (16 - ((close - LINE_TEXT) & 15)) & 15;
  v128.store(at, TEXT_END);
  setTo(at + 3);
}
