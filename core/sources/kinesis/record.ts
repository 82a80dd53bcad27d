import type { KinesisStreamRecord } from "aws-lambda";
import { completed, type RecordOrigin } from "../../events/complete";
import type { Envelope } from "../../events/envelope";
import type { Undecodable } from "../../events/undecodable";
import { applicationEnvelope } from "./application-record";
import { type ApplicationRecord, type Decoded, type DecodedEnvelope, decodeInflated, rewritten } from "./decode";
import { type Inflated, inflateRecord } from "./gunzip";
import { isReplayKey } from "./replay-key";

/** One Kinesis record. Its outcome is in its `RecordProgress`. */
export interface KinesisRecord extends Readonly<RecordOrigin> {
  readonly data: Buffer;
  readonly stream: string;
  /** The account that owns the stream. */
  readonly account: string;
}

export function kinesisRecord({ kinesis, eventID, eventSourceARN, awsRegion }: KinesisStreamRecord): KinesisRecord {
  return {
    data: Buffer.from(kinesis.data, "base64"),
    shardId: eventID.split(":", 1)[0]!,
    sequenceNumber: kinesis.sequenceNumber,
    stream: eventSourceARN.slice(eventSourceARN.indexOf("/") + 1),
    account: eventSourceARN.split(":")[4] ?? "",
    region: awsRegion,
    arrival: Math.round(kinesis.approximateArrivalTimestamp * 1000),
    isReplayed: isReplayKey(kinesis.partitionKey),
  };
}

/** How records are decoded. */
export interface DecodeSettings {
  /** Maximum size of an inflated record, in bytes. */
  recordMaxBytes: number;
  /** The field that holds an event's time in JSON that applications wrote; "": none. */
  timeField: string;
}

/** A part of a record that cannot be decoded. */
export interface UndecodablePart extends Undecodable {
  /** The part's data, as a record of its own. */
  record: KinesisRecord;
}

/** A part of a record, classified by RECORD_RULES; most records have one. */
export type RecordPart = DecodedEnvelope | Exclude<Decoded, DecodedEnvelope | Undecodable> | UndecodablePart;

/**
 * Decodes a record into its parts. The archive has the events with the ids and times of their documents: a replay has only the
 * archive, and must write the same documents.
 *
 * @param inflated the record's inflated data. @default inflated here
 */
export function decodeRecord(
  record: KinesisRecord,
  settings: DecodeSettings,
  inflated = inflateRecord(record.data, settings.recordMaxBytes),
): RecordPart[] {
  const decoded = decodePart(record, settings, inflated);
  return [decoded.kind === "undecodable" ? { ...decoded, record } : decoded];
}

function decodePart(record: KinesisRecord, { timeField }: DecodeSettings, inflated: Inflated | Undecodable): Decoded {
  if (inflated.kind === "undecodable") return inflated;
  const decoded = decodeInflated(inflated);
  if (decoded.kind === "application") return applicationEvents(decoded, record, timeField);
  if (decoded.kind !== "envelope") return decoded;
  // A replay puts gzipped envelopes. What an application writes may be a text and a key of somebody else's.
  const origin = inflated.member ? record : { ...record, isReplayed: false };
  const envelope = completed(decoded.envelope, origin);
  const member = envelope === decoded.envelope ? decoded.member : rewritten(envelope, inflated.bytes);
  return { kind: "events", envelope, member };
}

/** Archived as an envelope too, so that a replay finds the same events. */
function applicationEvents({ text, bytes }: ApplicationRecord, record: KinesisRecord, timeField: string): Decoded {
  const envelope = applicationEnvelope(text, record, timeField);
  return { kind: "events", envelope, member: rewritten(envelope, bytes) };
}

/** The envelopes among a record's parts. */
export function envelopesIn(parts: readonly RecordPart[]): Envelope[] {
  return parts.flatMap((part) => (part.kind === "events" ? part.envelope : []));
}

/** Decodes a record's envelopes again: keeping the events of a whole batch would take too much memory. */
export function decodeEventsAgain(record: KinesisRecord, settings: DecodeSettings): Envelope[] {
  const envelopes = envelopesIn(decodeRecord(record, settings));
  if (envelopes.length === 0) throw new Error(`record ${record.sequenceNumber} held events, and now holds none`);
  return envelopes;
}
