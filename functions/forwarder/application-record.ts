import type { Envelope } from "./decode";
import { parsedObject } from "./json-object";

/** No time that a document can have: `completed` puts the record's arrival in its place. */
const NO_TIME = -1;

/** The stream and shard that a record comes from, and the account that owns them. */
interface Place {
  account: string;
  stream: string;
  shardId: string;
}

/**
 * What an application has written to the stream itself, in the form of an envelope: a JSON object is one event, of any
 * other text each line that is not blank. The stream stands for the log group, the shard for the log stream; the events
 * get their ids from `completed`.
 */
export function applicationEnvelope(text: string, { account, stream, shardId }: Place): Envelope {
  const messages = parsedObject(text) ? [text] : text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== "");
  return {
    messageType: "DATA_MESSAGE",
    owner: account,
    logGroup: stream,
    logStream: shardId,
    logEvents: messages.map((message) => ({ id: "", timestamp: NO_TIME, message })),
  };
}
