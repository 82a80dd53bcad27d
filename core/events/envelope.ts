import { isDeepStrictEqual } from "node:util";
import { hasTooManyValues, isObject } from "../json/object";
import { isEventCount } from "./event-count";
import { type ExtractedFields, extractedFieldsIn } from "./extracted-fields";
import { isDocumentTime } from "./limits";

/** Each document repeats these names. Source: CloudWatch Logs "CreateLogGroup" and "CreateLogStream". */
const MAX_NAME_LENGTH = 512;

/** One event of a CloudWatch Logs envelope; `timestamp` is in milliseconds since the epoch. */
export interface LogEvent {
  id: string;
  timestamp: number;
  message: string;
  extractedFields?: ExtractedFields;
  /** How many events were joined to this one: core/messages/joining.ts. @default 1 */
  eventCount?: number;
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

/** An event as it was received. */
interface ReceivedEvent extends Pick<LogEvent, "message" | "extractedFields" | "eventCount"> {
  id?: unknown;
  timestamp?: unknown;
}

/** An envelope as it was received: `completed` replaces ids and times that CloudWatch Logs cannot have written. */
export interface ReceivedEnvelope extends Omit<Envelope, "logEvents"> {
  logEvents: ReceivedEvent[];
}

/** A parsed envelope or control message, or the reason why a text is neither. */
export type Parsed =
  | { kind: "envelope"; envelope: ReceivedEnvelope }
  /** CloudWatch Logs probes the stream by it; it holds no event. */
  | { kind: "control" }
  | { kind: "other"; reason: string };

/**
 * Parses an inflated record, or a line of the archive. An envelope may have further members; a control message is the one text
 * that CloudWatch Logs writes, because it is dropped.
 */
export function parseEnvelope(text: string): Parsed {
  if (hasTooManyValues(text)) return other("holds more values than memory has room for");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return other("not JSON");
  }
  if (isControlMessage(value, text)) return { kind: "control" };
  const problem = problemIn(value);
  if (problem) return other(`no CloudWatch Logs envelope: ${problem}`);
  return { kind: "envelope", envelope: withKnownEvents(value as UncheckedEnvelope) };
}

/** An envelope whose events' other members can be anything. */
interface UncheckedEnvelope extends Omit<ReceivedEnvelope, "logEvents"> {
  logEvents: (Omit<ReceivedEvent, "extractedFields" | "eventCount"> & {
    extractedFields?: unknown;
    eventCount?: unknown;
  })[];
}

/** Of an event only what is read stays in memory. */
function withKnownEvents(envelope: UncheckedEnvelope): ReceivedEnvelope {
  const logEvents = envelope.logEvents.map(({ id, timestamp, message, extractedFields: given, eventCount }) => {
    const event: ReceivedEvent = { id, timestamp, message };
    const extractedFields = given === undefined ? undefined : extractedFieldsIn(given);
    if (extractedFields) event.extractedFields = extractedFields;
    if (isEventCount(eventCount)) event.eventCount = eventCount;
    return event;
  });
  return { ...envelope, logEvents };
}

const other = (reason: string): Parsed => ({ kind: "other", reason });

/** By their destination. Seen in records; AWS documents only that there are such messages. */
const PROBES = ["Kinesis stream", "Firehose"].map(
  (destination) => `CWL CONTROL MESSAGE: Checking health of destination ${destination}.`,
);

/** Whether a text has the members and values of a control message, and no byte besides. */
function isControlMessage(value: unknown, text: string): boolean {
  if (!isObject(value) || value.messageType !== "CONTROL_MESSAGE" || !Array.isArray(value.logEvents)) return false;
  const { timestamp, message } = (value.logEvents[0] ?? {}) as Record<string, unknown>;
  if (!isDocumentTime(timestamp) || typeof message !== "string" || !PROBES.includes(message)) return false;
  const control = {
    messageType: "CONTROL_MESSAGE",
    owner: "CloudwatchLogs",
    logGroup: "",
    logStream: "",
    subscriptionFilters: [],
    logEvents: [{ id: "", timestamp, message }],
  };
  // A repeated member is in the text alone.
  return isDeepStrictEqual(value, control) && JSON.stringify(value) === text;
}

/** Returns an envelope without the members that nothing reads, so that it keeps no memory for them. */
export function knownMembers({
  messageType,
  owner,
  logGroup,
  logStream,
  logEvents,
}: ReceivedEnvelope): ReceivedEnvelope {
  return { messageType, owner, logGroup, logStream, logEvents };
}

function problemIn(envelope: unknown): string | undefined {
  if (!isObject(envelope)) return "not an object";
  if (envelope.messageType !== "DATA_MESSAGE") return "messageType is not DATA_MESSAGE";
  for (const field of ["owner", "logGroup", "logStream"]) {
    const name = envelope[field];
    if (typeof name !== "string") return `${field} is not a string`;
    if (name.length > MAX_NAME_LENGTH) return `${field} is longer than ${MAX_NAME_LENGTH} characters`;
  }
  if (!Array.isArray(envelope.logEvents)) return "logEvents is not an array";
  const wrong = envelope.logEvents.findIndex((event) => !isObject(event) || typeof event.message !== "string");
  return wrong < 0 ? undefined : `logEvents[${wrong}] has no string message`;
}
