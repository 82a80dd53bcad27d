import type { KinesisStreamRecord } from "aws-lambda";
import { days } from "../../archive/hours";
import { DamagedError } from "../../archive/outcome-errors";
import { DAY_MS, HOUR_MS } from "../../core/events/durations";
import { MAX_EVENT_AHEAD_MS } from "../../core/events/limits";
import { type KinesisRecord, kinesisRecord } from "../../core/sources/kinesis/record";
import { MAX_EVENT_COUNT } from "../records";
import type { KindReader } from "./kind";
import { checkPlace } from "./record-place";
import { contentOf, replayed, wholeRecord } from "./whole-record";

/** Maximum age of a record that a mapping can be given. Source: Lambda "CreateEventSourceMapping", MaximumRecordAgeInSeconds. */
const MAX_AGE_MS = 7 * DAY_MS;

/** A record without any data takes as many bytes. */
const RECORD_MIN_BYTES = 100;

/**
 * Batches that event source mappings discarded: `aws/lambda/<mapping>/<shard>/YYYY/MM/DD/…`, one in each object.
 *
 * Source: Lambda Developer Guide "Retain discarded batch records for a Kinesis Data Streams event source in Lambda".
 */
export const undelivered: KindReader = {
  async prefixes(bucket, { selection, lateHours }) {
    const mappings = await bucket.folders("aws/lambda/");
    const shards = (await Promise.all(mappings.map((mapping) => bucket.folders(mapping)))).flat();
    const { fromMs, toMs } = selection;
    const range = days(fromMs - MAX_EVENT_AHEAD_MS, toMs - 1 + MAX_AGE_MS + lateHours * HOUR_MS);
    return shards.flatMap((shard) => range.map((day) => `${shard}${day}/`));
  },

  maxEvents: (bytes) => MAX_EVENT_COUNT * Math.ceil(bytes / RECORD_MIN_BYTES),

  async *read(bucket, object, args, _region, messages) {
    const { content } = await contentOf(bucket, object, args.objectMaxBytes);
    const batch = recordsIn(content.toString()).flatMap(
      (record) => wholeRecord(checked(record), args, record.kinesis.partitionKey) ?? [],
    );
    const records = replayed(batch, args, messages);
    if (records.length > 0) yield records;
  },
};

function recordsIn(text: string): KinesisStreamRecord[] {
  const record = parsed(text, "JSON") as { payload?: unknown } | null;
  if (typeof record?.payload !== "string") {
    throw new DamagedError("is no invocation record of Lambda: it has no string payload");
  }
  const event = parsed(record.payload, "JSON in its payload") as { Records?: unknown } | null;
  if (!Array.isArray(event?.Records) || !event.Records.every(isKinesisRecord)) {
    throw new DamagedError("has a payload that is no batch of Kinesis records");
  }
  return event.Records;
}

function parsed(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new DamagedError(`is no ${what}`);
  }
}

function isKinesisRecord(value: unknown): value is KinesisStreamRecord {
  const { kinesis, eventID, eventSourceARN, awsRegion } = (value ?? {}) as Partial<KinesisStreamRecord>;
  const texts = [eventID, eventSourceARN, awsRegion, kinesis?.data, kinesis?.sequenceNumber, kinesis?.partitionKey];
  return texts.every((text) => typeof text === "string") && typeof kinesis?.approximateArrivalTimestamp === "number";
}

/** Source: Kinesis "PutRecord": one of another length would make the stream reject a whole request. */
const PARTITION_KEY_MAX_LENGTH = 256;

function checked(source: KinesisStreamRecord): KinesisRecord {
  const record = kinesisRecord(source);
  checkPlace(record);
  const { data, partitionKey } = source.kinesis;
  if (partitionKey === "" || partitionKey.length > PARTITION_KEY_MAX_LENGTH) {
    throw new DamagedError(`has a record whose partitionKey has ${partitionKey.length} characters`);
  }
  if (record.data.toString("base64") !== data) throw new DamagedError("has a record whose data is no base64");
  return record;
}
