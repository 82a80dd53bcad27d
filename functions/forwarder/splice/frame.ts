import { bulkLines, indexName } from "../bulk/bulk";
import { documentOf, type RecordFields } from "../bulk/document";
import { ZERO } from "./bytes";
import { cursor, out } from "./scratch";

export const DAY_MS = 86_400_000;

/** CloudWatch's event ids have 56 digits. */
export const ID_LENGTH = 56;

const SOME_ID = "0".repeat(ID_LENGTH);
const ID_KEY = '"_id":"';

/** What a frame ends in: a message that is no text has its members in this place. */
export const MESSAGE_KEY = '"message":"';

/** How the lines of an event without a text end; the frame is what stands before it. */
const NO_TEXT = '"}\n';

/**
 * What the lines of one record's events have in common on one day, up to the text of the message: written once, then copied for each
 * event, and its id and time put in.
 */
export interface Frame {
  /** Days since the epoch. */
  day: number;
  bytes: Buffer;
  /** Where the id and the time of day begin. */
  idAt: number;
  timeAt: number;
}

/** Taken from what the plain path writes for an event of that day, so that both stay the same. */
export function frameOf(stem: string, fields: RecordFields, day: number): Frame {
  const time = new Date(day * DAY_MS).toISOString();
  const bytes = Buffer.from(bulkLines(indexName(stem, time), SOME_ID, documentOf("", time, fields)));
  return {
    day,
    bytes: bytes.subarray(0, bytes.length - NO_TEXT.length),
    idAt: bytes.indexOf(ID_KEY) + ID_KEY.length,
    timeAt: bytes.indexOf("T00:00:00.000Z") + 1,
  };
}

/** Writes the frame at the cursor, with the time of day. The id is still to be put in. */
export function writeFrame({ bytes, timeAt, day }: Frame, timestamp: number): void {
  out.set(bytes, cursor.to);
  let at = cursor.to + timeAt;
  const ms = timestamp - day * DAY_MS;
  const seconds = (ms / 1000) | 0;
  const minutes = (seconds / 60) | 0;
  at = writeTwo((minutes / 60) | 0, at);
  at = writeTwo(minutes % 60, at);
  at = writeTwo(seconds % 60, at);
  const thousandths = ms - seconds * 1000;
  out[at++] = ZERO + ((thousandths / 100) | 0);
  writeTwo(thousandths % 100, at);
  cursor.to += bytes.length;
}

/** Writes two digits; returns where the next ones begin. */
function writeTwo(number: number, at: number): number {
  const tens = (number / 10) | 0;
  out[at] = ZERO + tens;
  out[at + 1] = ZERO + number - tens * 10;
  return at + 3;
}
