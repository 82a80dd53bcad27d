import type { KinesisStreamRecord } from "aws-lambda";
import { completed, type Origin } from "../../events/complete";
import type { Envelope } from "../../events/envelope";
import type { Undecodable } from "../../events/undecodable";
import { applicationEnvelope } from "./application-record";
import { type ApplicationRecord, type Decoded, decodeInflated, rewritten } from "./decode";
import { type Inflated, inflateRecord } from "./gunzip";

/** One Kinesis record. Its outcome is in its `RecordProgress`. */
export interface KinesisRecord extends Readonly<Origin> {
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
  };
}

/** How records are decoded. */
export interface DecodeSettings {
  /** Maximum size of an inflated record, in bytes. */
  recordMaxBytes: number;
  /** The field that holds an event's time in JSON that applications wrote; "": none. */
  timeField: string;
}

/**
 * Decodes a record. Events without a usable id or time get those of the record, in the archive too: a replay has only the
 * archive, and must write the same documents.
 *
 * @param known the record's inflated data. @default inflated here
 */
export function decodeRecord(
  record: KinesisRecord,
  { recordMaxBytes, timeField }: DecodeSettings,
  known?: Inflated | Undecodable,
): Decoded {
  const inflated = known ?? inflateRecord(record.data, recordMaxBytes);
  if (inflated.kind === "undecodable") return inflated;
  const decoded = decodeInflated(inflated);
  if (decoded.kind === "application") return applicationEvents(decoded, record, timeField);
  if (decoded.kind !== "events") return decoded;
  const envelope = completed(decoded.envelope, record);
  if (envelope === decoded.envelope) return decoded;
  return { kind: "events", envelope, member: rewritten(envelope, inflated.bytes) };
}

/** Archived as an envelope too, so that a replay finds the same events. */
function applicationEvents({ text, bytes }: ApplicationRecord, record: KinesisRecord, timeField: string): Decoded {
  const envelope = completed(applicationEnvelope(text, record, timeField), record);
  return { kind: "events", envelope, member: rewritten(envelope, bytes) };
}

/** Decodes a record that holds events again: keeping the events of a whole batch would take too much memory. */
export function decodeEventsAgain(record: KinesisRecord, settings: DecodeSettings): Envelope {
  const decoded = decodeRecord(record, settings);
  if (decoded.kind !== "events")
    throw new Error(`record ${record.sequenceNumber} held events, and now is ${decoded.kind}`);
  return decoded.envelope;
}
