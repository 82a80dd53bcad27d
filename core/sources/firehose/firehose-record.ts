import type { FirehoseTransformationEvent, FirehoseTransformationEventRecord } from "aws-lambda";
import { isDocumentTime } from "../../events/limits";
import { isGzip } from "../kinesis/gunzip";

/** The stream that an application put a record to: Firehose's own, or the Kinesis stream that it reads. */
export interface FirehoseSource {
  readonly account: string;
  readonly stream: string;
  readonly region: string;
}

/** One record of a transformation. */
export interface FirehoseRecord {
  /** Names it in the response. */
  readonly id: string;
  /** As it came, base64. */
  readonly base64: string;
  /** The shard of the Kinesis stream; `DirectPut`, which is Firehose's word, without one. */
  readonly shardId: string;
  /** When AWS received it, in ms since the epoch. */
  readonly arrival: number;
}

/** Source: Firehose Developer Guide, "Transform source data", and Lambda Developer Guide, "Process Amazon Data Firehose records". */
export function firehoseSource({
  sourceKinesisStreamArn,
  deliveryStreamArn,
  region,
}: Pick<FirehoseTransformationEvent, "sourceKinesisStreamArn" | "deliveryStreamArn" | "region">): FirehoseSource {
  const arn = sourceKinesisStreamArn ?? deliveryStreamArn;
  return { account: arn.split(":")[4] ?? "", stream: arn.slice(arn.lastIndexOf("/") + 1), region };
}

/** Whether a record's data is gzipped. */
export const isGzipped = ({ base64 }: FirehoseRecord): boolean => isGzip(Buffer.from(base64.slice(0, 4), "base64"));

/** @param now for a record whose arrival is no time, in ms since the epoch */
export function firehoseRecord(
  { recordId, data, approximateArrivalTimestamp, kinesisRecordMetadata }: FirehoseTransformationEventRecord,
  now: number,
): FirehoseRecord {
  const arrival = approximateArrivalTimestamp;
  return {
    id: recordId,
    base64: data,
    shardId: kinesisRecordMetadata?.shardId ?? "DirectPut",
    arrival: isDocumentTime(arrival) ? arrival : now,
  };
}
