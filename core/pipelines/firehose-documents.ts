import { textHash } from "../events/document-id";
import type { Envelope } from "../events/envelope";
import { ownIdIn } from "../events/own-id";
import { timeIn } from "../events/time-field";
import { type Undecodable, undecodable } from "../events/undecodable";
import { noParsing } from "../parsers/message-parsing";
import type { RuleCounts, RuleSet } from "../rules/rule-set";
import type { FirehoseDestination } from "../settings/firehose-transform";
import { recordFields } from "../sinks/opensearch/document";
import { identifiedDocumentOf } from "../sinks/opensearch/identified-document";
import type { FirehoseRecord, FirehoseSource } from "../sources/firehose/firehose-record";
import { type BatchInflation, recordLines } from "../sources/firehose/record-lines";
import type { LaneParsing } from "./message-settings";

/** What becomes of the records of a Firehose stream. */
export interface FirehoseSettings {
  destination: FirehoseDestination;
  /** See `timeIn`. */
  timeField: string;
  parsing: LaneParsing;
  /** @default every event becomes a document as it came */
  rules?: RuleSet | undefined;
}

/** The documents of a record, in order. */
export interface FirehoseDocuments {
  kind: "documents";
  /** How many there are. */
  count: number;
  /** All of them: for S3, a line break ends each. */
  data: Buffer;
  /** What the rules did; absent without rules. */
  counts?: RuleCounts;
}

/** What a record has to share with those beside it. */
export interface FirehoseRoom {
  /** Maximum size of its documents, in bytes. */
  bytes: number;
  inflation: BatchInflation;
}

const NO_DATA = undecodable("has no data, or none that is base64");
const NO_ROOM = undecodable("no room in the response: make the buffer of the transformation smaller");

/**
 * Makes the documents of a record, as the forwarder writes those of a record that an application put to a Kinesis stream: the stream
 * takes the place of the log group, the shard that of the log stream.
 */
export function firehoseDocuments(
  record: FirehoseRecord,
  source: FirehoseSource,
  settings: FirehoseSettings,
  room: FirehoseRoom,
): FirehoseDocuments | Undecodable {
  const bytes = Buffer.from(record.base64, "base64");
  if (!record.hasData || (bytes.length === 0 && record.base64 !== "")) return NO_DATA;
  const read = recordLines(bytes, settings.destination, room.inflation);
  if (read.kind === "undecodable") return read;
  const envelope = envelopeOf(read.lines, record, source, settings.timeField);
  const parsing = settings.parsing.of(envelope) ?? noParsing();
  const ruled = settings.rules?.apply(envelope, parsing.parse);
  const fields = recordFields(envelope, source.region);
  const end = settings.destination === "s3" ? "\n" : "";
  const documents: string[] = [];
  let size = 0;
  for (const { timestamp, message } of (ruled?.indexed ?? envelope).logEvents) {
    const time = new Date(timestamp).toISOString();
    const document = identifiedDocumentOf(message, time, fields, parsing, textHash(message)) + end;
    size += Buffer.byteLength(document);
    if (size > room.bytes) return NO_ROOM;
    documents.push(document);
  }
  const data = Buffer.from(documents.join(""));
  return { kind: "documents", count: documents.length, data, ...(ruled && { counts: ruled.counts }) };
}

/** The ids decide about samples: an invocation that is repeated has the same. */
function envelopeOf(
  lines: readonly string[],
  { id, arrival, shardId }: FirehoseRecord,
  { account, stream }: FirehoseSource,
  timeField: string,
): Envelope {
  return {
    messageType: "DATA_MESSAGE",
    owner: account,
    logGroup: stream,
    logStream: shardId,
    logEvents: lines.map((message, position) => ({
      id: ownIdIn(message) ?? `${id}:${position}`,
      timestamp: timeIn(message, timeField, arrival) ?? arrival,
      message,
    })),
  };
}
