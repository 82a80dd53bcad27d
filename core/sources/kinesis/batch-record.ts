import type { KinesisStreamRecord } from "aws-lambda";
import { completed, type Origin } from "../../events/complete";
import type { Undecodable } from "../../events/undecodable";
import { applicationEnvelope } from "./application-record";
import { type ApplicationRecord, type Decoded, decodeInflated, rewritten } from "./decode";
import { type Inflated, inflateRecord } from "./gunzip";

/** An event that the index refused for good. */
export interface Rejection {
  position: number;
  refusal: string;
}

/** One Kinesis record of the batch, and what has become of it. */
export interface BatchRecord extends Origin {
  data: Buffer;
  stream: string;
  /** The account that owns the stream. */
  account: string;
  /** What is not yet settled: its events, or the record itself as long as it was not read. 0: finished. */
  open: number;
  rejections: Rejection[];
  /** Set for a record with events: what the archive keeps of it, and under which log group. */
  archive?: { logGroup: string; member: Buffer };
  /** Set for a record that can't be decoded: why. */
  deadLetter?: string;
}

export function batchRecord({ kinesis, eventID, eventSourceARN, awsRegion }: KinesisStreamRecord): BatchRecord {
  return {
    data: Buffer.from(kinesis.data, "base64"),
    shardId: eventID.split(":", 1)[0]!,
    sequenceNumber: kinesis.sequenceNumber,
    stream: eventSourceARN.slice(eventSourceARN.indexOf("/") + 1),
    account: eventSourceARN.split(":")[4] ?? "",
    region: awsRegion,
    arrival: Math.round(kinesis.approximateArrivalTimestamp * 1000),
    open: 1,
    rejections: [],
  };
}

/** How records are decoded. */
export interface DecodeSettings {
  /** What one record may inflate to, in bytes. */
  recordMaxBytes: number;
  /** The field that holds an event's time in JSON that applications wrote; "": none. */
  timeField: string;
}

/**
 * Decodes a record. Events without a usable id or time have those that the record gives them, in the archive too: a replay
 * knows no more than the archive, and has to find the same documents.
 */
export function decodeBatchRecord(
  record: BatchRecord,
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
function applicationEvents({ text, bytes }: ApplicationRecord, record: BatchRecord, timeField: string): Decoded {
  const envelope = completed(applicationEnvelope(text, record, timeField), record);
  return { kind: "events", envelope, member: rewritten(envelope, bytes) };
}
