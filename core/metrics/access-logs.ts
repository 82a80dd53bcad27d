import { DELIVERY_METRICS } from "./delivery";
import type { MetricDefinition } from "./metric-definition";

/** The metrics of the function `access-logs`. Each invocation reports all of them; docs print them. */
export const ACCESS_LOGS_METRICS = {
  Messages: { unit: "Count", meaning: "messages in the batch" },
  Objects: {
    unit: "Count",
    meaning: "objects that were read to their end, each of their lines indexed or quarantined",
  },
  ReceivedBytes: { unit: "Bytes", meaning: "the objects' data, before it is inflated" },
  Lines: {
    unit: "Count",
    meaning: "lines and records that are settled: indexed, quarantined, left out by a rule, or no log line",
  },
  ...DELIVERY_METRICS,
  Events: { unit: "Count", meaning: "lines and records that became documents" },
  RejectedEvents: {
    unit: "Count",
    meaning: "events that the index rejected as text too: in `access-logs/rejected/`, once they are settled",
  },
  TooLongLines: {
    unit: "Count",
    meaning: "lines of more than 1 MiB, which are not read: in `access-logs/rejected/`, too",
  },
  ParsedEvents: { unit: "Count", meaning: "events whose documents were written from the fields of a parser" },
  FailedParses: {
    unit: "Count",
    meaning:
      "events that stay as they are because a parser or the extraction of fields failed: a defect of the library",
  },
  DroppedEvents: { unit: "Count", meaning: "events that a rule `drop` or `keep` kept out of the index" },
  SampledOutEvents: { unit: "Count", meaning: "events that a rule `sample` kept out of the index" },
  RedactedEvents: { unit: "Count", meaning: "events in which something was redacted" },
  FailedRules: {
    unit: "Count",
    meaning: "events for which a rule failed: one that could not be redacted has no message",
  },
  IndexSetupWarnings: {
    unit: "Count",
    meaning:
      "whenever index template or lifecycle policy could not be made what they should be: `warnings` says what to do",
  },
  IgnoredObjects: {
    unit: "Count",
    meaning:
      "objects that hold no log lines: AWS's test objects, digests, folders of zero bytes, and those of no source",
  },
  UnreadableObjects: {
    unit: "Count",
    meaning: "messages whose object can never be read, or not to its end: in `access-logs/unreadable/`",
  },
  Continuations: {
    unit: "Count",
    meaning: "messages that the function put on the queue to continue with an object later",
  },
  UnprocessedMessages: { unit: "Count", meaning: "messages returned to the queue, which delivers them again" },
  QuarantinedBytes: { unit: "Bytes", meaning: "objects put under `access-logs/` in the quarantine bucket" },
  Duration: { unit: "Milliseconds", meaning: "the whole invocation" },
} as const satisfies Record<string, MetricDefinition>;
