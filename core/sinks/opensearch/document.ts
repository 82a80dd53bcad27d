import type { Envelope, LogEvent } from "../../events/envelope";
import { type ExtractedFields, splitFields } from "../../events/extracted-fields";
import { jsonMembers } from "../../json/members";
import { isObject, parsedObject } from "../../json/object";
import { LABEL_NAMES, OBJECT_NAMES } from "../../settings/object-names";
import { isDateLike } from "./date-like";
import { fieldText } from "./field-text";
import { withNestedLabels } from "./nested-labels";
import { textReason } from "./text-reason";

/** Root fields that the pipeline itself writes. */
const OWN = ["@timestamp", "cloud", "aws", "json"];

/**
 * Fields that Elasticsearch, OpenSearch and Lucene keep for themselves. They reject a document that has one, or worse:
 * `_primary_term` fails the shard, and with `__soft_deletes` the document is accepted and never found.
 */
const METADATA = [
  ...["__soft_deletes", "_data_stream_timestamp", "_doc_count", "_feature", "_field_names", "_id", "_ignored"],
  ...["_ignored_source", "_index", "_nested_path", "_primary_term", "_recovery_source", "_recovery_source_size"],
  ...["_routing", "_seq_no", "_size", "_source", "_tier", "_tombstone", "_tsid", "_type", "_uid", "_version"],
];

const RESERVED = new Set([...OWN, ...METADATA]);

/** First segments of the root keys that may collide, or move, whatever their value is. */
export const ROOT_NAMES = [...RESERVED, "message", ...LABEL_NAMES];

/** JSON members that all documents of one record share. */
export interface RecordFields {
  /** `cloud` and `aws` of a document that was not rejected. */
  all: string;
  cloud: string;
  /** `aws` up to `rejection`, which a text alone has; a text has no extracted fields. */
  aws: string;
  /** The pipeline's own members of `event`. @default none: `event` is the message's */
  event?: string;
}

const NO_ROOTS: ReadonlySet<string> = new Set();
const EVENT_ROOT: ReadonlySet<string> = new Set(["event"]);

/** The member `event` of a document that no parser has written, after a comma. */
const ownEvent = ({ event }: RecordFields): string => (event === undefined ? "" : `,"event":{${event}}`);

/**
 * Returns the fields that name the source of the events of `envelope`.
 *
 * @param region the AWS region of the stream
 * @param extracted the fields that CloudWatch Logs extracted from an event. @default none
 * @param eventCount the number of the events that were joined to one. @default none is written
 */
export function recordFields(
  envelope: Pick<Envelope, "owner" | "logGroup" | "logStream">,
  region: string,
  extracted: ExtractedFields = {},
  eventCount?: number,
): RecordFields {
  const cloud = `"cloud":{"account":{"id":${fieldText(envelope.owner)}},"region":${fieldText(region)}}`;
  const names = `"log_group":${fieldText(envelope.logGroup)},"log_stream":${fieldText(envelope.logStream)}`;
  const count = eventCount === undefined ? "" : `,"event_count":${eventCount}`;
  const aws = `"aws":{"cloudwatch":{${names}${count}`;
  return { all: `${cloud},${aws}${extractedMember(extracted)}}}`, cloud, aws };
}

/** None for fields that an engine may not survive: an index may have a mapping of its own for them. */
function extractedMember(fields: ExtractedFields): string {
  const members = Object.entries(fields).map(([name, value]) => `${JSON.stringify(name)}:${fieldText(value)}`);
  const object = `{${members.join(",")}}`;
  return members.length === 0 || textReason(object) !== undefined ? "" : `,"extracted_fields":${object}`;
}

/** As `recordFields`, for an event with fields of its own: system fields say where it comes from. */
export function eventFields(
  { owner, logGroup, logStream }: Pick<Envelope, "owner" | "logGroup" | "logStream">,
  region: string,
  { extractedFields = {}, eventCount }: Pick<LogEvent, "extractedFields" | "eventCount">,
): RecordFields {
  const { system, others } = splitFields(extractedFields);
  return recordFields({ owner, logGroup, logStream, ...system }, system.region ?? region, others, eventCount);
}

/**
 * Returns the search document of one event, as one line of JSON. docs/documents.md lists its fields.
 *
 * The members of a JSON object become the document's root, letter for letter; those that would collide go to `json`, and dotted
 * labels to `labels`. An
 * object that an engine may not survive is indexed as text at once: see `textReason`.
 *
 * @param time `@timestamp`, ISO 8601
 */
export function documentOf(message: string, time: string, fields: RecordFields): string {
  const head = `{"@timestamp":"${time}",${fields.all}${ownEvent(fields)}`;
  const nested = withNestedLabels(message);
  const object = parsedObject(nested);
  if (!object) return `${head},"message":${fieldText(message)}}`;
  const json = jsonLine(nested);
  const reason = textReason(json);
  if (reason !== undefined) return textDocumentOf(message, time, fields, reason);
  const members = placedMembers(json, object, fields.event === undefined ? NO_ROOTS : EVENT_ROOT);
  return members === "" ? `${head}}` : `${head},${members}}`;
}

