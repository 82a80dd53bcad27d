import { gzipSync } from "node:zlib";
import type { KinesisStreamRecord } from "aws-lambda";
import { ARRIVAL, CONTROL_MESSAGE, envelope, eventId, kinesisStreamRecord } from "../support/kinesis";
import { type WRAPPERS, wrap } from "../support/wrapped";
import type { EventSpec, RecordSpec, Trouble } from "./history";
import { POISONS } from "./poison";

/** The largest request that the model's search engine takes, in bytes; an oversized event alone is larger. */
export const REQUEST_MAX_BYTES = 5_000;

const DAY_MS = 86_400_000;

const GROUPS = ["foo", "bar", "/aws/lambda/Thumbs"];

export interface PutEvent {
  /** Which event it is; its message says so too. */
  n: number;
  /** CloudWatch's id; "": it gets one by its place in the stream. */
  id: string;
  timestamp: number;
  message: string;
  trouble: Trouble;
}

interface Content {
  data: Buffer;
  /** What has to become of the record. */
  end: "archived" | "dead-letter" | "dropped";
  events: PutEvent[];
  logGroup?: string;
}

/** A record that was put into the stream. */
export interface Put extends Content {
  name: string;
  record: KinesisStreamRecord;
  /** When it arrives, in ms after the history's beginning. */
  atMs: number;
}

/** The number of the event that a text speaks of. */
export function eventIn(text: string): number {
  return Number(/event-(\d+)\./.exec(text)?.[1]);
}

/** Puts the records one after the other; sequence numbers begin anew in each shard. */
export function putRecords(specs: RecordSpec[]): Put[] {
  const puts: Put[] = [];
  const inShard = [0, 0];
  let events = 0;
  let atMs = 0;
  for (const [i, spec] of specs.entries()) {
    atMs += spec.gapMs;
    const name = `record-${i}`;
    const content = contentOf(spec, name, puts, (event) => putEvent(event, events++));
    const record = kinesisStreamRecord(inShard[spec.shard]!++, content.data, spec.shard);
    record.kinesis.partitionKey = `key-${spec.key}`;
    record.kinesis.approximateArrivalTimestamp = (ARRIVAL + atMs) / 1000;
    puts.push({ name, record, atMs, ...content });
  }
  return puts;
}

function contentOf(spec: RecordSpec, name: string, earlier: Put[], put: (spec: EventSpec) => PutEvent): Content {
  switch (spec.kind) {
    case "envelope":
      return enveloped(spec.events.map(put), name, GROUPS[spec.group]!, spec.relay);
    case "again": {
      const first = earlier[spec.of % Math.max(1, earlier.length)];
      // An event that gets its id or time from its record is another one in another record.
      const same = first?.logGroup !== undefined && first.events.every(({ id, timestamp }) => id && timestamp >= 0);
      return same ? enveloped(first.events, name, first.logGroup!) : control();
    }
    case "application": {
      const specs = spec.shape === "object" ? spec.events.slice(0, 1) : spec.events;
      const events = specs.map((event) =>
        put({ ...event, ownId: false, ...(spec.shape === "object" && { form: "json" as const }) }),
      );
      const text = Buffer.from(events.map(({ message }) => message).join("\n"));
      return { data: spec.shape === "gzipped lines" ? gzipSync(text) : text, end: "archived", events };
    }
    case "control":
      return control();
    case "poison":
      return { data: POISONS[spec.how](name), end: "dead-letter", events: [] };
  }
}

function putEvent({ form, words, day, ownId, trouble }: EventSpec, n: number): PutEvent {
  const padding = trouble.kind === "oversized" ? "x".repeat(REQUEST_MAX_BYTES) : "";
  const text = `event-${n}. ${trouble.kind}, ${words}${padding}`;
  return {
    n,
    id: ownId ? eventId(n) : "",
    timestamp: day === "none" ? -1 : ARRIVAL - day * DAY_MS,
    message: form === "json" ? JSON.stringify({ text }) : text,
    trouble,
  };
}

/** The record's name stands where the subscription filter's does. */
function enveloped(
  events: PutEvent[],
  name: string,
  logGroup: string,
  relay: keyof typeof WRAPPERS | "none" = "none",
): Content {
  const logEvents = events.map(({ id, timestamp, message }) => ({ id, timestamp, message }));
  const data = gzipSync(JSON.stringify({ ...envelope(logEvents, { logGroup }), subscriptionFilters: [name] }));
  return { data: wrap(data, relay === "none" ? [] : [relay]), end: "archived", events, logGroup };
}

function control(): Content {
  return { data: gzipSync(JSON.stringify(CONTROL_MESSAGE)), end: "dropped", events: [] };
}
