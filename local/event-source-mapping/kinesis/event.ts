import type { _Record } from "@aws-sdk/client-kinesis";
import type { KinesisStreamRecord } from "aws-lambda";

/** Returns a record as it appears in the event of an invocation. Source: Lambda Developer Guide "Using Lambda with Kinesis", example event. */
export function eventRecord(
  { SequenceNumber, PartitionKey, Data, ApproximateArrivalTimestamp }: _Record,
  source: { streamArn: string; shardId: string; roleArn: string },
): KinesisStreamRecord {
  return {
    kinesis: {
      kinesisSchemaVersion: "1.0",
      partitionKey: PartitionKey!,
      sequenceNumber: SequenceNumber!,
      data: Buffer.from(Data!).toString("base64"),
      approximateArrivalTimestamp: ApproximateArrivalTimestamp!.getTime() / 1000,
    },
    eventSource: "aws:kinesis",
    eventVersion: "1.0",
    eventID: `${source.shardId}:${SequenceNumber}`,
    eventName: "aws:kinesis:record",
    invokeIdentityArn: source.roleArn,
    awsRegion: source.streamArn.split(":")[3]!,
    eventSourceARN: source.streamArn,
  };
}

/** Returns when Kinesis received the record, in milliseconds since the epoch. */
export function arrivalOf({ kinesis }: KinesisStreamRecord): number {
  return kinesis.approximateArrivalTimestamp * 1000;
}
