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

/** A batch that a delivery stream has written: records that failed are not in it. */
export interface DeliveredRecords {
  /** Of the delivery stream. */
  readonly arn: string;
  /** Whether they are in the index; else they are in S3. */
  readonly isSearched: boolean;
  readonly records: readonly DeliveredRecord[];
}

interface DeliveredRecord extends Pick<DeliveryRecord, "arrivedAt"> {
  /** `_id` of its document; undefined in S3, and where Firehose gives none. */
  readonly documentId: string | undefined;
}

/** As the transform function gets it. Source: Firehose Developer Guide "Data transformation", the Kinesis record metadata. */
export interface KinesisPlace {
  readonly sequenceNumber: string;
  readonly subsequenceNumber: number;
  readonly partitionKey: string;
  readonly shardId: string;
  readonly approximateArrivalTimestamp: number;
}
