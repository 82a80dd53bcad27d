import { DELIVERY_METRICS } from "./delivery";
import type { MetricDefinition } from "./metric-definition";

/** The forwarder's metrics. Each invocation reports all of them; docs print them. */
export const METRICS = {
  Records: ["Count", "records in the batch"],
  ReceivedBytes: ["Bytes", "the records' data, before it is inflated"],
  IteratorAge: ["Milliseconds", "age of the batch's last record at the start"],
  ...DELIVERY_METRICS,
  ParsedEvents: ["Count", "events whose documents were written from the fields of a parser"],
  FailedParses: ["Count", "events that stay as they are because a parser failed: a defect of the library"],
  IndexSetupWarnings: [
    "Count",
    "whenever index template or lifecycle policy could not be made what they should be: `warnings` says what to do",
  ],
  DeadLetteredRecords: [
    "Count",
    "acknowledged records, or user records of an aggregate, that cannot be decoded: in `dead-letter/`",
  ],
  ControlMessages: ["Count", "acknowledged control messages of CloudWatch Logs, which hold no event"],
  UnprocessedRecords: ["Count", "records returned to Lambda, which retries them"],
  ArchivedBytes: ["Bytes", "objects put into the archive bucket"],
  ArchiveDuration: ["Milliseconds", "writing the archive"],
  Duration: ["Milliseconds", "the whole invocation"],
} as const satisfies Record<string, MetricDefinition>;
