import type { Envelope, LogEvent } from "../events/envelope";
import type { MessageParser } from "../parsers/parsed-message";
import { rememberingLast } from "../parsers/remembered";
import type { EventRule, RedactionRule, SelectionRule } from "../settings/rules";
import { type EventOrigin, envelopeOrigin } from "./event-origin";
import { EventTexts } from "./event-texts";
import { Redaction } from "./redaction";
import { EventSelection, type Selected } from "./selection";

/** What rules did with events. */
export interface RuleCounts {
  dropped: number;
  sampledOut: number;
  redacted: number;
  /** Events for which a rule threw: see `RuleSet`. */
  failed: number;
}

/** An event that is not indexed, as the rules have redacted it. */
export interface LeftOutEvent {
  readonly event: LogEvent;
  readonly outcome: Exclude<Selected, "indexed">;
}

/** An envelope after its rules. */
export interface RuledEnvelope {
  /** All of its events, redacted: for the archive. The given one, if nothing was redacted. */
  redacted: Envelope;
  /** Those that are indexed. */
  indexed: Envelope;
  /** The others. */
  leftOut: readonly LeftOutEvent[];
  counts: RuleCounts;
}

/** As `RuledEnvelope`, of events of any origin. `redacted` is the given array itself, if nothing was redacted. */
export interface RuledEvents {
  redacted: readonly LogEvent[];
  indexed: readonly LogEvent[];
  leftOut: readonly LeftOutEvent[];
  counts: RuleCounts;
}

/** Takes the place of a message that could not be redacted. */
export const FAILED_MESSAGE = "[REDACTED: a rule failed]";

/**
 * The rules of a function: a pure transformation of envelopes.
 *
 * Whatever throws is closed: nothing of a message that could not be redacted is kept, and an event whose conditions could not be
 * decided is indexed.
 */
export class RuleSet {
  readonly #redaction: Redaction | undefined;
  readonly #selection: EventSelection | undefined;

  /** @throws EnvironmentError for a pattern that RE2 does not take */
  constructor(rules: readonly EventRule[]) {
    const redactions = rules.filter((rule): rule is RedactionRule => rule.action === "redact");
    const selections = rules.filter((rule): rule is SelectionRule => rule.action !== "redact");
    if (redactions.length > 0) this.#redaction = new Redaction(redactions);
    if (selections.length > 0) this.#selection = new EventSelection(selections);
  }

  get redacts(): boolean {
    return this.#redaction !== undefined;
  }

  /** @param parse makes fields of the messages of the envelope's log stream. @default none has fields but JSON */
  apply(envelope: Envelope, parse?: MessageParser): RuledEnvelope {
    const { logEvents } = envelope;
    const { redacted, indexed, leftOut, counts } = this.applyTo(logEvents, envelopeOrigin(envelope), parse);
    const withEvents = (events: readonly LogEvent[]) =>
      events === logEvents ? envelope : { ...envelope, logEvents: [...events] };
    return { redacted: withEvents(redacted), indexed: withEvents(indexed), leftOut, counts };
  }

  /** As `apply`, to events of any origin. */
  applyTo(events: readonly LogEvent[], origin: EventOrigin, parse?: MessageParser): RuledEvents {
    const counts: RuleCounts = { dropped: 0, sampledOut: 0, redacted: 0, failed: 0 };
    const parseOnce = parse && rememberingLast(parse);
    const all: LogEvent[] = [];
    const indexed: LogEvent[] = [];
    const leftOut: LeftOutEvent[] = [];
    for (const event of events) {
      const redacted = this.#redaction ? redactedEvent(event, this.#redaction, parseOnce, counts) : event;
      if (redacted !== event) counts.redacted++;
      all.push(redacted);
      const selected = this.#selected(redacted, origin, parseOnce, counts);
      if (selected === "indexed") {
        indexed.push(redacted);
      } else {
        leftOut.push({ event: redacted, outcome: selected });
        counts[selected]++;
      }
    }
    const redacted = counts.redacted === 0 ? events : all;
    return { redacted, indexed: leftOut.length === 0 ? redacted : indexed, leftOut, counts };
  }

  #selected(event: LogEvent, origin: EventOrigin, parse: MessageParser | undefined, counts: RuleCounts): Selected {
    if (!this.#selection) return "indexed";
    try {
      return this.#selection.of(new EventTexts({ origin, event, parse }), () => origin.documentId(event));
    } catch {
      counts.failed++;
      return "indexed";
    }
  }
}

function redactedEvent(
  event: LogEvent,
  redaction: Redaction,
  parse: MessageParser | undefined,
  counts: RuleCounts,
): LogEvent {
  try {
    return redaction.event(event, parse);
  } catch {
    counts.failed++;
    const { id, timestamp, eventCount } = event;
    return { id, timestamp, message: FAILED_MESSAGE, ...(eventCount && { eventCount }) };
  }
}
