import type { Envelope } from "./envelope";
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
  envelope: Envelope,
  { shardId, sequenceNumber, arrival }: Origin,
  firstPosition = 0,
): Envelope {
  const { messageType, owner, logGroup, logStream, logEvents } = envelope;
  if (logEvents.every(({ id, timestamp }) => isDocumentId(id) && isDocumentTime(timestamp))) return envelope;
  const completedEvents = logEvents.map(({ id, timestamp, message }, i) => ({
    id: isDocumentId(id) ? id : `${shardId}:${sequenceNumber}:${firstPosition + i}`,
    timestamp: isDocumentTime(timestamp) ? timestamp : arrival,
    message,
  }));
  return { messageType, owner, logGroup, logStream, logEvents: completedEvents };
}
