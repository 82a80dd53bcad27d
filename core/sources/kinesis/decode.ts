import { isUtf8 } from "node:buffer";
import { gzipSync } from "node:zlib";
import { type Envelope, parseEnvelope, type ReceivedEnvelope } from "../../events/envelope";
import { type Undecodable, undecodable } from "../../events/undecodable";
import type { Inflated } from "./gunzip";
import { isBinary } from "./text-lines";

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

/** A control message of CloudWatch Logs: it holds no event. */
export interface ControlMessage {
  kind: "control";
}

/** What a record, or a part of one, decodes to. */
export type Decoded = DecodedEnvelope | ControlMessage | Undecodable;

/** An envelope as it was received; `member` is the archive's copy of it. */
export interface ReceivedRecord {
  kind: "envelope";
  envelope: ReceivedEnvelope;
  member: Buffer;
}

/** A record that an application wrote to the stream itself; `bytes` are inflated. */
export interface ApplicationRecord {
  kind: "application";
  text: string;
  bytes: Buffer;
}

/**
 * Decides what the inflated data of a Kinesis record is. Whatever CloudWatch Logs does not write and is text is an application's,
 * however much it looks like an envelope: no line may hide those beside it.
 */
export function decodeInflated({
  bytes,
  member,
}: Inflated): ReceivedRecord | ApplicationRecord | ControlMessage | Undecodable {
  const text = bytes.toString("utf8");
  if (hasTooManyEvents(text)) return undecodable(`holds more than ${MAX_EVENTS} events`);
  // Most records of applications lack it, and need not be parsed here.
  const parsed = text.includes('"messageType"') ? parseEnvelope(text) : undefined;
  if (parsed?.kind === "control" && member) return parsed;
  if (parsed?.kind === "envelope") {
    const { kind, envelope } = parsed;
    // The archive promises one envelope per line.
    if (/[\r\n]/.test(text)) return { kind, envelope, member: rewritten(envelope, bytes) };
    return { kind, envelope, member: member ?? gzipSync(bytes) };
  }
  return isBinary(text) ? undecodable("neither gzip nor text") : { kind: "application", text, bytes };
}

/** Returns the archive's member for a record that cannot be archived as it is; with its bytes, where they are not UTF-8. */
export function rewritten(envelope: object, bytes: Buffer): Buffer {
  return gzipSync(JSON.stringify(isUtf8(bytes) ? envelope : { ...envelope, record: bytes.toString("base64") }));
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
