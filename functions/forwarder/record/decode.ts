import { isUtf8 } from "node:buffer";
import { gzipSync } from "node:zlib";
import { hasTooManyValues, isObject, parsedObject } from "../json/json-object";
import { type Inflated, type Undecodable, undecodable } from "./inflate";

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

/** Decodes what a Kinesis record's data inflates to. */
export function decodeInflated({ bytes, member }: Inflated): Decoded | ApplicationRecord {
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
