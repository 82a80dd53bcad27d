import { isUtf8 } from "node:buffer";
import { bulkLines, indexName, indexStem } from "../bulk/bulk";
import { documentOf, type RecordFields, recordFields } from "../bulk/document";
import { parseEnvelope } from "../record/decode";
import { BACKSLASH, COMMA, hasAt, OPEN_BRACE, SPACE, ZERO } from "./bytes";
import { isDateLike } from "./date-like";
import { DAY_MS, type Frame, frameOf, ID_LENGTH, MESSAGE_KEY, writeFrame } from "./frame";
import { copyMembers } from "./json";
import { cursor, FULL_BYTES, MAX_MESSAGE_BYTES, out, outView, write } from "./scratch";
import { copyText } from "./text";
import { areDigits } from "./words";

/** What stands in an envelope before, in and behind an event. */
const EVENTS = Buffer.from('"logEvents":[');
const EVENT = Buffer.from('{"id":"');
const TIMESTAMP = Buffer.from('","timestamp":');
const TIMESTAMP_LENGTH = 13;
const MESSAGE = Buffer.from(',"message":"');
const NEXT_EVENT = Buffer.from('"},{"id":"');
const END = Buffer.from('"}]}');

const TEXT_END = Buffer.from('"}\n');
const MEMBERS_END = Buffer.from("}\n");
const NO_MESSAGE = Buffer.from('"message":""}\n');

/** An envelope whose events are written one after the other. */
export interface Splice {
  readonly envelope: Buffer;
  readonly view: DataView;
  readonly logGroup: string;
  readonly fields: RecordFields;
  readonly stem: string;
  frame?: Frame;
  /** Where the next event's id begins. 0: the last one is written. */
  next: number;
}

/** @returns undefined for an envelope that does not begin as CloudWatch Logs writes it, or has bytes that are not UTF-8 */
export function openSplice(envelope: Buffer, region: string, indexPrefix: string): Splice | undefined {
  const first = envelope.indexOf(EVENT);
  if (first < 0 || !hasAt(envelope, first - EVENTS.length, EVENTS) || !isUtf8(envelope)) return undefined;
  const head = envelope.toString("utf8", 0, first);
  // A line break would end the line in the archive.
  if (/[\r\n]/.test(head)) return undefined;
  const parsed = parseEnvelope(`${head}]}`);
  if (parsed.kind !== "events") return undefined;
  const { logGroup } = parsed.envelope;
  return {
    envelope,
    view: new DataView(envelope.buffer, envelope.byteOffset, envelope.length),
    logGroup,
    fields: recordFields(parsed.envelope, region),
    stem: indexStem(indexPrefix, logGroup),
    next: first + EVENT.length,
  };
}

/**
 * Writes the lines of the next events to `out`, until it is full or the last event is written.
 *
 * @returns where in `out` the lines of each event end; undefined when an event has not CloudWatch Logs' own form, or the
 * envelope does not end behind the last one
 */
export function spliceNext(splice: Splice): number[] | undefined {
  const ends: number[] = [];
  cursor.to = 0;
  while (splice.next > 0 && cursor.to < FULL_BYTES) {
    if (!spliceEvent(splice)) return undefined;
    ends.push(cursor.to);
  }
  return ends;
}

function spliceEvent(splice: Splice): boolean {
  const { envelope, view, next } = splice;
  const timestampAt = next + ID_LENGTH + TIMESTAMP.length;
  const messageAt = timestampAt + TIMESTAMP_LENGTH + MESSAGE.length;
  // The shortest end still follows, so that no word is read beyond the envelope.
  if (messageAt + END.length > envelope.length) return false;
  if (!hasAt(envelope, next + ID_LENGTH, TIMESTAMP)) return false;
  if (!hasAt(envelope, timestampAt + TIMESTAMP_LENGTH, MESSAGE)) return false;
  const timestamp = timestampIn(envelope, timestampAt);
  if (timestamp < 0) return false;

  const day = Math.floor(timestamp / DAY_MS);
  if (splice.frame?.day !== day) splice.frame = frameOf(splice.stem, splice.fields, day);
  const start = cursor.to;
  writeFrame(splice.frame, timestamp);
  for (let i = 0, to = start + splice.frame.idAt; i < ID_LENGTH; i += 4) {
    const word = view.getInt32(next + i);
    if (!areDigits(word)) return false;
    outView.setInt32(to + i, word);
  }
  cursor.from = messageAt;
  if (!spliceMessage(splice, start, timestamp)) return false;

  const isLast = !hasAt(envelope, cursor.from, NEXT_EVENT);
  splice.next = isLast ? 0 : cursor.from + NEXT_EVENT.length;
  return !isLast || (cursor.from + END.length === envelope.length && hasAt(envelope, cursor.from, END));
}

/** Milliseconds since the epoch from 13 digits, of which the first is no zero; -1 for anything else. */
function timestampIn(envelope: Buffer, at: number): number {
  if (envelope[at] === ZERO) return -1;
  let timestamp = 0;
  for (let i = at; i < at + TIMESTAMP_LENGTH; i++) {
    const digit = envelope[i]! - ZERO;
    if (digit < 0 || digit > 9) return -1;
    timestamp = timestamp * 10 + digit;
  }
  return timestamp;
}

/** Writes the message behind the frame; `start` is where that begins. False for what is no JSON string. */
function spliceMessage(splice: Splice, start: number, timestamp: number): boolean {
  const { envelope, view, next, stem, fields } = splice;
  const { from, to } = cursor;
  // A word that is read at the message's last quote ends where the envelope does.
  const limit = Math.min(envelope.length - END.length + 1, from + MAX_MESSAGE_BYTES);
  const first = envelope[from];
  if (first === OPEN_BRACE) {
    cursor.to -= MESSAGE_KEY.length;
    const members = cursor.to;
    const copied = copyMembers(envelope, view, limit);
    if (copied === "with message") {
      write(MEMBERS_END);
      return true;
    }
    if (copied === "members") {
      if (cursor.to > members) out[cursor.to++] = COMMA;
      write(NO_MESSAGE);
      return true;
    }
    cursor.from = from;
    cursor.to = to;
  }
  const copied = copyText(envelope, view, limit);
  if (copied === "none") return false;
  // White space, or an escape of it, may stand before a JSON object.
  const mayBeJson = first === OPEN_BRACE || first === SPACE || first === BACKSLASH;
  if (copied === "same" && !mayBeJson && !isDateLike(to, cursor.to)) {
    write(TEXT_END);
    return true;
  }
  const message: string = JSON.parse(envelope.toString("utf8", from - 1, cursor.from + 1));
  const time = new Date(timestamp).toISOString();
  const id = envelope.toString("latin1", next, next + ID_LENGTH);
  cursor.to = start + out.write(bulkLines(indexName(stem, time), id, documentOf(message, time, fields)), start);
  return true;
}
