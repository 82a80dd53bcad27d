import type { Envelope } from "../../events/envelope";
import { envelopePieces } from "../../events/envelope-pieces";
import type { Rejection } from "../sink";

/**
 * Yields the lines that keep the rejected events of `envelope` under `rejected/`, each with its newline, in pieces;
 * docs/archive.md has the form.
 */
export function* rejectedLines(
  { messageType, owner, logGroup, logStream, logEvents }: Envelope,
  rejections: readonly Rejection[],
): Generator<string> {
  for (const { position, rejection } of rejections) {
    const names = { rejection, messageType, owner, logGroup, logStream };
    yield* envelopePieces({ ...names, logEvents: [logEvents[position]!] });
    yield "\n";
  }
}
