import { type Origin, placeId } from "../../events/complete";
import type { Envelope } from "../../events/envelope";
import { ownIdIn } from "../../events/own-id";
import { timeIn } from "../../events/time-field";
import { parsedObject } from "../../json/object";
import { nonBlankLines } from "./text-lines";

/** The stream of a record, the account that owns it, and the record's place and arrival there. */
interface RecordPlace extends Omit<Origin, "region"> {
  account: string;
  stream: string;
}

/**
 * Returns the envelope for a record that an application wrote to the stream itself: a JSON object is one event; in any other
 * text, each line that is not blank is one. The stream takes the place of the log group, the shard that of the log stream. An
 * event without an id of its own (`ownIdIn`) gets its place in the stream, and one without a time the record's arrival.
 *
 * @param timeField see `timeIn`
 */
export function applicationEnvelope(text: string, place: RecordPlace, timeField: string): Envelope {
  const { account, stream, shardId, arrival } = place;
  const messages = parsedObject(text) ? [text] : nonBlankLines(text);
  return {
    messageType: "DATA_MESSAGE",
    owner: account,
    logGroup: stream,
    logStream: shardId,
    logEvents: messages.map((message, position) => ({
      id: ownIdIn(message) ?? placeId(place, position),
      timestamp: timeIn(message, timeField, arrival) ?? arrival,
      message,
    })),
  };
}
