import { gzipSync } from "node:zlib";
import type { KinesisStreamEvent, KinesisStreamRecord } from "aws-lambda";
import { documentId } from "../../core/events/document-id";
import type { Envelope, LogEvent } from "../../core/events/envelope";

/** 2026-11-21T03:00:00.000Z */
export const ARRIVAL = 1_795_230_000_000;

/** CloudWatch's event ids have 56 digits. */
export const eventId = (n: number): string => String(n).padStart(56, "0");

/** The `_id` of an event of `envelope`. */
export const documentIdOf = (n: number, where: Partial<Envelope> = {}): string =>
  documentId(eventId(n), envelope([], where));

export function logEvent(n: number, message = `line ${n}`, timestamp = ARRIVAL - 1000 + n): LogEvent {
  return { id: eventId(n), timestamp, message };
}

export function envelope(logEvents: LogEvent[], fields: Partial<Envelope> = {}): Envelope {
  const where = { owner: "111111111111", logGroup: "foo", logStream: "stream-1" };
  return { messageType: "DATA_MESSAGE", ...where, ...fields, logEvents };
}

/** The JSON value that CloudWatch Logs checks a stream by. */
export const CONTROL_MESSAGE = {
  messageType: "CONTROL_MESSAGE",
  owner: "CloudwatchLogs",
  logGroup: "",
  logStream: "",
  subscriptionFilters: [],
  logEvents: [
    {
      id: "",
      timestamp: ARRIVAL,
      message: "CWL CONTROL MESSAGE: Checking health of destination Kinesis stream.",
    },
  ],
};

/** A Kinesis record as Lambda hands it over; `data` other than a Buffer is gzipped JSON. */
export function kinesisStreamRecord(n: number, data: unknown, shard = 0): KinesisStreamRecord {
  const bytes = Buffer.isBuffer(data) ? data : gzipSync(JSON.stringify(data));
  const sequenceNumber = String(49_568_167_373_333_333n * 10n ** 40n + BigInt(n));
  const shardId = `shardId-${String(shard).padStart(12, "0")}`;
  return {
    kinesis: {
      kinesisSchemaVersion: "1.0",
      partitionKey: "p",
      sequenceNumber,
      data: bytes.toString("base64"),
      approximateArrivalTimestamp: (ARRIVAL + n) / 1000,
    },
    eventSource: "aws:kinesis",
    eventVersion: "1.0",
    eventID: `${shardId}:${sequenceNumber}`,
    eventName: "aws:kinesis:record",
    invokeIdentityArn: "arn:aws:iam::111111111111:role/forwarder",
    awsRegion: "eu-central-1",
    eventSourceARN: "arn:aws:kinesis:eu-central-1:111111111111:stream/logging-pipeline_foo",
  };
}

export const kinesisEvent = (...data: unknown[]): KinesisStreamEvent => ({
  Records: data.map((one, n) => kinesisStreamRecord(n, one)),
});
