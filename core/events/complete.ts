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
 * The envelope with an id (the event's place in the stream) and a time (the record's arrival) for each event that has none
 * that a document can have; `envelope` itself, if there is no such event.
 */
export function completed(envelope: Envelope, { shardId, sequenceNumber, arrival }: Origin): Envelope {
  const { messageType, owner, logGroup, logStream, logEvents } = envelope;
  if (logEvents.every(({ id, timestamp }) => isDocumentId(id) && isDocumentTime(timestamp))) return envelope;
  const completedEvents = logEvents.map(({ id, timestamp, message }, position) => ({
    id: isDocumentId(id) ? id : `${shardId}:${sequenceNumber}:${position}`,
    timestamp: isDocumentTime(timestamp) ? timestamp : arrival,
    message,
  }));
  return { messageType, owner, logGroup, logStream, logEvents: completedEvents };
}
