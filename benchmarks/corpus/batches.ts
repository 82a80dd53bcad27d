import { gzipSync } from "node:zlib";
import type { KinesisStreamEvent } from "aws-lambda";
import type { Corpus } from "./corpora";

/** 2026-11-21T03:00:00Z */
const TIME = 1_795_230_000_000;

export interface Batch {
  event: KinesisStreamEvent;
  events: number;
  /** Of all messages, in UTF-8. */
  messageBytes: number;
  /** Of all envelopes. */
  inflatedBytes: number;
}

/** A batch of `records` envelopes as CloudWatch Logs writes them, each of `eventsPerRecord` events. */
export function batchOf({ messages }: Corpus, records: number, eventsPerRecord: number): Batch {
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
      logGroup: "/aws/lambda/checkout",
      logStream: `2026/11/21/[$LATEST]${String(record).padStart(32, "a")}`,
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
