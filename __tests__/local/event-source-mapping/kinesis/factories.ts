import type { KinesisStreamRecord } from "aws-lambda";
import type { StreamMappingSettings } from "../../../../local/event-source-mapping/kinesis/settings";

/** 2026-11-21T03:00:00.000Z */
export const NOW = 1_795_230_000_000;

const STREAM_ARN = "arn:aws:kinesis:eu-central-1:123456789012:stream/logging-pipeline_foo";

/** The n-th record of a shard; sequence numbers have different lengths, so that they do not compare as strings. */
export function record(
  n: number,
  options: { key?: string; data?: string; arrival?: number } = {},
): KinesisStreamRecord {
  const { key = "p", data = "", arrival = NOW } = options;
  return {
    kinesis: {
      kinesisSchemaVersion: "1.0",
      partitionKey: key,
      sequenceNumber: String(n),
      data,
      approximateArrivalTimestamp: arrival / 1000,
    },
    eventSource: "aws:kinesis",
    eventVersion: "1.0",
    eventID: `shardId-000000000000:${n}`,
    eventName: "aws:kinesis:record",
    invokeIdentityArn: "arn:aws:iam::123456789012:role/forwarder",
    awsRegion: "eu-central-1",
    eventSourceARN: STREAM_ARN,
  };
}

/** Records 7, 8, 9, 10 …: "10" comes before "9" as a string. */
export const records = (count: number): KinesisStreamRecord[] => Array.from({ length: count }, (_, i) => record(7 + i));

export const numbers = (batch: readonly KinesisStreamRecord[]): number[] =>
  batch.map(({ kinesis }) => Number(kinesis.sequenceNumber));

export const settings = (changes: Partial<StreamMappingSettings> = {}): StreamMappingSettings => ({
  uuid: "14e0db71-xmpl-4eb5-b481-8945cf9d10c2",
  functionArn: "arn:aws:lambda:eu-central-1:123456789012:function:logging-pipeline_foo",
  streamArn: STREAM_ARN,
  enabled: true,
  startingPosition: "TRIM_HORIZON",
  batchSize: 100,
  maximumBatchingWindowSeconds: 0,
  parallelizationFactor: 1,
  maximumRetryAttempts: Number.POSITIVE_INFINITY,
  maximumRecordAgeSeconds: Number.POSITIVE_INFINITY,
  bisectBatchOnFunctionError: false,
  reportBatchItemFailures: true,
  ...changes,
});
