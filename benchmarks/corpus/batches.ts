import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { KinesisStreamEvent } from "aws-lambda";
import type { Corpus } from "./corpora";

/** 2026-11-21T03:00:00Z */
const TIME = 1_795_230_000_000;

/** Lambda's event, and its size. */
export interface Batch {
  event: KinesisStreamEvent;
  events: number;
  /** Size of all messages in UTF-8. */
  messageBytes: number;
  /** Size of all envelopes. */
  inflatedBytes: number;
}

/** How many log groups and log streams take turns in a batch, record by record. */
export interface Turns {
  /** @default 1 */
  logGroups?: number;
  /** @default a stream for each record */
  logStreams?: number;
}

/** Builds a batch of `records` envelopes as CloudWatch Logs writes them, each with `eventsPerRecord` events. */
export function batchOf(
  { messages }: Corpus,
  records: number,
  eventsPerRecord: number,
  { logGroups = 1, logStreams = records }: Turns = {},
): Batch {
  const batch: Batch = { event: { Records: [] }, events: 0, messageBytes: 0, inflatedBytes: 0 };
  for (let record = 0; record < records; record++) {
    const logEvents = Array.from({ length: eventsPerRecord }, () => {
      const message = messages[batch.events % messages.length]!;
      batch.messageBytes += Buffer.byteLength(message);
      return { id: String(batch.events++).padStart(56, "0"), timestamp: TIME + batch.events, message };
    });
    const envelope = JSON.stringify({
      messageType: "DATA_MESSAGE",
      owner: "111111111111",
      logGroup: `/aws/lambda/checkout${logGroups === 1 ? "" : `-${record % logGroups}`}`,
      logStream: `2026/11/21/[$LATEST]${String(record % logStreams).padStart(32, "a")}`,
      subscriptionFilters: ["logging-pipeline_checkout"],
      logEvents,
    });
    batch.inflatedBytes += Buffer.byteLength(envelope);
    batch.event.Records.push(kinesisRecord(gzipSync(envelope), record));
  }
  return batch;
}

function kinesisRecord(data: Buffer, record: number): KinesisStreamEvent["Records"][number] {
  const sequenceNumber = String(record).padStart(56, "4");
  return {
    kinesis: {
      kinesisSchemaVersion: "1.0",
      partitionKey: "p",
      sequenceNumber,
      data: data.toString("base64"),
      approximateArrivalTimestamp: TIME / 1000,
    },
    eventSource: "aws:kinesis",
    eventVersion: "1.0",
    eventID: `shardId-000000000000:${sequenceNumber}`,
    eventName: "aws:kinesis:record",
    invokeIdentityArn: "arn:aws:iam::111111111111:role/forwarder",
    awsRegion: "eu-central-1",
    eventSourceARN: "arn:aws:kinesis:eu-central-1:111111111111:stream/logging-pipeline_checkout",
  };
}

/** Source: AWS Lambda "Lambda quotas": the payload of a synchronous invocation, in bytes. */
const PAYLOAD_BYTES = 6 * 1024 * 1024;

/** Builds the largest batch of records of 1,000 events that one invocation can get. */
export function largestBatch(corpus: Corpus): Batch {
  const one = JSON.stringify(batchOf(corpus, 1, 1000).event.Records[0]).length;
  for (let records = Math.ceil(PAYLOAD_BYTES / one); ; records--) {
    const batch = batchOf(corpus, records, 1000);
    if (JSON.stringify(batch.event).length <= PAYLOAD_BYTES) return batch;
  }
}

/** Writes a batch to a file for the measured process, whose memory its generation is then no part of. */
export const writeBatch = (file: string, batch: Batch): void => writeFileSync(file, JSON.stringify(batch));

/** Reads a batch from JSON, as Lambda's runtime does. */
export const readBatch = (file: string): Batch => JSON.parse(readFileSync(file, "utf8"));
