import type { KinesisStreamRecord } from "aws-lambda";

/** An event that the index refused for good. */
export interface Rejection {
  position: number;
  refusal: string;
}

/** One Kinesis record of the batch, and what has become of it. */
export interface BatchRecord {
  data: Buffer;
  shardId: string;
  sequenceNumber: string;
  stream: string;
  region: string;
  /** When Kinesis received it, in ms since the epoch. */
  arrival: number;
  /** What is not yet settled: its events, or the record itself as long as it was not read. 0: finished. */
  open: number;
  rejections: Rejection[];
  /** Set for a record with events: what the archive keeps of it, and under which log group. */
  archive?: { logGroup: string; member: Buffer };
  /** Set for a record that can't be decoded: why. */
  deadLetter?: string;
}

export function batchRecord({ kinesis, eventID, eventSourceARN, awsRegion }: KinesisStreamRecord): BatchRecord {
  return {
    data: Buffer.from(kinesis.data, "base64"),
    shardId: eventID.split(":", 1)[0]!,
    sequenceNumber: kinesis.sequenceNumber,
    stream: eventSourceARN.slice(eventSourceARN.indexOf("/") + 1),
    region: awsRegion,
    arrival: Math.round(kinesis.approximateArrivalTimestamp * 1000),
    open: 1,
    rejections: [],
  };
}
