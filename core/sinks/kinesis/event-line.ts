import type { EventPlace } from "../sink";

/** An event as one line of JSON, without a line break. */
export interface EventLine extends EventPlace {
  readonly line: string;
  /** Lines of one key go to one shard. ASCII, of up to 256 characters. Source: Kinesis API Reference, "PutRecordsRequestEntry". */
  readonly partitionKey: string;
}
