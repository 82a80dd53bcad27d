import type { FirehoseTransformationEvent } from "aws-lambda";
import { ARRIVAL } from "./kinesis";

/** A transformation of records that applications put to Firehose directly, or to a Kinesis stream that it reads. */
export function firehoseEvent(
  data: readonly (Buffer | string)[],
  source: "DirectPut" | "KinesisStream" = "DirectPut",
): FirehoseTransformationEvent {
  const isStream = source === "KinesisStream";
  return {
    invocationId: "invocation",
    deliveryStreamArn: "arn:aws:firehose:eu-central-1:111111111111:deliverystream/app-logs",
    ...(isStream && { sourceKinesisStreamArn: "arn:aws:kinesis:eu-central-1:111111111111:stream/shop" }),
    region: "eu-central-1",
    records: data.map((each, n) => ({
      recordId: `4954698668313554428650745793632162567570019247115678515${n}`,
      approximateArrivalTimestamp: ARRIVAL,
      data: Buffer.from(each).toString("base64"),
      ...(isStream && {
        kinesisRecordMetadata: {
          shardId: "shardId-000000000003",
          partitionKey: "key",
          approximateArrivalTimestamp: ARRIVAL,
          sequenceNumber: String(n),
          subsequenceNumber: "",
        },
      }),
    })),
  };
}
