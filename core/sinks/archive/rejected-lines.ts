import type { Envelope } from "../../events/envelope";
import type { Rejection } from "../sink";

/** The lines that keep the rejected events of `envelope` under `rejected/`, each with its newline; docs/archive.md has the form. */
export function rejectedLines(
  { messageType, owner, logGroup, logStream, logEvents }: Envelope,
  rejections: readonly Rejection[],
): string[] {
  return rejections.map(({ position, rejection }) => {
    const event = { messageType, owner, logGroup, logStream, logEvents: [logEvents[position]!] };
    return `${JSON.stringify({ rejection, ...event })}\n`;
  });
}
