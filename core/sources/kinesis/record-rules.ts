import type { Exit } from "../../retry/outcome";
import type { Decoded } from "./decode";

/** What becomes of a record before any of its events is sent. */
export const RECORD_EXITS: Readonly<Record<Decoded["kind"], Pick<Exit<never>, "when" | "outcome">>> = {
  events: {
    when: "a CloudWatch Logs envelope, or what an application wrote: JSON, JSON lines, text; gzipped or not",
    outcome: "by event",
  },
  control: {
    when: "a control message of CloudWatch Logs: it holds no event",
    outcome: "acknowledged",
  },
  undecodable: {
    when:
      "anything else: gzip that is corrupt or cut off, an envelope that is cut off or lacks a field, one that " +
      "inflates to more than RECORD_MAX_BYTES, neither gzip nor text, aggregated by the Kinesis Producer Library",
    outcome: "set aside",
  },
};
