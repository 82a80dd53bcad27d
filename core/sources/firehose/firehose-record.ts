import type { FirehoseTransformationEvent, FirehoseTransformationEventRecord } from "aws-lambda";
import { isDocumentTime } from "../../events/limits";
import { isObject } from "../../json/object";
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
  /** As it came, base64; "" for a record without data. */
  readonly base64: string;
  readonly hasData: boolean;
  /** The shard of the Kinesis stream; `DirectPut`, which is Firehose's word, without one. */
  readonly shardId: string;
  /** When AWS received it, in ms since the epoch. */
  readonly arrival: number;
}

/** As JSON may have it, which nobody checks before the function: any member may be missing. */
type Unchecked<T> = { readonly [Name in keyof T]?: unknown };

/** Source: Firehose Developer Guide, "Transform source data", and Lambda Developer Guide, "Process Amazon Data Firehose records". */
export function firehoseSource({
  sourceKinesisStreamArn,
  deliveryStreamArn,
  region,
}: Unchecked<FirehoseTransformationEvent>): FirehoseSource {
  const arn = textOf(sourceKinesisStreamArn ?? deliveryStreamArn);
  return { account: arn.split(":")[4] ?? "", stream: arn.slice(arn.lastIndexOf("/") + 1), region: textOf(region) };
}

/** Whether a record's data is gzipped. */
export const isGzipped = ({ base64 }: FirehoseRecord): boolean => isGzip(Buffer.from(base64.slice(0, 4), "base64"));

/** @param now for a record whose arrival is no time, in ms since the epoch */
export function firehoseRecord(
  record: Unchecked<FirehoseTransformationEventRecord> | null,
  now: number,
): FirehoseRecord {
  const { recordId, data, approximateArrivalTimestamp: arrival, kinesisRecordMetadata } = record ?? {};
  const shardId = isObject(kinesisRecordMetadata) && textOf(kinesisRecordMetadata.shardId);
  return {
    id: textOf(recordId),
    base64: textOf(data),
    hasData: typeof data === "string",
    shardId: shardId || "DirectPut",
    arrival: isDocumentTime(arrival) ? arrival : now,
  };
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
