/** The forwarder's metrics by name: unit in CloudWatch and meaning. Each invocation reports all of them; docs print them. */
export const METRICS = {
  Records: ["Count", "records in the batch"],
  Events: ["Count", "events in the records that were read"],
  ReceivedBytes: ["Bytes", "the records' data, before it is inflated"],
  BulkRequests: ["Count", "`_bulk` requests, repeated ones included"],
  SentBytes: ["Bytes", "bodies of the `_bulk` requests"],
  AlreadyIndexedEvents: ["Count", "events that an earlier attempt had indexed"],
  SentAsTextEvents: ["Count", "events that the index rejected with their fields and that were sent again as text"],
  RejectedEvents: [
    "Count",
    "events that the index rejected as text too: in `rejected/`, if their record was acknowledged",
  ],
  RetriedEvents: ["Count", "events that failed with a retryable error, counted once for each failure"],
  DeadLetteredRecords: ["Count", "acknowledged records that cannot be decoded: in `dead-letter/`"],
  UnprocessedRecords: ["Count", "records returned to Lambda, which retries them"],
  ArchivedBytes: ["Bytes", "objects put into the archive bucket"],
  IteratorAge: ["Milliseconds", "age of the batch's last record at the start"],
  DecodeDuration: ["Milliseconds", "reading records, writing and packing documents"],
  DeliveryDuration: [
    "Milliseconds",
    "until all events are delivered or the deadline passes; it includes DecodeDuration",
  ],
  ArchiveDuration: ["Milliseconds", "writing the archive"],
  Duration: ["Milliseconds", "the whole invocation"],
} as const satisfies Record<string, readonly ["Count" | "Bytes" | "Milliseconds", string]>;

export type Metric = keyof typeof METRICS;
