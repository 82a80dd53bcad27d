import { documentId } from "../events/document-id";
import type { Envelope, LogEvent } from "../events/envelope";
import { splitFields } from "../events/extracted-fields";

/** What rules know of where an event comes from. */
export interface EventOrigin {
  /** The texts of the pipeline's own fields, by their dotted names. */
  ownTexts(event: LogEvent): ReadonlyMap<string, string>;
  /** The event's `_id`, which decides whether it is in a sample. */
  documentId(event: LogEvent): string;
}

/** Returns the origin of the events of an envelope. */
export function envelopeOrigin(envelope: Pick<Envelope, "owner" | "logGroup" | "logStream">): EventOrigin {
  /** Most events have no more. */
  const shared = new Map([
    ["cloud.account.id", envelope.owner],
    ["aws.cloudwatch.log_group", envelope.logGroup],
    ["aws.cloudwatch.log_stream", envelope.logStream],
  ]);
  return {
    ownTexts({ extractedFields, eventCount }) {
      if (!extractedFields && !eventCount) return shared;
      const { system, others } = splitFields(extractedFields ?? {});
      const { owner, logGroup } = { ...envelope, ...system };
      return new Map([
        ...shared,
        ["cloud.account.id", owner],
        ["aws.cloudwatch.log_group", logGroup],
        ...(eventCount ? [["aws.cloudwatch.event_count", String(eventCount)] as const] : []),
        ...Object.entries(others).map(([name, value]) => [`aws.cloudwatch.extracted_fields.${name}`, value] as const),
      ]);
    },
    documentId: ({ id }) => documentId(id, envelope),
  };
}
