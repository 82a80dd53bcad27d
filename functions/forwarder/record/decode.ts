import { isUtf8 } from "node:buffer";
import { gunzipSync, gzipSync } from "node:zlib";
import { hasTooManyValues, isObject, parsedObject } from "../json/json-object";

const GZIP = Buffer.from([0x1f, 0x8b]);

/** Source: Kinesis Producer Library, "KPL Aggregated Record Format". */
const KPL = Buffer.from([0xf3, 0x89, 0x9a, 0xc2]);

/** Control characters that no text has. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
const BINARY = /[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]/;

/** Each document repeats the names. Source: CloudWatch Logs "CreateLogGroup" and "CreateLogStream". */
const MAX_NAME_LENGTH = 512;

/**
 * Events of one record: each takes some hundred bytes of memory, be it a letter. CloudWatch Logs puts far fewer into one.
 *
 * Source: CloudWatch Logs API Reference, "PutLogEvents": 10,000 events.
 */
export const MAX_EVENTS = 100_000;

/** One event of a CloudWatch Logs envelope; `timestamp` is in milliseconds since the epoch. */
export interface LogEvent {
  id: string;
  timestamp: number;
  message: string;
}

/**
 * What CloudWatch Logs puts into one Kinesis record.
 *
 * Source: CloudWatch Logs User Guide "Real-time processing of log data with subscriptions".
 */
export interface Envelope {
  messageType: "DATA_MESSAGE";
  owner: string;
  logGroup: string;
  logStream: string;
  logEvents: LogEvent[];
}

/** A record that can't be read, whatever is tried; `reason` says why. */
export interface Undecodable {
  kind: "undecodable";
  reason: string;
}

type Eventless =
  /** CloudWatch Logs testing whether the stream can be reached; holds no event. */
  { kind: "control" } | Undecodable;

/** What a record's text says. */
export type Parsed = { kind: "events"; envelope: Envelope } | Eventless;

/** What a record says; `member` is it as the archive keeps it: gzip members that inflate to one line. */
export type Decoded = { kind: "events"; envelope: Envelope; member: Buffer } | Eventless;

/** What an application has written to the stream itself; `bytes` are not gzipped any more. */
export interface ApplicationRecord {
  kind: "application";
  text: string;
  bytes: Buffer;
}

const undecodable = (reason: string): Undecodable => ({ kind: "undecodable", reason });

/** A record's data behind its compression; `member` is the part of it that is gzip, absent if none is. */
export interface Inflated {
  kind: "inflated";
  bytes: Buffer;
  member?: Buffer;
}

/**
 * Inflates one Kinesis record's data, if it is gzipped.
 *
 * @param maxBytes what it may inflate to, in bytes
 */
