import type { Classified } from "../../retry/rule";
import type { Decoded } from "./decode";

/** Classifies a record by what it decodes to, before any of its events is sent. */
export const RECORD_RULES = {
  events: {
    when:
      "a CloudWatch Logs envelope, or what an application wrote: JSON, JSON lines, text, gzipped or not; " +
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
      "anything else: gzip that is corrupt or cut off, one that inflates to more than RECORD_MAX_BYTES, " +
      "neither gzip nor text, aggregated by the Kinesis Producer Library",
    outcome: "dead-lettered",
  },
} as const satisfies Record<
  Decoded["kind"],
  Classified<"per item" | "acknowledged" | "dead-lettered"> & { when: string }
>;
