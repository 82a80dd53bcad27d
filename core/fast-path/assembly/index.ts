/*
 * What reads envelopes and writes their events' lines, in AssemblyScript: `npm run kernel` compiles it to wasm-binary.ts.
 * docs/decisions/0015-the-kernel.md tells why.
 */

import { ascii, hasAt, isDigit, ZERO } from "./ascii";
import { dayOf, forgetFrame, frameLength, hasFrameOf, ID_LENGTH, setFrame, writeFrame } from "./frame";
import { ENDS, ENVELOPE, FRAME, FULL, from, MAX_MESSAGE_BYTES, NAMES, OUT, SLACK, setFrom, setTo, to } from "./memory";
import { NO_STRING, NOT_PLAIN, writeMessage } from "./message";

export { ENDS, ENVELOPE, FRAME, from, ID_LENGTH, NAMES, OUT, SLACK, setFrame, setTo };

/** Why `spliceEvents` returned. */
export const ALL_WRITTEN: i32 = 0;
export const OUT_IS_FULL: i32 = 1;

/** The event at hand is not of the frame's day: a frame of its day is to be set. */
export const OTHER_DAY: i32 = 2;

/** The plain path is to write the event at hand, from `start` on, and to call `setTo`; its message lies from `message` to `from`. */
export const TO_BE_WRITTEN: i32 = 3;

/** The envelope has not CloudWatch Logs' own form. */
export const OTHER_FORM: i32 = 4;

/** None of these: the next event may follow. */
const NEXT = 5;

/** What stands in an envelope in and behind an event. */
const TIMESTAMP = ascii('","timestamp":');
const TIMESTAMP_KEY_LENGTH = 14;
const TIMESTAMP_LENGTH = 13;
const MESSAGE = ascii(',"message":"');
const MESSAGE_KEY_LENGTH = 12;
const NEXT_EVENT = ascii('"},{"id":"');
const NEXT_EVENT_LENGTH = 10;
const END = ascii('"}]}');
const END_LENGTH = 4;

let envelopeEnd: usize = 0;

/** Of the event at hand: where its id and its message begin, its time in ms since the epoch, and where its lines begin. */
export let id: usize = 0;
export let message: usize = 0;
export let time: i64 = 0;
export let start: usize = 0;

/** Whether the event at hand is written, but what follows it was not yet looked at. */
let isWritten: bool = false;

let events: i32 = 0;

/** Begins an envelope that ends at `end`, with the event whose id is at `first`. */
export function open(end: usize, first: usize): void {
  envelopeEnd = end;
  id = first;
  isWritten = false;
  forgetFrame();
}

/** The day of the event at hand, in days since the epoch. */
export function day(): i32 {
  return dayOf(time);
}

/** Begins to write at the beginning of `OUT`. */
export function rewind(): void {
  events = 0;
  setTo(OUT);
}

/** Writes the lines of the next events, until one of the reasons above is met. */
export function spliceEvents(): i32 {
  while (isWritten || to < FULL) {
    const status = isWritten ? endEvent() : writeEvent();
    if (status !== NEXT) return status;
  }
  return OUT_IS_FULL;
}

function writeEvent(): i32 {
  const timestamp = id + ID_LENGTH + TIMESTAMP_KEY_LENGTH;
  message = timestamp + TIMESTAMP_LENGTH + MESSAGE_KEY_LENGTH;
  if (message + END_LENGTH > envelopeEnd) return OTHER_FORM;
  if (!hasAt(id + ID_LENGTH, TIMESTAMP, TIMESTAMP_KEY_LENGTH)) return OTHER_FORM;
  if (!hasAt(timestamp + TIMESTAMP_LENGTH, MESSAGE, MESSAGE_KEY_LENGTH)) return OTHER_FORM;
  time = timeAt(timestamp);
  if (time < 0) return OTHER_FORM;
  if (!hasFrameOf(time)) return OTHER_DAY;

  start = to;
  if (!writeFrame(id, time)) return OTHER_FORM;
  setTo(start + frameLength);
  setFrom(message);
  const written = writeMessage(min(envelopeEnd - END_LENGTH + 1, message + MAX_MESSAGE_BYTES));
  if (written === NO_STRING) return OTHER_FORM;
  isWritten = true;
  return written === NOT_PLAIN ? TO_BE_WRITTEN : NEXT;
}

/** Milliseconds since the epoch from 13 digits, of which the first is no zero; -1 for anything else. */
function timeAt(at: usize): i64 {
  if (load<u8>(at) === ZERO) return -1;
  let ms: i64 = 0;
  for (let i = 0; i < TIMESTAMP_LENGTH; i++) {
    const byte = load<u8>(at + i);
    if (!isDigit(byte)) return -1;
    ms = ms * 10 + <i64>(byte - ZERO);
  }
  return ms;
}

/** Notes where the lines of the event at hand end, and looks what follows it in the envelope. */
function endEvent(): i32 {
  isWritten = false;
  events++;
  store<u32>(ENDS, events);
  store<u32>(ENDS + 4 * events, <u32>(to - OUT));
  if (hasAt(from, NEXT_EVENT, NEXT_EVENT_LENGTH)) {
    id = from + NEXT_EVENT_LENGTH;
    return NEXT;
  }
  return from + END_LENGTH === envelopeEnd && hasAt(from, END, END_LENGTH) ? ALL_WRITTEN : OTHER_FORM;
}
