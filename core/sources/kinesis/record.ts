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
  if (last?.arn !== eventSourceARN) last = { arn: eventSourceARN, ...namesIn(eventSourceARN) };
  const { stream, account } = last;
  const shardEnd = eventID.indexOf(":");
  return {
    data: Buffer.from(kinesis.data, "base64"),
    shardId: shardEnd < 0 ? eventID : eventID.slice(0, shardEnd),
    sequenceNumber: kinesis.sequenceNumber,
    stream,
    account,
    region: awsRegion,
    arrival: Math.round(kinesis.approximateArrivalTimestamp * 1000),
    isReplayed: isReplayKey(kinesis.partitionKey),
  };
}

type StreamNames = Pick<KinesisRecord, "stream" | "account">;

/** The records of a batch share it, and taking an ARN apart takes as long as writing a short event. */
let last: Readonly<StreamNames & { arn: string }> | undefined;

const namesIn = (arn: string): StreamNames => ({
  stream: arn.slice(arn.indexOf("/") + 1),
  account: arn.split(":")[4] ?? "",
});
