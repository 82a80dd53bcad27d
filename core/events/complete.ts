import type { Envelope, ReceivedEnvelope } from "./envelope";
import { isDocumentId, isDocumentTime } from "./limits";

/** The place and time at which Kinesis received a record. */
export interface Origin {
  shardId: string;
  sequenceNumber: string;
  region: string;
  /** When Kinesis received it, in ms since the epoch. */
  arrival: number;
}

/**
 * Returns the envelope with usable ids and times: an event whose id cannot be a document's `_id` gets its place in the
 * stream as id, and one whose time cannot be an `@timestamp` gets the record's arrival. Returns `envelope` itself if each
 * event has both.
 *
 * @param firstPosition the first event's position in its record. @default 0
 */
export function completed(
  envelope: ReceivedEnvelope,
  { shardId, sequenceNumber, arrival }: Origin,
  firstPosition = 0,
): Envelope {
  if (isCompleted(envelope)) return envelope;
  const { messageType, owner, logGroup, logStream } = envelope;
  const logEvents = envelope.logEvents.map(({ id, timestamp, message }, i) => ({
    id: isDocumentId(id) ? id : `${shardId}:${sequenceNumber}:${firstPosition + i}`,
    timestamp: isDocumentTime(timestamp) ? timestamp : arrival,
    message,
  }));
  return { messageType, owner, logGroup, logStream, logEvents };
}

/** Whether each event has an id and a time that a document can have, as those of the archive have. */
export function isCompleted(envelope: ReceivedEnvelope): envelope is Envelope {
  return envelope.logEvents.every(({ id, timestamp }) => isDocumentId(id) && isDocumentTime(timestamp));
}
