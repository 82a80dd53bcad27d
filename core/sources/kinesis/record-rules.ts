import type { Classified } from "../../retry/rule";
import type { Decoded } from "./decode";

/** Classifies a record, or each of its parts, by what it decodes to, before any of its events is sent. */
export const RECORD_RULES = {
  events: {
    when:
      "CloudWatch Logs envelopes, or what an application wrote: JSON, JSON lines, text; in up to four wrappers: gzip, zlib, " +
      "base64, the event of a Lambda function, an aggregate of the Kinesis Producer Library; " +
      "an envelope that is cut off or lacks a member is such a text",
    outcome: "per item",
  },
  control: {
    when:
      "a control message, in each member and value as CloudWatch Logs writes it: it holds no event; " +
      "the metric `ControlMessages` counts it",
    outcome: "acknowledged",
  },
  undecodable: {
    when:
      "anything else: gzip that is corrupt, cut off or followed by other bytes; what inflates to more than RECORD_MAX_BYTES, " +
      "or takes more than twice that as JSON; an event that takes more than a quarter of it; more than 100,000 events; more " +
      "than four wrappers; an aggregate without user records or with a wrong checksum; parts that would take more than 100 " +
      "objects in the archive bucket; neither gzip nor text; of an aggregate, the user records that are so, each by itself",
    outcome: "dead-lettered",
  },
} as const satisfies Record<
  Decoded["kind"],
  Classified<"per item" | "acknowledged" | "dead-lettered"> & { when: string }
>;
