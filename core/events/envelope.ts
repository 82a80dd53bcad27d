import { hasTooManyValues, isObject } from "../json/object";
import { type Undecodable, undecodable } from "./undecodable";

/** Each document repeats these names. Source: CloudWatch Logs "CreateLogGroup" and "CreateLogStream". */
const MAX_NAME_LENGTH = 512;

/** One event of a CloudWatch Logs envelope; `timestamp` is in milliseconds since the epoch. */
export interface LogEvent {
  id: string;
  timestamp: number;
  message: string;
}

/**
 * The data that CloudWatch Logs puts into one Kinesis record.
 *
 * Source: CloudWatch Logs User Guide "Real-time processing of log data with subscriptions".
 */
export interface Envelope {
  messageType: "DATA_MESSAGE";
  owner: string;
  logGroup: string;
  logStream: string;
  logEvents: LogEvent[];
}

export type Eventless =
  /** CloudWatch Logs probes the stream by it; it holds no event. */
  { kind: "control" } | Undecodable;

/** A parsed envelope, or the reason why there is none. */
export type Parsed = { kind: "events"; envelope: Envelope } | Eventless;

/** Parses an inflated record, or a line of the archive. */
export function parseEnvelope(text: string): Parsed {
  if (hasTooManyValues(text)) return undecodable("holds more values than memory has room for");
  let envelope: unknown;
  try {
    envelope = JSON.parse(text);
  } catch {
    return undecodable("inflates to something that is not JSON");
  }
  if (isObject(envelope) && envelope.messageType === "CONTROL_MESSAGE") return { kind: "control" };
  const problem = problemIn(envelope);
  if (problem) return undecodable(`no CloudWatch Logs envelope: ${problem}`);
  return { kind: "events", envelope: envelope as Envelope };
}

function problemIn(envelope: unknown): string | undefined {
  if (!isObject(envelope)) return "not an object";
  if (envelope.messageType !== "DATA_MESSAGE") return "messageType is neither DATA_MESSAGE nor CONTROL_MESSAGE";
  for (const field of ["owner", "logGroup", "logStream"]) {
    const name = envelope[field];
    if (typeof name !== "string") return `${field} is not a string`;
    if (name.length > MAX_NAME_LENGTH) return `${field} is longer than ${MAX_NAME_LENGTH} characters`;
  }
  if (!Array.isArray(envelope.logEvents)) return "logEvents is not an array";
  const wrong = envelope.logEvents.findIndex((event) => !isLogEvent(event));
  return wrong < 0 ? undefined : `logEvents[${wrong}] has no string id, number timestamp or string message`;
}

function isLogEvent(event: unknown): event is LogEvent {
  return (
    isObject(event) &&
    typeof event.id === "string" &&
    typeof event.timestamp === "number" &&
    typeof event.message === "string"
  );
}
