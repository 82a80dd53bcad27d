import { isUtf8 } from "node:buffer";
import { gzipSync } from "node:zlib";
import { type Envelope, knownMembers, parseEnvelope, type ReceivedEnvelope } from "../../events/envelope";
import { envelopePieces } from "../../events/envelope-pieces";
import { type Undecodable, undecodable } from "../../events/undecodable";
import { gzipPieces } from "../../gzip/gzip-pieces";
import { endOfObject } from "../../json/end-of-object";
import { hasTooManyValues } from "../../json/object";
import { tooLargeEnvelope, tooLargeEventIn, tooLargeText } from "./expansion";
import type { Inflated } from "./gunzip";
import { isBinary } from "./text-lines";

/**
 * Maximum number of events in one record: each takes some hundred bytes of memory, even if it is one letter. A part without
 * events takes as much, and counts as one. CloudWatch Logs puts far fewer into a record.
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

/** An envelope as it was received, its bytes, and the archive's copy of it. */
export interface ReceivedRecord {
  kind: "envelope";
  envelope: ReceivedEnvelope;
  bytes: Buffer;
  member: Buffer;
}

/** A record that an application wrote to the stream itself; `bytes` are inflated. */
export interface ApplicationRecord {
  kind: "application";
  text: string;
  bytes: Buffer;
}

/** A record of several envelopes, one after another. */
export interface SeveralEnvelopes {
  kind: "several";
  envelopes: ReceivedRecord[];
  /** Those between them. */
  controlMessages: ControlMessage[];
}

/**
 * Decides what the inflated data of a Kinesis record is. Whatever CloudWatch Logs does not write and is text is an application's,
 * however much it looks like an envelope: no line may hide those beside it.
 *
 * @param maxBytes maximum size of an inflated record
 * @param maxEvents that other parts of the record leave. @default MAX_EVENTS
 */
export function decodeInflated(
  { bytes, member }: Inflated,
  maxBytes: number,
  maxEvents = MAX_EVENTS,
): ReceivedRecord | SeveralEnvelopes | ApplicationRecord | ControlMessage | Undecodable {
  const huge = tooLargeEventIn(bytes, maxBytes);
  if (huge) return huge;
  const text = bytes.toString("utf8");
  // Most records of applications lack it, and need not be parsed here.
  if (text.includes('"messageType"')) {
    const tooLarge = tooLargeEnvelope(text, maxBytes);
    if (tooLarge) return tooLarge;
    const decoded =
      decodeEnvelope(text, bytes, member) ?? severalEnvelopes(text, bytes, member !== undefined, maxEvents);
    if (decoded?.kind === "envelope" && decoded.envelope.logEvents.length > MAX_EVENTS) return TOO_MANY_EVENTS;
    if (decoded && (decoded.kind !== "control" || member)) return decoded;
  }
  if (hasTooManyLines(text)) return TOO_MANY_EVENTS;
  if (isBinary(text)) return undecodable("neither gzip nor text");
  return tooLargeText(bytes, text, maxBytes) ?? { kind: "application", text, bytes };
}

export const TOO_MANY_EVENTS = undecodable(`holds more than ${MAX_EVENTS} events`);

function decodeEnvelope(text: string, bytes: Buffer, member?: Buffer): ReceivedRecord | ControlMessage | undefined {
  const parsed = parsedEnvelope(text, bytes);
  return parsed?.kind === "envelope" ? received(parsed, member) : parsed;
}

type ParsedRecord = Omit<ReceivedRecord, "member">;

function parsedEnvelope(text: string, bytes: Buffer): ParsedRecord | ControlMessage | undefined {
  const parsed = parseEnvelope(text);
  if (parsed.kind !== "envelope") return parsed.kind === "control" ? parsed : undefined;
  return { kind: parsed.kind, envelope: knownMembers(parsed.envelope), bytes };
}

/** @param member the gzip that the envelope was in. @default it was in none */
function received(parsed: ParsedRecord, member?: Buffer): ReceivedRecord {
  const { envelope, bytes } = parsed;
  // The archive promises one envelope per line.
  const isLine = !bytes.includes("\n") && !bytes.includes("\r");
  return { ...parsed, member: isLine ? (member ?? gzipped(bytes)) : rewritten(envelope, bytes) };
}

/** zlib returns a slice of 16 KiB or more, which as many members as a record may have must not keep. */
const gzipped = (bytes: Buffer): Buffer => Buffer.from(gzipSync(bytes));

/** Decodes a text of nothing but envelopes, with white space between them; undefined for any other. */
function severalEnvelopes(
  text: string,
  bytes: Buffer,
  isGzip: boolean,
  maxEvents: number,
): SeveralEnvelopes | Undecodable | undefined {
  if (hasTooManyValues(text)) return undefined;
  let events = 0;
  const envelopes: ParsedRecord[] = [];
  const controlMessages: ControlMessage[] = [];
  for (let at = afterSpace(bytes, 0); at < bytes.length; ) {
    const end = endOfObject(bytes, at);
    if (end === undefined) return undefined;
    const one = bytes.subarray(at, end);
    const parsed = parsedEnvelope(one.toString("utf8"), one);
    events += parsed?.kind === "envelope" ? roomOf(parsed) : 1;
    if (events > maxEvents) return TOO_MANY_EVENTS;
    if (parsed?.kind === "envelope") envelopes.push(parsed);
    else if (parsed && isGzip) controlMessages.push(parsed);
    else return undefined;
    at = afterSpace(bytes, end);
  }
  return { kind: "several", envelopes: envelopes.map((one) => received(one)), controlMessages };
}

/** What an envelope counts towards `MAX_EVENTS`. */
export const roomOf = ({ envelope }: { envelope: ReceivedEnvelope }): number => Math.max(1, envelope.logEvents.length);

function afterSpace(json: Uint8Array, start: number): number {
  let at = start;
  while (SPACE.includes(json[at])) at++;
  return at;
}

/** JSON's white space. */
const SPACE: readonly (number | undefined)[] = [...Buffer.from(" \t\r\n")];

/** Returns the archive's member for a record that cannot be archived as it is; with its bytes, where they are not UTF-8. */
export function rewritten(envelope: ReceivedEnvelope, bytes: Buffer): Buffer {
  return gzipPieces(envelopePieces(envelope, isUtf8(bytes) ? undefined : bytes));
}

function hasTooManyLines(text: string): boolean {
  return text.length > MAX_EVENTS && ["\n", "\r"].some((mark) => occursMoreThan(MAX_EVENTS, mark, text));
}

function occursMoreThan(times: number, mark: string, text: string): boolean {
  let count = 0;
  for (let at = text.indexOf(mark); at >= 0 && count <= times; at = text.indexOf(mark, at + mark.length)) count++;
  return count > times;
}
