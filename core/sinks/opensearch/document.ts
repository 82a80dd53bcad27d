import type { Envelope } from "../../events/envelope";
import { type ExtractedFields, splitFields } from "../../events/extracted-fields";
import { jsonMembers } from "../../json/members";
import { isObject, parsedObject } from "../../json/object";
import { isDateLike } from "./date-like";
import { fieldText } from "./field-text";
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

/**
 * Objects in the Elastic Common Schema and in some loggers, texts in others. In an index of both one would keep out the
 * other, so that whatever is no object is not at the root.
 */
export const OBJECTS = ["service", "error", "err"];

/** First segments of the root keys that may collide. */
export const ROOT_NAMES = [...RESERVED, "message", "log"];

/** JSON members that all documents of one record share. */
export interface RecordFields {
  /** `cloud`, `log` and `aws` of a document that was not rejected, each followed by a comma. */
  all: string;
  cloud: string;
  logFile: string;
  /** `aws` up to `rejection`; the extracted fields, which a text has none of, come between the two. */
  aws: string;
  /** Followed by a comma, or empty. */
  extracted: string;
}

/** Every document has both fields: an index at its limit of fields could not add them for a rejected event. */
const NO_REJECTION = '"rejection":""}}';
const NO_MESSAGE = '"message":""';

/**
 * Returns the fields that name the source of the events of `envelope`.
 *
 * @param region the AWS region of the stream
 * @param extracted the fields that CloudWatch Logs extracted from an event. @default none
 */
export function recordFields(
  envelope: Pick<Envelope, "owner" | "logGroup" | "logStream">,
  region: string,
  extracted: ExtractedFields = {},
): RecordFields {
  const cloud = `"cloud":{"account":{"id":${fieldText(envelope.owner)}},"region":${fieldText(region)}},`;
  const logFile = `"file":{"path":${fieldText(`${envelope.logGroup}/${envelope.logStream}`)}}`;
  const names = `"log_group":${fieldText(envelope.logGroup)},"log_stream":${fieldText(envelope.logStream)}`;
  const aws = `"aws":{"cloudwatch":{${names},`;
  const member = extractedMember(extracted);
  return { all: `${cloud}"log":{${logFile}},${aws}${member}${NO_REJECTION},`, cloud, logFile, aws, extracted: member };
}

/** None for fields that an engine may not survive: an index may have a mapping of its own for them. */
function extractedMember(fields: ExtractedFields): string {
  const members = Object.entries(fields).map(([name, value]) => `${JSON.stringify(name)}:${fieldText(value)}`);
  const object = `{${members.join(",")}}`;
  return members.length === 0 || textReason(object) !== undefined ? "" : `"extracted_fields":${object},`;
}

/** As `recordFields`, for an event with extracted fields: its system fields say where it comes from. */
export function eventFields(
  { owner, logGroup, logStream }: Omit<Envelope, "logEvents">,
  region: string,
  extractedFields: ExtractedFields,
): RecordFields {
  const { system, others } = splitFields(extractedFields);
  return recordFields({ owner, logGroup, logStream, ...system }, system.region ?? region, others);
}

/**
 * Returns the search document of one event, as one line of JSON. docs/documents.md lists its fields.
 *
 * The members of a JSON object become the document's root, letter for letter; those that would collide go to `json`. An
 * object that an engine may not survive is indexed as text at once: see `textReason`.
 *
 * @param time `@timestamp`, ISO 8601
 */
export function documentOf(message: string, time: string, fields: RecordFields): string {
  const head = `{"@timestamp":"${time}",`;
  const object = parsedObject(message);
  if (!object) return `${head}${fields.all}"message":${fieldText(message)}}`;
  const json = jsonLine(message);
  const reason = textReason(json);
  if (reason !== undefined) return textDocumentOf(message, time, fields, reason);
  const collides = Object.keys(object).some((key) => place(key, object[key]) !== "root");
  if (collides) return head + placed(json, fields);
  const members = json.slice(1, -1).trim();
  if ("message" in object) return `${head}${fields.all}${members}}`;
  return `${head}${fields.all}${members}${members && ","}${NO_MESSAGE}}`;
}

/**
 * Returns the document of an event that the index rejected with its fields: the whole message as text, so that it can be found.
 *
 * @param rejection the item's error; `aws.cloudwatch.rejection` has it after `rejected: `, which finds all such documents
 */
export function textDocumentOf(message: string, time: string, fields: RecordFields, rejection: string): string {
  return (
    `{"@timestamp":"${time}",${fields.cloud}"log":{${fields.logFile}},` +
    `${fields.aws}"rejection":${fieldText(`rejected: ${rejection}`)}}},"message":${fieldText(message)}}`
  );
}

/**
 * Returns a document of the pipeline's own fields alone, for a probe: null, which an index with a strict mapping rejects like
 * any other value of a field that it lacks, in place of what a writer chooses: message, log stream and time.
 */
export function emptyDocumentOf(logGroup: string, { cloud }: RecordFields): string {
  const cloudwatch = `"log_group":${fieldText(logGroup)},"log_stream":null,"rejection":""`;
  return (
    `{"@timestamp":"${new Date(0).toISOString()}",${cloud}"log":{"file":{"path":null}},` +
    `"aws":{"cloudwatch":{${cloudwatch}}},"message":null}`
  );
}

/** Line breaks in valid JSON are white space between tokens; `_bulk` requires a document on one line. */
export function jsonLine(json: string): string {
  return json
    .replace(/[\r\n]+/g, "")
    .trim()
    .toWellFormed();
}

/** Decides where a root member of a JSON message goes: docs/decisions/0002-documents.md. */
export function place(key: string, value: unknown): "root" | "log" | "json" {
  const [first, second] = key.split(".", 2);
  if (RESERVED.has(first!)) return "json";
  if (first === "message") {
    return second === undefined && typeof value === "string" && !isDateLike(value) ? "root" : "json";
  }
  if (OBJECTS.includes(first!)) return second === undefined ? objectPlace(value) : second === "" ? "json" : "root";
  if (first !== "log") return "root";
  // Engines drop empty segments at the end of a name: they take "log." for "log".
  if (second !== undefined) return second === "file" || second === "" ? "json" : "root";
  return isObject(value) && !Object.keys(value).some((k) => k.split(".", 1)[0] === "file") ? "log" : "json";
}

const objectPlace = (value: unknown) => (isObject(value) ? "root" : "json");

/** Returns the rest of a document whose message has members that cannot be at the root. */
function placed(json: string, fields: RecordFields): string {
  const members = { root: "", log: "", json: "" };
  let hasMessage = false;
  for (const [key, value] of jsonMembers(json)) {
    const name: string = JSON.parse(key);
    const where = place(name, JSON.parse(value));
    hasMessage ||= name === "message" && where === "root";
    if (where === "log") {
      const inner = value.slice(1, -1).trim();
      if (inner) members.log += `,${inner}`;
    } else {
      members[where] += `,${key}:${value}`;
    }
  }
  const moved = members.json && `,"json":{${members.json.slice(1)}}`;
  const message = hasMessage ? "" : `,${NO_MESSAGE}`;
  return (
    `${fields.cloud}"log":{${fields.logFile}${members.log}},` +
    `${fields.aws}${fields.extracted}${NO_REJECTION}${members.root}${message}${moved}}`
  );
}
