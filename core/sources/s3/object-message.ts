import { isObject, memberOf, parsedObject } from "../../json/object";
import { type ObjectPosition, positionIn } from "./object-position";
import { type SourceObject, sourceObjectOf } from "./source-object";

/** An object to read. */
export interface ObjectToRead {
  object: SourceObject;
  /** From where on. @default its start */
  position?: ObjectPosition;
}

/** What a message of the queue says. */
export type ObjectMessage =
  /**
   * `others`: how many of its events are not about a new object, such as a deletion. `unreadable`: why others name no object, one
   * reason each.
   */
  | { kind: "objects"; objects: ObjectToRead[]; others: number; unreadable: string[] }
  /** S3 sends it when a notification is configured. */
  | { kind: "test" }
  | { kind: "unreadable"; reason: string };

/** The names of our own message, and of its object. */
const OWN = "accessLogs";

/**
 * Maximum size of a message that is read, in characters. Source: Amazon SQS Developer Guide "Amazon SQS message quotas": 1 MiB.
 */
const MAX_LENGTH = 1024 * 1024;

const one = (toRead: ObjectToRead): ObjectMessage => ({
  kind: "objects",
  objects: [toRead],
  others: 0,
  unreadable: [],
});

const unreadable = (reason: string): ObjectMessage => ({ kind: "unreadable", reason });

/**
 * Reads the body of a message: an event of S3, directly or by SNS, EventBridge's "Object Created", or our own. Never throws,
 * whatever the body.
 *
 * Sources: Amazon S3 User Guide "Event message structure" and "EventBridge event message structure"; Amazon SNS Developer Guide
 * "Amazon SNS message and JSON formats".
 */
export function parseObjectMessage(body: string): ObjectMessage {
  if (body.length > MAX_LENGTH) return unreadable(`is longer than ${MAX_LENGTH} characters`);
  const message = parsedObject(body);
  if (!message) return unreadable("is no JSON object");
  const isNotification = message.Type === "Notification" && typeof message.Message === "string";
  if (!isNotification) return messageOf(message);
  const wrapped = parsedObject(message.Message as string);
  return wrapped ? messageOf(wrapped) : unreadable("is a notification of SNS whose message is no JSON object");
}

function messageOf(message: Record<string, unknown>): ObjectMessage {
  if (Array.isArray(message.Records)) return recordsOf(message.Records);
  if (message.Event === "s3:TestEvent") return { kind: "test" };
  if (message.source === "aws.s3") return eventBridgeMessage(message);
  if (isObject(message[OWN])) return ownMessage(message[OWN]);
  return unreadable("is no event of S3, of EventBridge about S3, and no message of our own");
}

function recordsOf(records: readonly unknown[]): ObjectMessage {
  const created = records.filter(isCreation);
  const objects: ObjectToRead[] = [];
  const reasons: string[] = [];
  for (const record of created) {
    const object = sourceObjectOf({
      bucket: memberOf(record, "s3.bucket.name"),
      key: formDecoded(memberOf(record, "s3.object.key")),
      etag: memberOf(record, "s3.object.eTag"),
      size: memberOf(record, "s3.object.size"),
      region: memberOf(record, "awsRegion"),
    });
    if (typeof object === "string") reasons.push(`has an event of S3 that ${object}`);
    else objects.push({ object });
  }
  return { kind: "objects", objects, others: records.length - created.length, unreadable: reasons };
}

function isCreation(record: unknown): boolean {
  const name = memberOf(record, "eventName");
  return typeof name === "string" && /^(s3:)?ObjectCreated:/.test(name);
}

/**
 * Decodes a key as S3's events have it: a space is a plus.
 *
 * @returns "", which is no key, for one that is no UTF-8 after it
 */
function formDecoded(key: unknown): string {
  try {
    return typeof key === "string" ? decodeURIComponent(key.replaceAll("+", " ")) : "";
  } catch {
    return "";
  }
}

/** Keys are not encoded there. */
function eventBridgeMessage(message: Record<string, unknown>): ObjectMessage {
  if (message["detail-type"] !== "Object Created") return { kind: "objects", objects: [], others: 1, unreadable: [] };
  const object = sourceObjectOf({
    bucket: memberOf(message, "detail.bucket.name"),
    key: memberOf(message, "detail.object.key"),
    etag: memberOf(message, "detail.object.etag"),
    size: memberOf(message, "detail.object.size"),
    region: message.region,
  });
  if (typeof object === "string") return unreadable(`is an event of EventBridge that ${object}`);
  return one({ object });
}

function ownMessage({ bucket, key, etag, size, region, position }: Record<string, unknown>): ObjectMessage {
  const object = sourceObjectOf({ bucket, key, etag, size, region });
  if (typeof object === "string") return unreadable(`is a message of our own that ${object}`);
  if (position === undefined) return one({ object });
  const from = positionIn(position);
  return from ? one({ object, position: from }) : unreadable("is a message of our own whose position is none");
}

/**
 * Writes our own message: for the rest of an object, and for an object that is delivered again. At most some 30 KB, in ASCII,
 * because SQS accepts not every character. `parseObjectMessage` reads it.
 */
export function encodeObjectMessage({ object, position }: ObjectToRead): string {
  const json = JSON.stringify({ [OWN]: { ...object, position } });
  return json.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
