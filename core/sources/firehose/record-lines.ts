import { parseEnvelope } from "../../events/envelope";
import { type Undecodable, undecodable } from "../../events/undecodable";
import { parsedObject } from "../../json/object";
import type { FirehoseDestination } from "../../settings/firehose-transform";
import { isAggregate } from "../kinesis/aggregate";
import { inflateRecord } from "../kinesis/gunzip";
import { isBinary, nonBlankLines } from "../kinesis/text-lines";

/**
 * Maximum size of an inflated record, in bytes: as base64 it is nearly all that a response has room for. Firehose takes records of up
 * to 1,000 KiB. Source: Firehose API Reference, "PutRecord".
 */
const MAX_INFLATED_BYTES = 4 * 1024 * 1024;

/** The lines of a record, each an event. None: the record holds nothing that is to be delivered. */
export interface RecordLines {
  kind: "lines";
  lines: string[];
}

const DAMAGED = undecodable(`begins as gzip, and is none or inflates to more than ${MAX_INFLATED_BYTES} bytes`);
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
 * @returns undecodable if no document can be made of it: no bytes of the record are in the reason
 */
export function recordLines(data: Buffer, destination: FirehoseDestination): RecordLines | Undecodable {
  if (isAggregate(data)) return AGGREGATE;
  const inflated = inflateRecord(data, MAX_INFLATED_BYTES);
  if (inflated.kind === "undecodable") return DAMAGED;
  const text = inflated.bytes.toString("utf8");
  const whole = envelopeKind(text);
  if (whole === "control" && inflated.member) return { kind: "lines", lines: [] };
  if (whole === "envelope") return ENVELOPE;
  if (isBinary(text)) return BINARY;
  const lines = parsedObject(text) ? [text] : nonBlankLines(text);
  if (lines.length > 1 && destination === "search") return SEVERAL;
  return lines.some((line) => envelopeKind(line) === "envelope") ? ENVELOPE : { kind: "lines", lines };
}

/** Most texts lack the name, and need not be parsed. */
const envelopeKind = (text: string) => (text.includes('"messageType"') ? parseEnvelope(text).kind : "other");
