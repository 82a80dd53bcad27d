import type { Envelope } from "../../events/envelope";
import { NO_TIME, timeIn } from "../../events/time-field";
import { parsedObject } from "../../json/object";

/** The stream and shard that a record comes from, the account that owns them, and when it arrived (ms since the epoch). */
interface Place {
  arrival: number;
  account: string;
  stream: string;
  shardId: string;
}

/**
 * What an application has written to the stream itself, in the form of an envelope: a JSON object is one event, of any
 * other text each line that is not blank. The stream stands for the log group, the shard for the log stream; the events
 * get their ids from `completed`, and the record's arrival as their time where `timeField` gives none.
 *
 * @param timeField see `timeIn`
 */
export function applicationEnvelope(text: string, place: Place, timeField: string): Envelope {
  const { account, stream, shardId, arrival } = place;
  const messages = parsedObject(text) ? [text] : text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== "");
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
