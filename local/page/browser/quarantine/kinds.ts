import type { QuarantineKind } from "../../shared/quarantine";
import { countOf } from "../ui/format";

interface KindText {
  readonly title: string;
  /** What one entry is. */
  readonly one: string;
  readonly many: string;
  readonly what: string;
  /** Where entries come from. */
  readonly origin: string;
}

export const KIND_TEXTS: Readonly<Record<QuarantineKind, KindText>> = {
  rejected: {
    ...{ title: "Rejected events", one: "event", many: "events", origin: "Log group" },
    what: "The index took them neither with their fields nor as text. They are in the archive, too.",
  },
  "dead-letter": {
    ...{ title: "Dead-lettered records", one: "record", many: "records", origin: "Stream" },
    what: "The function could not decode them, so no event of them is known. They are kept byte for byte.",
  },
  undelivered: {
    ...{ title: "Undelivered batches", one: "batch", many: "batches", origin: "Log group" },
    what: "Lambda gave up on them: the function failed until their maximum age or number of attempts.",
  },
  "access-logs": {
    ...{ title: "Access logs", one: "line or object", many: "lines and objects", origin: "Bucket" },
    what: "Lines that the index did not take, and objects that could not be read. A replay has their function read the objects again.",
  },
  firehose: {
    ...{ title: "Firehose’s errors", one: "record", many: "records", origin: "Delivery stream" },
    what: "What Firehose could not transform or index. No replay reads them: docs/firehose.md, “What failed”, says how they are delivered.",
  },
};

/** How much there is of it; a batch that many log groups share is one. */
export function amountOf(
  kind: QuarantineKind,
  { entries, events, objects }: { readonly entries: number; readonly events: number; readonly objects: number },
): string {
  const { one, many } = KIND_TEXTS[kind];
  if (kind !== "undelivered") return countOf(entries, one, many);
  return `${countOf(objects, one, many)}, ${countOf(events, "event")}`;
}

/** Whether a replay of this kind can be of one log group. */
export const hasLogGroup = (kind: QuarantineKind): boolean => kind === "rejected" || kind === "undelivered";