/**
 * Returns the document of an event that the index rejected with its fields: the whole message as text, so that it can be found.
 *
 * @param rejection the item's error; `rejection` beside the names of its source has it after `rejected: `, which finds all such documents
 */
export function textDocumentOf(message: string, time: string, fields: RecordFields, rejection: string): string {
  const { cloud, aws } = fields;
  const own = `${cloud},${aws},"rejection":${fieldText(`rejected: ${rejection}`)}}}${ownEvent(fields)}`;
  return `{"@timestamp":"${time}",${own},"message":${fieldText(message)}}`;
}

/**
 * Returns a document of the pipeline's own fields alone, for a probe: null, which an index with a strict mapping rejects like
 * any other value of a field that it lacks, in place of what a writer chooses: message, log stream and time. It has no rejection:
 * an index that lacks that field takes all events but rejected ones.
 */
export function emptyDocumentOf(logGroup: string, { cloud }: RecordFields): string {
  const aws = `"aws":{"cloudwatch":{"log_group":${fieldText(logGroup)},"log_stream":null}}`;
  return `{"@timestamp":"${new Date(0).toISOString()}",${cloud},${aws},"message":null}`;
}

/** An object of a bucket, and what its key says about where it comes from. */
export interface ObjectNames {
  bucket: string;
  key: string;
  /** @default unknown */
  account?: string | undefined;
  /** @default unknown */
  region?: string | undefined;
}

/** Returns the fields that name the object of a line; `event` is the line's own. */
export function objectFields({ bucket, key, account, region }: ObjectNames): Omit<RecordFields, "event"> {
  const members = [
    ...(account === undefined ? [] : [`"account":{"id":${fieldText(account)}}`]),
    `"provider":"aws"`,
    ...(region === undefined ? [] : [`"region":${fieldText(region)}`]),
  ];
  const cloud = `"cloud":{${members.join(",")}}`;
  const aws = `"aws":{"s3":{"bucket":{"name":${fieldText(bucket)}},"object":{"key":${fieldText(key)}}`;
  return { all: `${cloud},${aws}}}`, cloud, aws };
}

/** As `emptyDocumentOf`, of a line of an object. */
export function emptyLineDocumentOf(bucket: string, { cloud }: Pick<RecordFields, "cloud">): string {
  const aws = `"aws":{"s3":{"bucket":{"name":${fieldText(bucket)}},"object":{"key":null}}}`;
  return `{"@timestamp":"${new Date(0).toISOString()}",${cloud},${aws},"event":{"sequence":null},"message":null}`;
}

/** Line breaks in valid JSON are white space between tokens; `_bulk` requires a document on one line. */
export function jsonLine(json: string): string {
  return json
    .replace(/[\r\n]+/g, "")
    .trim()
    .toWellFormed();
}

/** Returns the field that a root member of a JSON message becomes: docs/decisions/0002-documents.md. */
export function fieldOf(name: string, object: Readonly<Record<string, unknown>>): string {
  const [first, second] = name.split(".", 2);
  const value = object[name];
  if (RESERVED.has(first!)) return `json.${name}`;
  if (first === "message") return second === undefined && isMessage(value) ? name : `json.${name}`;
  if (!OBJECT_NAMES.includes(first!)) return name;
  // Engines drop empty segments at the end of a name: they take "log." for "log".
  if (second === undefined ? isObject(value) : second !== "") return name;
  return name === "log" && isMessage(value) && !("message" in object) ? "message" : `json.${name}`;
}

const isMessage = (value: unknown): boolean => typeof value === "string" && !isDateLike(value);

/**
 * Returns the members of a JSON object, each as the field that it becomes, separated by commas.
 *
 * @param json on one line
 * @param taken root fields that the document has already: what would be there, or below, goes to `json`
 */
export function placedMembers(
  json: string,
  object: Readonly<Record<string, unknown>>,
  taken: ReadonlySet<string> = NO_ROOTS,
): string {
  // Most objects have nothing that moves, and taking them apart takes time.
  const stays = (name: string) => fieldOf(name, object) === name && !taken.has(name.split(".", 1)[0]!);
  if (Object.keys(object).every(stays)) return json.slice(1, -1).trim();
  const members: string[] = [];
  const moved: string[] = [];
  for (const [key, value] of jsonMembers(json)) {
    const name: string = JSON.parse(key);
    const field = fieldOf(name, object);
    const isTaken = taken.has(field.split(".", 1)[0]!);
    if (!isTaken && field === name) members.push(`${key}:${value}`);
    else if (!isTaken && field === "message") members.push(`"message":${value}`);
    else moved.push(`${key}:${value}`);
  }
  if (moved.length > 0) members.push(`"json":{${moved}}`);
  return members.join(",");
}
