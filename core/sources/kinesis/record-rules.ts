import type { Classified } from "../../retry/rule";
import type { Decoded } from "./decode";

/** Classifies a record by what it decodes to, before any of its events is sent. */
export const RECORD_RULES = {
  events: {
    when: "a CloudWatch Logs envelope, or what an application wrote: JSON, JSON lines, text; gzipped or not",
    outcome: "per item",
  },
  control: {
    when: "a control message of CloudWatch Logs: it holds no event",
    outcome: "acknowledged",
  },
  undecodable: {
    when:
      "anything else: gzip that is corrupt or cut off, an envelope that is cut off or lacks a field, one that " +
      "inflates to more than RECORD_MAX_BYTES, neither gzip nor text, aggregated by the Kinesis Producer Library",
    outcome: "dead-lettered",
  },
} as const satisfies Record<
  Decoded["kind"],
  Classified<"per item" | "acknowledged" | "dead-lettered"> & { when: string }
>;
