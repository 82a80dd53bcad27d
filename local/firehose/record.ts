/** A record of a delivery stream. */
export interface DeliveryRecord {
  /** Stable for as long as the record is retried: the document id of the destination OpenSearch. */
  readonly id: string;
  readonly data: Buffer;
  /** When Firehose, or the source's stream, received it, in milliseconds since the epoch. */
  readonly arrivedAt: number;
  /** Where it stands in the stream that is the source. */
  readonly kinesis?: KinesisPlace;
}

/** As the transform function gets it. Source: Firehose Developer Guide "Data transformation", the Kinesis record metadata. */
export interface KinesisPlace {
  readonly sequenceNumber: string;
  readonly subsequenceNumber: number;
  readonly partitionKey: string;
  readonly shardId: string;
  readonly approximateArrivalTimestamp: number;
}
