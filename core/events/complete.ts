import type { Envelope, ReceivedEnvelope } from "./envelope";
import { DOCUMENT_TIMES, deliveredTimes, isCloudWatchId, isDocumentTime, isEventId, type TimeLimits } from "./limits";

/** The place and time at which Kinesis received a record. */
export interface Origin {
  shardId: string;
  sequenceNumber: string;
  region: string;
  /** When Kinesis received it, in ms since the epoch. */
  arrival: number;
}

/** The origin of a record, and whether a replay put it there: its events then have the ids and times that they had before. */
export interface RecordOrigin extends Origin {
  isReplayed: boolean;
}

/**
 * Returns the envelope with the ids and times of its documents. An event whose id CloudWatch Logs cannot have written gets its
 * place in the stream as id, and one whose time it cannot have delivered at the record's arrival gets the arrival. Returns `envelope`
 * itself if each event has both.
 *
 * @param firstPosition the first event's position in its record. @default 0
 */
export function completed(envelope: ReceivedEnvelope, origin: RecordOrigin, firstPosition = 0): Envelope {
  const isId = origin.isReplayed ? isEventId : isCloudWatchId;
  const limits = timesOf(origin);
  const isTime = (timestamp: unknown): timestamp is number => isDocumentTime(timestamp, limits);
  if (areComplete(envelope, isId, isTime)) return envelope;
  const { messageType, owner, logGroup, logStream } = envelope;
  const logEvents = envelope.logEvents.map(({ id, timestamp, ...rest }, i) => ({
    id: isId(id) ? id : placeId(origin, firstPosition + i),
    timestamp: isTime(timestamp) ? timestamp : origin.arrival,
    ...rest,
  }));
  return { messageType, owner, logGroup, logStream, logEvents };
}

/** The times that the events of a record may have. */
export function timesOf({ arrival, isReplayed }: RecordOrigin): TimeLimits {
  return isReplayed ? DOCUMENT_TIMES : deliveredTimes(arrival);
}

/** Whether each event has an id and a time that a document can have, as those of the archive have. */
export function isCompleted(envelope: ReceivedEnvelope): envelope is Envelope {
  return areComplete(envelope, isEventId, isDocumentTime);
}

function areComplete(
  envelope: ReceivedEnvelope,
  isId: (id: unknown) => id is string,
  isTime: (timestamp: unknown) => timestamp is number,
): envelope is Envelope {
  return envelope.logEvents.every(({ id, timestamp }) => isId(id) && isTime(timestamp));
}

/** The id of an event that has none: its place in the stream. It has colons, as no id of another origin has. */
export function placeId(
  { shardId, sequenceNumber }: Pick<Origin, "shardId" | "sequenceNumber">,
  position: number,
): string {
  return `${shardId}:${sequenceNumber}:${position}`;
}
