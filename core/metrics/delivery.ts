import type { MetricDefinition } from "./metric-definition";

/** The metrics of a delivery to the index, from whatever source. */
export const DELIVERY_METRICS = {
  Events: { unit: "Count", meaning: "events in the records that were read" },
  BulkRequests: {
    unit: "Count",
    meaning: "`_bulk` requests, repeated ones and probes included; of a target stream, PutRecords requests",
  },
  SentBytes: { unit: "Bytes", meaning: "bodies of these requests, before they are compressed" },
  AlreadyIndexedEvents: { unit: "Count", meaning: "events that an earlier attempt had indexed" },
  SentAsTextEvents: {
    unit: "Count",
    meaning: "events that were sent again as text: the index rejected them with their fields, or they failed alone",
  },
  RejectedEvents: {
    unit: "Count",
    meaning: "events that the index rejected as text too: in `rejected/`, if their record was acknowledged",
  },
  RetriedEvents: { unit: "Count", meaning: "events that failed with a retryable error, counted once for each failure" },
  DecodeDuration: { unit: "Milliseconds", meaning: "reading records, writing and packing documents" },
  DeliveryDuration: {
    unit: "Milliseconds",
    meaning: "until all events are delivered or the deadline passes; it includes DecodeDuration",
  },
} as const satisfies Record<string, MetricDefinition>;

export type DeliveryMetric = keyof typeof DELIVERY_METRICS;
