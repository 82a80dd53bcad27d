import { parseEnvelope } from "../../events/envelope";
import { type Undecodable, undecodable } from "../../events/undecodable";
import { isBeyond, type JsonLimits } from "../../json/excess";
import { parsedObject } from "../../json/object";
import type { FirehoseDestination } from "../../settings/firehose-transform";
import { isAggregate } from "../kinesis/aggregates/magic";
import { type Inflated, inflateRecord, isGzip } from "../kinesis/gunzip";
import { MAX_RATIO } from "../kinesis/inflation-budget";
import { isBinary, nonBlankLines } from "../kinesis/text-lines";

/**
 * Maximum size of an inflated record, in bytes: what one that is not compressed may have. Source: Firehose API Reference, "PutRecord":
 * 1,000 KiB.
 */
const MAX_INFLATED_BYTES = 1_000 * 1024;

/**
 * Maximum size of all inflated records of a batch, in bytes, which bounds their time: more than three times what a response has room
 * for, because rules may drop most of it.
 */
const MAX_BATCH_INFLATED_BYTES = 16 * 1024 * 1024;

/** Maximum number of lines, which become documents of 225 bytes and more. */
const MAX_LINES = 100_000;

/** Of an object, which is parsed more than once. An engine is sent less, see docs/decisions/0023. */
const LIMITS: JsonLimits = { levels: 1_000, values: 100_000 };

/** What the gzipped records of a batch may inflate to. */
export class BatchInflation {
  #left = MAX_BATCH_INFLATED_BYTES;

  /** Inflates one, if it is gzipped. */
  inflate(data: Buffer): Inflated | Undecodable {
    if (!isGzip(data)) return { kind: "inflated", bytes: data };
    if (this.#left < MAX_INFLATED_BYTES) return SPENT;
    const inflated = inflateRecord(data, MAX_INFLATED_BYTES);
    const isInflated = inflated.kind === "inflated";
    this.#left -= isInflated ? inflated.bytes.length : Math.min(MAX_INFLATED_BYTES, MAX_RATIO * data.length);
    return isInflated ? inflated : DAMAGED;
  }
}

/** The lines of a record, each an event. None: the record holds nothing that is to be delivered. */
export interface RecordLines {
  kind: "lines";
  lines: string[];
}

const DAMAGED = undecodable(`begins as gzip, and is none or inflates to more than ${MAX_INFLATED_BYTES} bytes`);
const SPENT = undecodable(
  `the gzipped records before it inflate to all that a batch may, ${MAX_BATCH_INFLATED_BYTES} bytes: make the buffer of the transformation smaller`,
);
const BEYOND = undecodable(`JSON of more than ${LIMITS.levels} levels or ${LIMITS.values} values`);
const TOO_MANY_LINES = undecodable(`holds more than ${MAX_LINES} lines`);
const BINARY = undecodable("neither gzip nor text");
const AGGREGATE = undecodable(
  "an aggregate of the Kinesis Producer Library: turn aggregation off, or let Firehose take it apart (RecordDeAggregation)",
);
const ENVELOPE = undecodable(
  "events of CloudWatch Logs: Firehose would drop their ids and log group; subscribe the log group to a stream of the forwarder",
);
const SEVERAL = undecodable(
  "holds several lines, and Firehose delivers one document for each record: put a line a record",
);

/**
 * Takes a record apart into lines: a JSON object is one, in whatever form; of any other text each line is one that is not blank.
 *
 * @param inflation of the batch. @default one of this record alone
 * @returns undecodable if no document can be made of it: no bytes of the record are in the reason
 */
export function recordLines(
  data: Buffer,
  destination: FirehoseDestination,
  inflation = new BatchInflation(),
): RecordLines | Undecodable {
  if (isAggregate(data)) return AGGREGATE;
  const inflated = inflation.inflate(data);
  if (inflated.kind === "undecodable") return inflated;
  const text = inflated.bytes.toString("utf8");
  if (isBeyond(text, LIMITS)) return BEYOND;
  const whole = envelopeKind(text);
  if (whole === "control" && inflated.member) return { kind: "lines", lines: [] };
  if (whole === "envelope") return ENVELOPE;
  if (isBinary(text)) return BINARY;
  const lines = parsedObject(text) ? [text] : nonBlankLines(text);
  if (lines.length > 1 && destination === "search") return SEVERAL;
  if (lines.length > MAX_LINES) return TOO_MANY_LINES;
  if (lines.length > 1 && lines.some((line) => isBeyond(line, LIMITS))) return BEYOND;
  return lines.some((line) => envelopeKind(line) === "envelope") ? ENVELOPE : { kind: "lines", lines };
}

/** Most texts lack the name, and need not be parsed. */
const envelopeKind = (text: string) => (text.includes('"messageType"') ? parseEnvelope(text).kind : "other");
