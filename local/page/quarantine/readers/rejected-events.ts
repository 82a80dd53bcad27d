import { DamagedError } from "../../../../archive/outcome-errors";
import { parseArchivedEnvelope } from "../../../../core/events/archived-envelope";
import { documentId } from "../../../../core/events/document-id";
import { memberOf } from "../../../../core/json/object";
import type { QuarantinedEntry } from "../entry";
import { type QuarantinedContent, quarantinedLines } from "../limited-content";

/** `rejected/`: per line an envelope with one event and its `rejection`. */
export async function* rejectedEvents(object: QuarantinedContent): AsyncGenerator<QuarantinedEntry> {
  let number = 0;
  for await (const line of quarantinedLines(object, true)) {
    number++;
    const parsed = parseArchivedEnvelope(line);
    if (parsed.kind === "undecodable") throw new DamagedError(`line ${number}: ${parsed.reason}`);
    const { envelope } = parsed;
    const { logGroup, logStream, logEvents } = envelope;
    const rejection = memberOf(envelope, "rejection");
    for (const { id, timestamp, message, eventCount = 1 } of logEvents) {
      yield {
        ...{ at: timestamp, from: timestamp, to: timestamp, origin: logGroup, stream: logStream },
        reason: typeof rejection === "string" ? rejection : "no rejection",
        ...{ text: message, events: eventCount, ids: [documentId(id, envelope)] },
      };
    }
  }
}
