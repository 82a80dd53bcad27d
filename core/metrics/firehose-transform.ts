import type { MetricDefinition } from "./metric-definition";

/** The metrics of the function `firehose-transform`. Each invocation reports all of them; docs print them. */
export const FIREHOSE_TRANSFORM_METRICS = {
  Records: ["Count", "records in the invocation"],
  ReceivedBytes: ["Bytes", "the records' data, before it is inflated"],
  Events: ["Count", "events that became documents"],
  SentBytes: ["Bytes", "the documents that go back to Firehose"],
  FailedRecords: ["Count", "records with the result `ProcessingFailed`: `failures` says why"],
  DroppedRecords: ["Count", "records with the result `Dropped`: blank ones, and those whose events rules left out"],
  ParsedEvents: ["Count", "events whose documents were written from the fields of a parser"],
  FailedParses: [
    "Count",
    "events that stay as they are because a parser or the extraction of fields failed: a defect of the library",
  ],
  DroppedEvents: ["Count", "events that a rule `drop` or `keep` left out"],
  SampledOutEvents: ["Count", "events that a rule `sample` left out"],
  RedactedEvents: ["Count", "events in which something was redacted"],
  FailedRules: ["Count", "events for which a rule failed: one that could not be redacted has no message"],
  Duration: ["Milliseconds", "the whole invocation"],
} as const satisfies Record<string, MetricDefinition>;
