import { DELIVERY_METRICS } from "./delivery";
import type { MetricDefinition } from "./metric-definition";

/** The forwarder's metrics. Each invocation reports all of them; docs print them. */
export const METRICS = {
  Records: { unit: "Count", meaning: "records in the batch" },
  ReceivedBytes: { unit: "Bytes", meaning: "the records' data, before it is inflated" },
  IteratorAge: { unit: "Milliseconds", meaning: "age of the batch's last record at the start" },
  ...DELIVERY_METRICS,
  ParsedEvents: { unit: "Count", meaning: "events whose documents were written from the fields of a parser" },
  FailedParses: {
    unit: "Count",
    meaning:
      "events that stay as they are because a parser or the extraction of fields failed: a defect of the library",
  },
  IndexSetupWarnings: {
    unit: "Count",
    meaning:
      "whenever index template or lifecycle policy could not be made what they should be: `warnings` says what to do",
  },
  DeadLetteredRecords: {
    unit: "Count",
    meaning: "acknowledged records, or user records of an aggregate, that cannot be decoded: in `dead-letter/`",
  },
  ControlMessages: { unit: "Count", meaning: "acknowledged control messages of CloudWatch Logs, which hold no event" },
  JoinedEvents: { unit: "Count", meaning: "events of acknowledged records that were joined to the event before them" },
  DroppedEvents: {
    unit: "Count",
    meaning: "events of acknowledged records that a rule `drop` or `keep` kept out of the index",
  },
  SampledOutEvents: {
    unit: "Count",
    meaning: "events of acknowledged records that a rule `sample` kept out of the index",
  },
  RedactedEvents: { unit: "Count", meaning: "events of acknowledged records in which something was redacted" },
  FailedRules: {
    unit: "Count",
    meaning: "events of acknowledged records for which a rule failed: one that could not be redacted has no message",
  },
  UnprocessedRecords: { unit: "Count", meaning: "records returned to Lambda, which retries them" },
  ArchivedBytes: { unit: "Bytes", meaning: "objects put into the archive bucket" },
  ArchiveDuration: { unit: "Milliseconds", meaning: "writing the archive" },
  Duration: { unit: "Milliseconds", meaning: "the whole invocation" },
} as const satisfies Record<string, MetricDefinition>;
