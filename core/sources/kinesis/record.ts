import type { KinesisStreamRecord } from "aws-lambda";
import type { RecordOrigin } from "../../events/complete";
import { isReplayKey } from "./replay-key";

/**
 * One Kinesis record. Its outcome is in its `RecordProgress`.
 *
 * A user record of an aggregate is one too: its sequence number is the aggregate's and, after a dot, its own sub-sequence number,
 * as `4959….7`.
 */
export interface KinesisRecord extends Readonly<RecordOrigin> {
  readonly data: Buffer;
  readonly stream: string;
  /** The account that owns the stream. */
  readonly account: string;
}

export function kinesisRecord({ kinesis, eventID, eventSourceARN, awsRegion }: KinesisStreamRecord): KinesisRecord {
  return {
    data: Buffer.from(kinesis.data, "base64"),
    shardId: eventID.split(":", 1)[0]!,
    sequenceNumber: kinesis.sequenceNumber,
    stream: eventSourceARN.slice(eventSourceARN.indexOf("/") + 1),
    account: eventSourceARN.split(":")[4] ?? "",
    region: awsRegion,
    arrival: Math.round(kinesis.approximateArrivalTimestamp * 1000),
    isReplayed: isReplayKey(kinesis.partitionKey),
  };
}
