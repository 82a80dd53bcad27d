import { type Undecodable, undecodable } from "../../events/undecodable";
import { jsonStringPieces } from "../../json/string-pieces";
import { jsonStringBytes, MAX_BYTES_PER_BYTE, MAX_BYTES_PER_CHARACTER } from "../../json/string-size";
import { MAKE_ROOM } from "./gunzip";

/**
 * How many times its maximum size a record may take as JSON, in its documents and in its copy in the archive. Quotes, backslashes
 * and line feeds take two bytes; control characters would take six, and bytes that are not UTF-8 three.
 */
const MAX_EXPANSION = 2;

/**
 * Returns why a text that an application wrote takes too much memory; undefined if it does not.
 *
 * @param bytes the text's
 * @param maxBytes maximum size of an inflated record
 */
export function tooLargeText(bytes: Buffer, text: string, maxBytes: number): Undecodable | undefined {
  // Rules out nearly all: counting takes time.
  if (bytes.length * MAX_BYTES_PER_BYTE <= maxBytes * MAX_EXPANSION) return undefined;
  return tooLarge(jsonStringBytes(bytes, text), maxBytes);
}

/** The same for an envelope, which is JSON already: only bytes that are not UTF-8 take more as text. */
export function tooLargeEnvelope(text: string, maxBytes: number): Undecodable | undefined {
  return tooLarge(Buffer.byteLength(text), maxBytes);
}

/**
 * What an event may take as JSON: a quarter of what its record may, because it is in memory as text, as a document and in a request.
 * Any event of CloudWatch Logs, of 1 MB, stays below 8 MiB. Source: CloudWatch Logs API Reference, "PutLogEvents".
 */
const eventMaxBytes = (recordMaxBytes: number) => Math.max(8 * 1024 * 1024, recordMaxBytes / 4);

/** Returns why one of the events takes too much memory, even if no other is beside it; undefined if none does. */
export function tooLargeEvent(events: readonly { message: string }[], maxBytes: number): Undecodable | undefined {
  for (const { message } of events) {
    if (message.length * MAX_BYTES_PER_CHARACTER <= eventMaxBytes(maxBytes)) continue;
    const large = largeEvent(writtenBytes(message), maxBytes);
    if (large) return large;
  }
  return undefined;
}

/**
 * The same before the record is decoded, which such an event itself could make impossible: by the longest string of an envelope, or
 * the longest line of any other record.
 */
export function tooLargeEventIn(bytes: Buffer, maxBytes: number): Undecodable | undefined {
  if (bytes.length <= eventMaxBytes(maxBytes)) return undefined;
  return largeEvent(bytes.includes('"messageType"') ? longestString(bytes) : longestLine(bytes), maxBytes);
}

function largeEvent(size: number, maxBytes: number): Undecodable | undefined {
  const allowed = eventMaxBytes(maxBytes);
  return size > allowed
    ? undecodable(`has an event of ${size} bytes as JSON, more than ${allowed}; ${MAKE_ROOM}`)
    : undefined;
}

/** The longest string in a JSON text, in bytes. */
function longestString(json: Buffer): number {
  let longest = 0;
  let start = -1;
  for (let i = json.indexOf(QUOTE); i >= 0; i = json.indexOf(QUOTE, i + 1)) {
    if (start < 0) start = i + 1;
    else if (!isEscaped(json, i)) {
      longest = Math.max(longest, i - start);
      start = -1;
    }
  }
  return longest;
}

/** Whether an odd number of backslashes is before a character of a string. */
function isEscaped(json: Buffer, at: number): boolean {
  let start = at;
  while (json[start - 1] === BACKSLASH) start--;
  return (at - start) % 2 === 1;
}

function longestLine(text: Buffer): number {
  let longest = 0;
  let start = 0;
  for (let i = 0; i <= text.length; i++) {
    if (i < text.length && text[i] !== LF && text[i] !== CR) continue;
    longest = Math.max(longest, i - start);
    start = i + 1;
  }
  return longest;
}

const [QUOTE, BACKSLASH, LF, CR] = [0x22, 0x5c, 0x0a, 0x0d];

function writtenBytes(message: string): number {
  let bytes = 0;
  for (const piece of jsonStringPieces(message)) bytes += Buffer.byteLength(piece);
  return bytes;
}

function tooLarge(size: number, maxBytes: number): Undecodable | undefined {
  const allowed = maxBytes * MAX_EXPANSION;
  return size > allowed ? undecodable(`takes ${size} bytes as JSON, more than ${allowed}; ${MAKE_ROOM}`) : undefined;
}
