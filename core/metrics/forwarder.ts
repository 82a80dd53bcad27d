import { DELIVERY_METRICS } from "./delivery";
import type { MetricDefinition } from "./metric-definition";

/** The forwarder's metrics. Each invocation reports all of them; docs print them. */
export const METRICS = {
  Records: ["Count", "records in the batch"],
  ReceivedBytes: ["Bytes", "the records' data, before it is inflated"],
  IteratorAge: ["Milliseconds", "age of the batch's last record at the start"],
  ...DELIVERY_METRICS,
  ParsedEvents: ["Count", "events whose documents were written from the fields of a parser"],
  FailedParses: [
    "Count",
    "events that stay as they are because a parser or the extraction of fields failed: a defect of the library",
  ],
  IndexSetupWarnings: [
    "Count",
    "whenever index template or lifecycle policy could not be made what they should be: `warnings` says what to do",
  ],
  DeadLetteredRecords: [
    "Count",
    "acknowledged records, or user records of an aggregate, that cannot be decoded: in `dead-letter/`",
  ],
  ControlMessages: ["Count", "acknowledged control messages of CloudWatch Logs, which hold no event"],
  JoinedEvents: ["Count", "events of acknowledged records that were joined to the event before them"],
  DroppedEvents: ["Count", "events of acknowledged records that a rule `drop` or `keep` kept out of the index"],
  SampledOutEvents: ["Count", "events of acknowledged records that a rule `sample` kept out of the index"],
  RedactedEvents: ["Count", "events of acknowledged records in which something was redacted"],
  FailedRules: [
    "Count",
    "events of acknowledged records for which a rule failed: one that could not be redacted has no message",
  ],
  UnprocessedRecords: ["Count", "records returned to Lambda, which retries them"],
  ArchivedBytes: ["Bytes", "objects put into the archive bucket"],
  ArchiveDuration: ["Milliseconds", "writing the archive"],
  Duration: ["Milliseconds", "the whole invocation"],
} as const satisfies Record<string, MetricDefinition>;
