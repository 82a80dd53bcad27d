import type { Envelope } from "../../events/envelope";
import { NO_TIME, timeIn } from "../../events/time-field";
import { parsedObject } from "../../json/object";
import { nonBlankLines } from "./text-lines";

/** The stream and shard of a record, the account that owns them, and when it arrived (ms since the epoch). */
interface RecordPlace {
  arrival: number;
  account: string;
  stream: string;
  shardId: string;
}

/**
 * Returns the envelope for a record that an application wrote to the stream itself: a JSON object is one event; in any other
 * text, each line that is not blank is one. The stream takes the place of the log group, the shard that of the log stream. `completed`
 * gives the events their ids, and the record's arrival as the time where `timeField` gives none.
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
    logEvents: messages.map((message) => ({
      id: "",
      timestamp: timeField === "" ? NO_TIME : timeIn(message, timeField, arrival),
      message,
    })),
  };
}
