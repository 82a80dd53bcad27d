import { DELIVERY_METRICS } from "./delivery";
import type { MetricDefinition } from "./metric-definition";

/** The metrics of the function `access-logs`. Each invocation reports all of them; docs print them. */
export const ACCESS_LOGS_METRICS = {
  Messages: ["Count", "messages in the batch"],
  Objects: ["Count", "objects that were read to their end, each of their lines indexed or quarantined"],
  ReceivedBytes: ["Bytes", "the objects' data, before it is inflated"],
  Lines: ["Count", "lines and records that are settled: indexed, quarantined, left out by a rule, or no log line"],
  ...DELIVERY_METRICS,
  Events: ["Count", "lines and records that became documents"],
  RejectedEvents: [
    "Count",
    "events that the index rejected as text too: in `access-logs/rejected/`, once they are settled",
  ],
  TooLongLines: ["Count", "lines of more than 1 MiB, which are not read: in `access-logs/rejected/`, too"],
  ParsedEvents: ["Count", "events whose documents were written from the fields of a parser"],
  FailedParses: [
    "Count",
    "events that stay as they are because a parser or the extraction of fields failed: a defect of the library",
  ],
  DroppedEvents: ["Count", "events that a rule `drop` or `keep` kept out of the index"],
  SampledOutEvents: ["Count", "events that a rule `sample` kept out of the index"],
  RedactedEvents: ["Count", "events in which something was redacted"],
  FailedRules: ["Count", "events for which a rule failed: one that could not be redacted has no message"],
  IndexSetupWarnings: [
    "Count",
    "whenever index template or lifecycle policy could not be made what they should be: `warnings` says what to do",
  ],
  IgnoredObjects: [
    "Count",
    "objects that hold no log lines: AWS's test objects, digests, folders of zero bytes, and those of no source",
  ],
  UnreadableObjects: [
    "Count",
    "messages whose object can never be read, or not to its end: in `access-logs/unreadable/`",
  ],
  Continuations: ["Count", "messages that the function put on the queue to continue with an object later"],
  UnprocessedMessages: ["Count", "messages returned to the queue, which delivers them again"],
  QuarantinedBytes: ["Bytes", "objects put under `access-logs/` in the quarantine bucket"],
  Duration: ["Milliseconds", "the whole invocation"],
} as const satisfies Record<string, MetricDefinition>;
