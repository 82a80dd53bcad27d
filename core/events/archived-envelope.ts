import { isCompleted } from "./complete";
import { type Envelope, parseEnvelope } from "./envelope";
import { type Undecodable, undecodable } from "./undecodable";

/** Parses a line of the archive: an envelope whose events have the ids and times that they were indexed with. */
export function parseArchivedEnvelope(line: string): { kind: "events"; envelope: Envelope } | Undecodable {
  const parsed = parseEnvelope(line);
  if (parsed.kind === "control") return undecodable("a control message");
  if (parsed.kind === "other") return undecodable(parsed.reason);
  if (!isCompleted(parsed.envelope)) return undecodable("an event has no id or time");
  return { kind: "events", envelope: parsed.envelope };
}
