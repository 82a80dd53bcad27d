/*
 * The WASM encoder reads an envelope, or lines of an object, and writes the `_bulk` lines of their events. It is AssemblyScript:
 * `npm run wasm` compiles it into wasm-binary.ts. Why: docs/decisions/0015-the-wasm-encoder.md.
 */

import { ascii, hasAt, isDigit, ZERO } from "./ascii";
import { findObjects } from "./elements";
import { findNames } from "./head";
import { inflateMember } from "./inflate/gunzip";
import {
  clearLinePrefix,
  hasLinePrefixFor,
  ID_LENGTH,
  linePrefixLength,
  setLinePrefix,
  writeLinePrefix,
} from "./line-prefix";
import { encodeLines, fieldLines, line, lineTime, openLines, setObjectTimes } from "./lines";
import {
  ENDS,
  ENVELOPE,
  FULL,
  from,
  HEAD,
  HOURS,
  ID_TEXT,
  INFLATE_SLACK,
  LINE_PREFIX,
  LINES,
  MAX_MESSAGE_BYTES,
  OUT,
  PROGRAMS,
  RESERVED_NAMES,
  SLACK,
  SPANS,
  setFrom,
  setTo,
  to,
} from "./memory";
import {
  ALL_PARSED,
  FIELDS_WRITTEN,
  INVALID,
  NONE_PARSED,
  SIGNED_PARSED,
  setParsed,
  setPrograms,
  UNPARSED,
  UNSUPPORTED,
  writeMessage,
} from "./message";
import { clearObjectPrefixes, nextObjectPrefix, setObjectPrefix } from "./object-prefixes";
import { setKnownObjects } from "./objects/known-objects";
import { forgetMembers } from "./objects/learned";
import {
  ALL_ENCODED,
  NEEDS_LINE_PREFIX,
  NEEDS_PARSER,
  NEEDS_PLAIN_PATH,
  NEXT,
  NOT_CANONICAL,
  OUT_FULL,
} from "./status";
import { clearHours, hashId, tally } from "./tallies";

export {
  ALL_ENCODED,
  ALL_PARSED,
  clearObjectPrefixes,
  ENDS,
  ENVELOPE,
  encodeLines,
  fieldLines,
  findNames,
  findObjects,
  forgetMembers,
  from,
  HEAD,
  HOURS,
  hashId,
  ID_LENGTH,
  ID_TEXT,
  INFLATE_SLACK,
  inflateMember,
  LINE_PREFIX,
  LINES,
  line,
  lineTime,
  NEEDS_LINE_PREFIX,
  NEEDS_PARSER,
  NEEDS_PLAIN_PATH,
  NONE_PARSED,
  nextObjectPrefix,
  OUT,
  OUT_FULL,
  openLines,
  PROGRAMS,
  RESERVED_NAMES,
  SIGNED_PARSED,
  SLACK,
  SPANS,
  setKnownObjects,
  setLinePrefix,
  setObjectPrefix,
  setObjectTimes,
  setParsed,
  setPrograms,
  setTo,
  to,
};

/** The tokens in and after an event of the canonical form. */
const TIMESTAMP = ascii('","timestamp":');
const TIMESTAMP_KEY_LENGTH = 14;
const TIMESTAMP_LENGTH = 13;
const MESSAGE = ascii(',"message":"');
const MESSAGE_KEY_LENGTH = 12;
const NEXT_EVENT = ascii('},{"id":"');
const NEXT_EVENT_LENGTH = 9;
const END = ascii("}]}");
const END_LENGTH = 3;

let envelopeEnd: usize = 0;

/** What each event has after its message's closing quote: as many bytes as there are before the envelope's end. */
let tailLength: usize = 0;

/** The times that events may have, in ms since the epoch. */
let earliest: i64 = 0;
let latest: i64 = 0;

/** The current event: addresses of its id and message, its time in ms since the epoch, and the address of its lines. */
export let id: usize = 0;
export let message: usize = 0;
export let time: i64 = 0;
export let start: usize = 0;

/** Whether the current event is written and the token after it is still to be read. */
let isWritten: bool = false;

let events: i32 = 0;

/** How many of the events in `OUT` the encoder itself has written from their fields. */
export let fieldEvents: i32 = 0;

