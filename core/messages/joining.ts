import { isDeepStrictEqual } from "node:util";
import type { Envelope, LogEvent } from "../events/envelope";
import { MAX_JOINED_EVENTS } from "../events/event-count";
import { splitFields } from "../events/extracted-fields";
import { compiledPattern } from "../patterns/compiled-pattern";

/** Maximum length of a joined message, in characters. */
export const MAX_JOINED_LENGTH = 262_144;

/** Joins events of an envelope. Returns the given one if there is nothing to join. */
export type Joining = (envelope: Envelope) => Envelope;

/**
 * Joins each event that is not the first line of a message to the event before it, with a line break between them. The joined event
 * has the id, the time and the extracted fields of its first one.
 *
 * Events before the first line of a message are the rest of one that an earlier record has: they are joined to each other. An event
 * begins a new one beyond a limit, if it comes from another account, region or log group by its system fields, and next to one that
 * was joined before: of a replay.
 *
 * @param firstLine pattern of RE2
 * @throws EnvironmentError if RE2 does not take it
 */
export function lineJoining(firstLine: string): Joining {
  const pattern = compiledPattern(firstLine);
  return (envelope) => {
    const logEvents: LogEvent[] = [];
    let open: Message | undefined;
    for (const event of envelope.logEvents) {
      if (open?.takes(event) && !pattern.test(event.message)) {
        open.add(event);
        continue;
      }
      if (open) logEvents.push(open.event());
      open = new Message(event);
    }
    if (open) logEvents.push(open.event());
    return logEvents.length === envelope.logEvents.length ? envelope : { ...envelope, logEvents };
  };
}

/** A message of one or more events. */
class Message {
  readonly #first: LogEvent;
  #text: string;
  #count = 1;
  #endsLine: boolean;

  constructor(first: LogEvent) {
    this.#first = first;
    this.#text = first.message;
    this.#endsLine = first.message.endsWith("\n");
  }

  /** Whether an event may belong to the message. */
  takes(event: LogEvent): boolean {
    return (
      this.#count < MAX_JOINED_EVENTS &&
      this.#text.length + 1 + event.message.length <= MAX_JOINED_LENGTH &&
      !this.#first.eventCount &&
      !event.eventCount &&
      isOfSameOrigin(this.#first, event)
    );
  }

  add({ message }: LogEvent): void {
    // Lambda's messages end with a line break of their own.
    this.#text += (this.#endsLine ? "" : "\n") + message;
    this.#endsLine = message.endsWith("\n");
    this.#count++;
  }

  event(): LogEvent {
    if (this.#count === 1) return this.#first;
    return { ...this.#first, message: this.#text, eventCount: this.#count };
  }
}

function isOfSameOrigin({ extractedFields: one }: LogEvent, { extractedFields: other }: LogEvent): boolean {
  if (!one && !other) return true;
  return isDeepStrictEqual(splitFields(one ?? {}).system, splitFields(other ?? {}).system);
}