export function inflateRecord(data: Buffer, maxBytes: number): Inflated | Undecodable {
  if (data.subarray(0, KPL.length).equals(KPL)) {
    return undecodable("aggregated by the Kinesis Producer Library; switch its aggregation off");
  }
  if (!data.subarray(0, GZIP.length).equals(GZIP)) return { kind: "inflated", bytes: data };
  try {
    return inflate(data, maxBytes);
  } catch (error) {
    const tooLarge = (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";
    return undecodable(tooLarge ? `inflates to more than ${maxBytes} bytes` : `no gzip: ${(error as Error).message}`);
  }
}

/** Source: RFC 1952, "GZIP file format specification": what may be the inflated size stands in the last four bytes. */
const SIZE_BYTES = 4;

function inflate(data: Buffer, maxBytes: number): Inflated {
  // In one piece, if the size is true. It is not trusted: memory for all of maxBytes may be asked for, but is not touched.
  const size = data.length < SIZE_BYTES ? 0 : data.readUInt32LE(data.length - SIZE_BYTES);
  const chunkSize = Math.max(MIN_CHUNK_BYTES, Math.min(size, maxBytes) + 1);
  // The typings leave out what `info: true` returns.
  const { buffer, engine } = gunzipSync(data, {
    chunkSize,
    info: true,
    maxOutputLength: maxBytes,
  } as object) as unknown as {
    buffer: Buffer;
    engine: { bytesWritten: number };
  };
  const member = data.subarray(0, engine.bytesWritten);
  // Zeros are padding. Anything else would be lost.
  if (data.subarray(member.length).some((byte) => byte !== 0)) throw new Error("something follows its last member");
  return { kind: "inflated", bytes: buffer, member };
}

/** Source: Node.js documentation, zlib, `Z_MIN_CHUNK`. */
const MIN_CHUNK_BYTES = 64;

/** Decodes what a Kinesis record's data inflates to. */
export function decodeInflated(inflated: Inflated | Undecodable): Decoded | ApplicationRecord {
  if (inflated.kind === "undecodable") return inflated;
  const { bytes, member } = inflated;
  const text = bytes.toString("utf8");
  if (hasTooManyEvents(text)) return undecodable(`holds more than ${MAX_EVENTS} events`);
  if (!isEnvelope(text))
    return BINARY.test(text) ? undecodable("neither gzip nor text") : { kind: "application", text, bytes };
  const parsed = parseEnvelope(text);
  if (parsed.kind !== "events") return parsed;
  // The archive promises one envelope per line.
  if (/[\r\n]/.test(text)) return { ...parsed, member: rewritten(parsed.envelope, bytes) };
  return { ...parsed, member: member ?? gzipSync(bytes) };
}

/** What the archive keeps of a record that it can't keep as it came; with the bytes, where the text is not all of them. */
export function rewritten(envelope: object, bytes: Buffer): Buffer {
  return gzipSync(JSON.stringify(isUtf8(bytes) ? envelope : { ...envelope, record: bytes.toString("base64") }));
}

/** Whether a record is CloudWatch Logs' own, be it whole or cut off. */
function isEnvelope(text: string): boolean {
  if (/^\s*\{\s*"messageType"\s*:\s*"(DATA|CONTROL)_MESSAGE"/.test(text)) return true;
  const object = text.includes('"messageType"') ? parsedObject(text) : undefined;
  return object !== undefined && "messageType" in object && "logEvents" in object;
}

/** Parses what a record inflates to, or a line of the archive. */
export function parseEnvelope(text: string): Parsed {
  if (hasTooManyValues(text)) return undecodable("holds more values than memory does");
  let envelope: unknown;
  try {
    envelope = JSON.parse(text);
  } catch {
    return undecodable("inflates to something that is not JSON");
  }
  if (isObject(envelope) && envelope.messageType === "CONTROL_MESSAGE") return { kind: "control" };
  const mistake = mistakeIn(envelope);
  if (mistake) return undecodable(`no CloudWatch Logs envelope: ${mistake}`);
  return { kind: "events", envelope: envelope as Envelope };
}

function mistakeIn(envelope: unknown): string | undefined {
  if (!isObject(envelope)) return "not an object";
  if (envelope.messageType !== "DATA_MESSAGE") return "messageType is neither DATA_MESSAGE nor CONTROL_MESSAGE";
  for (const field of ["owner", "logGroup", "logStream"]) {
    const name = envelope[field];
    if (typeof name !== "string") return `${field} is not a string`;
    if (name.length > MAX_NAME_LENGTH) return `${field} is longer than ${MAX_NAME_LENGTH} characters`;
  }
  if (!Array.isArray(envelope.logEvents)) return "logEvents is not an array";
  const wrong = envelope.logEvents.findIndex((event) => !isLogEvent(event));
  return wrong < 0 ? undefined : `logEvents[${wrong}] has no string id, number timestamp or string message`;
}

function isLogEvent(event: unknown): event is LogEvent {
  return (
    isObject(event) &&
    typeof event.id === "string" &&
    typeof event.timestamp === "number" &&
    typeof event.message === "string"
  );
}

/** Of an envelope, or of lines. */
function hasTooManyEvents(text: string): boolean {
  return text.length > MAX_EVENTS && ["\n", "\r", '"message"'].some((mark) => occursMoreThan(MAX_EVENTS, mark, text));
}

function occursMoreThan(times: number, mark: string, text: string): boolean {
  let count = 0;
  for (let at = text.indexOf(mark); at >= 0 && count <= times; at = text.indexOf(mark, at + mark.length)) count++;
  return count > times;
}
