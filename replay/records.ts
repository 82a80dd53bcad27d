import type { Origin } from "../core/events/complete";
import type { Envelope, LogEvent } from "../core/events/envelope";
import { splitFields } from "../core/events/extracted-fields";
import type { DeliveryProgress } from "../core/sinks/sink";
import { MAX_EVENTS } from "../core/sources/kinesis/decode";
import type { KinesisRecord } from "../core/sources/kinesis/record";
import type { RecordPart } from "../core/sources/kinesis/record-part";
import type { ObjectToRead } from "../core/sources/s3/object-message";
import type { Selection } from "./arguments/arguments";
import type { LaneMessages } from "./lane-messages";

/** The part of one Kinesis record that is to be replayed. */
export interface ReplayRecord {
  origin: Origin;
  /** Its envelopes with selected events. */
  envelopes: Envelope[];
  /** The record byte for byte, and what it decodes to, if the bucket has it: it was quarantined before it was archived. */
  original?: { record: KinesisRecord; parts: readonly RecordPart[] };
  partitionKey?: string;
  /** The stream that it came through, where the bucket says so. */
  stream?: string;
  /** The index's earlier rejection of its event. */
  rejection?: string;
  /** An object of access logs that the queue is to have: it counts as one event. */
  toRead?: ObjectToRead;
}

/** It came through no stream, and its events are not known yet. */
export const objectRecord = (toRead: ObjectToRead): ReplayRecord => ({
  origin: { shardId: "", sequenceNumber: "", region: "", arrival: 0 },
  envelopes: [],
  toRead,
});

/** Number of parts that still cannot be decoded. */
export function undecodableCount({ original }: ReplayRecord): number {
  return original?.parts.filter(({ kind }) => kind === "undecodable").length ?? 0;
}

/** Maximum of `eventCount`: as many events, and as many user records that cannot be decoded. */
export const MAX_EVENT_COUNT = 2 * MAX_EVENTS;

/** Number of events; a part that cannot be decoded counts as one. */
export function eventCount(record: ReplayRecord): number {
  const others = undecodableCount(record) + (record.toRead ? 1 : 0);
  return record.envelopes.reduce((sum, { logEvents }) => sum + logEvents.length, others);
}

/** Rejects the parts that still cannot be decoded. */
export function rejectUndecodable(records: readonly ReplayRecord[], progress: DeliveryProgress): void {
  for (const [record, replayed] of records.entries()) {
    for (let part = 0; part < undecodableCount(replayed); part++) {
      progress.rejected({ record, position: part }, "cannot be decoded");
    }
  }
}

/**
 * Returns the envelope with the events that are selected, by their own time; undefined when there are none.
 *
 * @param messages joins events before, of which the first one's time counts. @default none are joined
 * @param stream that the envelope came through, where the bucket says so
 * @throws StoppedError, see `LaneMessages`
 */
export function selected(
  envelope: Envelope,
  selection: Selection,
  messages?: LaneMessages,
  stream?: string,
): Envelope | undefined {
  if (selection.logGroup !== undefined && envelope.logGroup !== selection.logGroup) return undefined;
  const { logEvents: all } = messages?.joined(envelope, stream) ?? envelope;
  const logEvents = all.filter(
    (event) => isWithin(event.timestamp, selection) && isOfAccount(event, envelope, selection),
  );
  return logEvents.length > 0 ? { ...envelope, logEvents } : undefined;
}

/** Whether the selection is of one log group or account. */
export const isOfOneOrigin = ({ logGroup, account }: Selection): boolean =>
  logGroup !== undefined || account !== undefined;

/** By what the event's document has as `cloud.account.id`: a centralized log group has events of many accounts. */
function isOfAccount({ extractedFields }: LogEvent, { owner }: Envelope, { account }: Selection): boolean {
  if (account === undefined) return true;
  return ((extractedFields && splitFields(extractedFields).system.owner) ?? owner) === account;
}

export function isWithin(ms: number, { fromMs, toMs }: Selection): boolean {
  return fromMs <= ms && ms < toMs;
}