/**
 * Starts an envelope, and clears the bytes after it.
 *
 * @param end the address after its last byte
 * @param firstId the address of its first event's id
 * @param minTime the earliest time that events may have, in ms since the epoch; not negative
 * @param maxTime the latest
 * @param tail the number of bytes that follow the message of the last event, and have to follow that of each
 * @param parsed which messages a parser may know: one of the constants of message.ts
 */
export function open(end: usize, firstId: usize, minTime: f64, maxTime: f64, tail: usize, parsed: i32): void {
  setParsed(parsed);
  tailLength = tail;
  earliest = <i64>minTime;
  latest = <i64>maxTime;
  envelopeEnd = end;
  memory.fill(end, 0, SLACK);
  id = firstId;
  isWritten = false;
  clearLinePrefix();
  clearHours();
}

/** Discards the lines in `OUT`. */
export function rewind(): void {
  events = 0;
  fieldEvents = 0;
  setTo(OUT);
}

/** Writes the lines of the next events until one of the reasons above applies, and returns it. */
export function encodeEvents(): i32 {
  while (isWritten || to < FULL) {
    const status = isWritten ? endEvent() : writeEvent();
    if (status !== NEXT) return status;
  }
  return OUT_FULL;
}

function writeEvent(): i32 {
  const timestamp = id + ID_LENGTH + TIMESTAMP_KEY_LENGTH;
  message = timestamp + TIMESTAMP_LENGTH + MESSAGE_KEY_LENGTH;
  if (message + 1 + END_LENGTH > envelopeEnd) return NOT_CANONICAL;
  if (!hasAt(id + ID_LENGTH, TIMESTAMP, TIMESTAMP_KEY_LENGTH)) return NOT_CANONICAL;
  if (!hasAt(timestamp + TIMESTAMP_LENGTH, MESSAGE, MESSAGE_KEY_LENGTH)) return NOT_CANONICAL;
  time = parseTime(timestamp);
  if (time < earliest || time > latest) return NOT_CANONICAL;
  if (!hasLinePrefixFor(time)) return NEEDS_LINE_PREFIX;

  start = to;
  if (!writeLinePrefix(id, time)) return NOT_CANONICAL;
  setTo(start + linePrefixLength);
  setFrom(message);
  const written = writeMessage(min(envelopeEnd - END_LENGTH, message + MAX_MESSAGE_BYTES));
  if (written === INVALID) return NOT_CANONICAL;
  isWritten = true;
  if (written === FIELDS_WRITTEN) fieldEvents++;
  if (written === UNPARSED) return NEEDS_PARSER;
  return written === UNSUPPORTED ? NEEDS_PLAIN_PATH : NEXT;
}

/** Milliseconds since the epoch from 13 digits, the first not a zero; -1 for anything else. */
function parseTime(at: usize): i64 {
  if (load<u8>(at) === ZERO) return -1;
  let ms: i64 = 0;
  for (let i = 0; i < TIMESTAMP_LENGTH; i++) {
    const byte = load<u8>(at + i);
    if (!isDigit(byte)) return -1;
    ms = ms * 10 + <i64>(byte - ZERO);
  }
  return ms;
}

/** Records the end of the current event's lines and reads the token after the event. */
function endEvent(): i32 {
  isWritten = false;
  events++;
  store<u32>(ENDS, events);
  store<u32>(ENDS + 4 * events, <u32>(to - OUT));
  if (!tally(id, time)) return NOT_CANONICAL;
  const end = from + 1 + tailLength;
  if (end + END_LENGTH > envelopeEnd || !hasTail(from + 1)) return NOT_CANONICAL;
  if (hasAt(end, NEXT_EVENT, NEXT_EVENT_LENGTH)) {
    id = end + NEXT_EVENT_LENGTH;
    return NEXT;
  }
  return end + END_LENGTH === envelopeEnd && hasAt(end, END, END_LENGTH) ? ALL_ENCODED : NOT_CANONICAL;
}

/** Whether the bytes at this address are those before the envelope's end. */
function hasTail(at: usize): bool {
  const tail = envelopeEnd - END_LENGTH - tailLength;
  for (let i: usize = 0; i < tailLength; i++) {
    if (load<u8>(at + i) !== load<u8>(tail + i)) return false;
  }
  return true;
}
