import { type ExtractedFields, extractedFieldsIn } from "../events/extracted-fields";
import { parsedObject } from "../json/object";

const KEY = ',"extractedFields":';

/** The end of an envelope, after its last event's members. */
const END = "}]}";

const CLOSE_BRACE = 0x7d;

/** Real ones have some hundred bytes; the line prefix has room for this many. */
const MAX_TAIL_BYTES = 2048;

/** Limit of an envelope's size: a larger one may hold more values than the plain path parses. */
const MAX_ENVELOPE_BYTES = 1_000_000;

/** What follows the message of each event of an envelope, if that is the same for all. */
export interface EnvelopeTail {
  /** Its length in bytes; it ends where the last event does. 0: each event ends after its message. */
  length: number;
  extractedFields?: ExtractedFields;
}

const NO_TAIL: EnvelopeTail = { length: 0 };

/**
 * Returns the tail of the last event, which those of a centralized log group's log stream share: their system fields are the same.
 * Whether the others have it too is for the encoder to see.
 */
export function tailOf(bytes: Buffer): EnvelopeTail {
  const end = bytes.length - END.length;
  if (bytes[end - 1] !== CLOSE_BRACE || bytes.length > MAX_ENVELOPE_BYTES) return NO_TAIL;
  const start = bytes.lastIndexOf(KEY);
  if (start < 0 || end - start > MAX_TAIL_BYTES) return NO_TAIL;
  const json = bytes.toString("utf8", start + KEY.length, end);
  const object = parsedObject(json);
  // The plain path rewrites an envelope that has a line break.
  if (!object || /[\r\n]/.test(json)) return NO_TAIL;
  const extractedFields = extractedFieldsIn(object);
  return { length: end - start, ...(extractedFields && { extractedFields }) };
}
