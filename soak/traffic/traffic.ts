import { gzipSync } from "node:zlib";
import type { Random } from "../../tools/random";
import {
  type Draft,
  type EnvelopeEvent,
  envelopeDraft,
  envelopeText,
  eventsDraft,
  type LogStream,
  partitionKeyOf,
  type TrafficSource,
} from "./draft";
import { type MessageMaker, message } from "./messages";
import { POISON } from "./poison";
import { aggregatedLines, relayed } from "./relayed";

/** The second name is encoded in the names of indices and objects. */
export const THREE_LOG_GROUPS: readonly TrafficSource[] = ["orders", "/aws/lambda/Payments", "search"].map(
  (logGroup) => ({
    logGroup,
  }),
);
const LOG_STREAMS = 6;
const MAX_EVENTS = 20;

/** The share of records other than CloudWatch Logs' usual ones. */
const UNUSUAL = 0.15;

/** The JSON by which CloudWatch Logs checks a stream. */
function controlText(message = "CWL CONTROL MESSAGE: Checking health of destination Kinesis stream."): string {
  return JSON.stringify({
    ...{ messageType: "CONTROL_MESSAGE", owner: "CloudwatchLogs", logGroup: "", logStream: "" },
    ...{ subscriptionFilters: [], logEvents: [{ id: "", timestamp: Date.now(), message }] },
  });
}

/** Makes records of all kinds; no two events have the same id. */
export class Traffic {
  #events = 0n;
  #lastId = "";
  /** CloudWatch's ids have 56 digits; those after the time distinguish events of one millisecond. */
  readonly #run: bigint;

  /** @param sources the log groups. @default three */
  constructor(
    private readonly random: Random,
    readonly sources: readonly TrafficSource[] = THREE_LOG_GROUPS,
  ) {
    this.#run = BigInt(random.integer(0, 2 ** 32 - 1)) << 64n;
  }

  next(): Draft {
    const { random } = this;
    const stream = { ...random.pick(this.sources), logStream: `stream-${random.integer(1, LOG_STREAMS)}` };
    const events = Array.from({ length: random.integer(1, MAX_EVENTS) }, () => this.eventBy(message));
    if (!random.chance(UNUSUAL)) return envelopeDraft(stream, events);
    return random.pick(MAKERS)(stream, events, random);
  }

  /** The id of the last event. */
  get lastId(): string {
    return this.#lastId;
  }

  /** An event with the current time. */
  eventBy(make: MessageMaker): EnvelopeEvent {
    return this.event(make(Number(this.#events), this.random));
  }

  /** An event with the current time. */
  event(text: string): EnvelopeEvent {
    const timestamp = Date.now();
    const id = ((BigInt(timestamp) << 144n) + this.#run + this.#events++).toString().padStart(56, "0");
    this.#lastId = id;
    return { id, timestamp, message: text };
  }
}

type Maker = (stream: LogStream, events: readonly EnvelopeEvent[], random: Random) => Draft;

const poison: Maker = (stream, events, random) => {
  const data = random.pick(Object.values(POISON))(envelopeText(stream, events), random);
  return { partitionKey: partitionKeyOf(stream), data, becomes: "dead letter", events: [] };
};

/** Not UTF-8: each invalid byte becomes a replacement character. */
const latin1: Maker = (stream, events) => {
  const texts = events.map(({ message }) => `Gr\u00fc\u00dfe: ${message.replace(/[^ -~]/g, "?")}`);
  const written = events.map((event, n) => ({ ...event, message: texts[n]! }));
  const data = gzipSync(Buffer.from(envelopeText(stream, written), "latin1"));
  const read = written.map((event) => ({ ...event, message: Buffer.from(event.message, "latin1").toString() }));
  return eventsDraft(stream, data, read);
};

const control: Maker = (stream) => {
  const data = gzipSync(controlText());
  return { partitionKey: partitionKeyOf(stream), data, becomes: "nothing", events: [] };
};

/** Written to the stream by an application: a JSON object is one event, even if it has several lines. */
const applicationJson: Maker = (stream, [first]) => {
  const text = JSON.stringify({ from: "application", text: first!.message }, undefined, 2);
  return application(stream, text, [text]);
};

const applicationLines: Maker = (stream, events) => {
  const lines = events.map(({ message }) => message.replace(/\s+/g, " "));
  return application(stream, lines.join("\n"), lines);
};

/** Begins like an envelope, and is none: it is cut off, or lacks its events. */
const likeEnvelope: Maker = (stream, events, random) => {
  const whole = envelopeText(stream, events);
  const text = random.chance(0.5)
    ? whole.slice(0, -random.integer(1, whole.length >> 1))
    : whole.replace('"logEvents":[', '"logEvents":0,"events":[');
  const draft = application(stream, text, [text]);
  return random.chance(0.5) ? draft : { ...draft, data: gzipSync(text) };
};

/** Differs from a control message in the text of its event. */
const likeControl: Maker = (stream, [first]) => {
  const text = controlText(first!.message);
  return { ...application(stream, text, [text]), data: gzipSync(text) };
};

export function application(stream: LogStream, text: string, messages: readonly string[]): Draft {
  const events = messages.map((message) => ({ message }));
  return { partitionKey: partitionKeyOf(stream), data: Buffer.from(text), becomes: "events", events };
}

const MAKERS: readonly Maker[] = [
  ...[poison, latin1, control, applicationJson, applicationLines, likeEnvelope, likeControl],
  ...[relayed, aggregatedLines],
];
