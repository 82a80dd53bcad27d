import type { MetricDefinition } from "./metric-definition";

/** The metrics of a delivery to the index, from whatever source. */
export const DELIVERY_METRICS = {
  Events: ["Count", "events in the records that were read"],
  BulkRequests: [
    "Count",
    "`_bulk` requests, repeated ones and probes included; of a target stream, PutRecords requests",
  ],
  SentBytes: ["Bytes", "bodies of these requests"],
  AlreadyIndexedEvents: ["Count", "events that an earlier attempt had indexed"],
  SentAsTextEvents: [
    "Count",
    "events that were sent again as text: the index rejected them with their fields, or they failed alone",
  ],
  RejectedEvents: [
    "Count",
    "events that the index rejected as text too: in `rejected/`, if their record was acknowledged",
  ],
  RetriedEvents: ["Count", "events that failed with a retryable error, counted once for each failure"],
  DecodeDuration: ["Milliseconds", "reading records, writing and packing documents"],
  DeliveryDuration: [
    "Milliseconds",
    "until all events are delivered or the deadline passes; it includes DecodeDuration",
  ],
} as const satisfies Record<string, MetricDefinition>;

export type DeliveryMetric = keyof typeof DELIVERY_METRICS;
