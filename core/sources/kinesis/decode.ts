import { isUtf8 } from "node:buffer";
import { gzipSync } from "node:zlib";
import { type Envelope, type Eventless, parseEnvelope } from "../../events/envelope";
import { undecodable } from "../../events/undecodable";
import { parsedObject } from "../../json/object";
import type { Inflated } from "./gunzip";

/** Control characters that never occur in text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
const BINARY = /[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]/;

/**
 * Maximum number of events in one record: each takes some hundred bytes of memory, even if it is one letter. CloudWatch Logs
 * puts far fewer into one.
 *
 * Source: CloudWatch Logs API Reference, "PutLogEvents": 10,000 events.
 */
export const MAX_EVENTS = 100_000;

/** An envelope of a record; `member` is its copy for the archive: gzip members that inflate to one line. */
export interface DecodedEnvelope {
  kind: "events";
  envelope: Envelope;
  member: Buffer;
}

/** What a record, or a part of one, decodes to. */
export type Decoded = DecodedEnvelope | Eventless;

/** A record that an application wrote to the stream itself; `bytes` are inflated. */
export interface ApplicationRecord {
  kind: "application";
  text: string;
  bytes: Buffer;
}

/** Decodes the inflated data of a Kinesis record. */
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

/** Returns the archive's member for a record that cannot be archived as it is; with its bytes, where they are not UTF-8. */
export function rewritten(envelope: object, bytes: Buffer): Buffer {
  return gzipSync(JSON.stringify(isUtf8(bytes) ? envelope : { ...envelope, record: bytes.toString("base64") }));
}

/** Whether a record is CloudWatch Logs' own, whole or cut off. */
function isEnvelope(text: string): boolean {
  if (/^\s*\{\s*"messageType"\s*:\s*"(DATA|CONTROL)_MESSAGE"/.test(text)) return true;
  const object = text.includes('"messageType"') ? parsedObject(text) : undefined;
  return object !== undefined && "messageType" in object && "logEvents" in object;
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
