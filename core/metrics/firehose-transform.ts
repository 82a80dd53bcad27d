import type { MetricDefinition } from "./metric-definition";

/** The metrics of the function `firehose-transform`. Each invocation reports all of them; docs print them. */
export const FIREHOSE_TRANSFORM_METRICS = {
  Records: { unit: "Count", meaning: "records in the invocation" },
  ReceivedBytes: { unit: "Bytes", meaning: "the records' data, before it is inflated" },
  Events: { unit: "Count", meaning: "events that became documents" },
  SentBytes: { unit: "Bytes", meaning: "the documents that go back to Firehose" },
  FailedRecords: { unit: "Count", meaning: "records with the result `ProcessingFailed`: `failures` says why" },
  DroppedRecords: {
    unit: "Count",
    meaning: "records with the result `Dropped`: blank ones, and those whose events rules left out",
  },
  ParsedEvents: { unit: "Count", meaning: "events whose documents were written from the fields of a parser" },
  FailedParses: {
    unit: "Count",
    meaning:
      "events that stay as they are because a parser or the extraction of fields failed: a defect of the library",
  },
  DroppedEvents: { unit: "Count", meaning: "events that a rule `drop` or `keep` left out" },
  SampledOutEvents: { unit: "Count", meaning: "events that a rule `sample` left out" },
  RedactedEvents: { unit: "Count", meaning: "events in which something was redacted" },
  FailedRules: {
    unit: "Count",
    meaning: "events for which a rule failed: one that could not be redacted has no message",
  },
  Duration: { unit: "Milliseconds", meaning: "the whole invocation" },
} as const satisfies Record<string, MetricDefinition>;
