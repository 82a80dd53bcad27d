import { gzipSync } from "node:zlib";
import type { KinesisStreamEvent } from "aws-lambda";
import { ENVIRONMENT } from "../../core/settings/environment";
import { envelope, eventId, kinesisEvent, logEvent } from "./kinesis";

/** The forwarder's limit of an inflated record, in bytes. */
const RECORD_BYTES = Number(ENVIRONMENT.RECORD_MAX_BYTES.default);

/** Source: AWS Lambda "Lambda quotas": the payload of a synchronous invocation, in bytes. */
const PAYLOAD_BYTES = 6 * 1024 * 1024;

/** What a batch must become, as far as the function can: everything delivered, or everything in `dead-letter/`. */
export type Becomes = "delivered" | "dead-lettered";

export type WorstBatch = [name: string, becomes: Becomes, batch: () => KinesisStreamEvent];

/** What an event may take as JSON, in bytes. */
const EVENT_BYTES = RECORD_BYTES / 4;

/** How many times its size a record may take as JSON. */
const MAX_EXPANSION = 2;

/** Where a text goes. */
const PLACEHOLDER = "<text>";

const escaped = (text: string): string => JSON.stringify(text).slice(1, -1);

/** As much of `unit` as fits into `bytes`, between `start` and `end`. */
function filled(bytes: number, unit: string | Buffer, start = "", end = ""): Buffer {
  const one = Buffer.from(unit);
  const units = Math.floor((bytes - Buffer.byteLength(start) - Buffer.byteLength(end)) / one.length);
  return Buffer.concat([Buffer.from(start), Buffer.alloc(units * one.length, one), Buffer.from(end)]);
}

/** Two records: while one is sent, the next is decoded. */
function twice(bytes: Buffer): KinesisStreamEvent {
  const data = gzipSync(bytes, { level: 1 });
  return kinesisEvent(data, data);
}

/** An application's record of one event that has all of its bytes. */
const oneLine = (name: string, unit: string | Buffer, start = "", end = ""): WorstBatch => [
  `an application's ${name}, all in one event`,
  "dead-lettered",
  () => twice(filled(RECORD_BYTES, unit, start, end)),
];

/** An application's record of as many events of the largest size as it can have. */
const lines = (name: string, unit: string, start = "", end = ""): WorstBatch => [
  `an application's ${name}`,
  "delivered",
  () => {
    const expansion = Buffer.byteLength(escaped(unit)) / Buffer.byteLength(unit);
    const event = filled(Math.floor(EVENT_BYTES / expansion) - 100, unit, start, end);
    const count = Math.min(RECORD_BYTES / event.length, (MAX_EXPANSION * RECORD_BYTES) / EVENT_BYTES);
    return twice(Buffer.concat(Array(Math.floor(count)).fill(Buffer.concat([event, Buffer.from("\n")]))));
  },
];

/** An envelope of four events of the largest size. */
const messages = (name: string, unit: string, start = "", end = ""): WorstBatch => [
  `an envelope's messages of ${name}`,
  "delivered",
  () => {
    const message = filled(EVENT_BYTES - 1000, escaped(unit), escaped(start), escaped(end));
    const events = Array.from({ length: RECORD_BYTES / EVENT_BYTES }, (_, n) => logEvent(n, PLACEHOLDER));
    const [head = "", ...tails] = JSON.stringify(envelope(events)).split(PLACEHOLDER);
    return twice(Buffer.concat([Buffer.from(head), ...tails.flatMap((tail) => [message, Buffer.from(tail)])]));
  },
];

const [START, END] = JSON.stringify(envelope([logEvent(0, PLACEHOLDER)])).split(PLACEHOLDER) as [string, string];

/** Pads a value so that a record of the largest size has nearly the number of values that are still parsed. */
const million = (value: string) => value.padEnd(34);

/** As text, one such character makes a JavaScript string take two bytes for each of its characters. */
const WIDE = "\ud83d\ude00";

/** Records of the largest size whose text, values or bytes take as much memory as they can. */
export const LARGEST_RECORDS: readonly WorstBatch[] = [
  oneLine("control characters", "\u001b"),
  oneLine("bytes that are not UTF-8", Buffer.from([0xff])),
  oneLine("quotes", '"'),
  oneLine("letters", "x", WIDE),
  oneLine("line breaks", "\n"),
  oneLine("lines of one letter", "x\n"),
  oneLine("members", million('"kk":{},'), "{", '"a":1}'),
  lines("control characters", "\u001b"),
  lines("quotes", '"', WIDE),
  lines("backslashes", "\\"),
  lines("letters", "x", WIDE),
  lines("two-byte characters", "\u00e4"),
  lines("four-byte characters", WIDE),
  lines("brackets", "["),
  lines("JSON of quotes", '\\"', `{"a":"${WIDE}`, '"}'),
  lines("JSON of white space", " ", "{", "}"),
  lines("JSON of a quarter of a million objects", million("{},"), '{"a":[', "1]}"),
  lines("JSON of a quarter of a million members", million('"kk":{},'), "{", '"a":1}'),
  [
    "an application's 99,000 lines, one of them in two bytes a character",
    "delivered",
    () => twice(filled(RECORD_BYTES, `${"x".repeat(340)}\n`, WIDE)),
  ],
  messages("control characters", "\u001b", WIDE),
  messages("letters", "x", WIDE),
  messages("JSON of quotes", '\\"', `{"a":"${WIDE}`, '"}'),
  messages("JSON of a quarter of a million objects", million("{},"), '{"a":[', "1]}"),
  messages("JSON of a quarter of a million members", million('"aws":{},'), "{", '"a":1}'),
  messages("JSON of lone surrogates", "\\ud800", '{"a":"', '"}'),
  [
    "an envelope's message, all in one event",
    "dead-lettered",
    () => twice(filled(RECORD_BYTES, "x", `${START}${WIDE}`, END)),
  ],
  [
    "an envelope's messages of bytes that are not UTF-8",
    "dead-lettered",
    () =>
      twice(filled(RECORD_BYTES, Buffer.concat([Buffer.alloc(1000, 0xff), Buffer.from(`"},${event(1)}`)]), START, END)),
  ],
  [
    "an envelope of 90,000 events without usable ids, one of them in two bytes a character",
    "delivered",
    () => {
      const message = (n: number) => (n === 0 ? WIDE : "x".repeat(250));
      const events = Array.from({ length: 90_000 }, (_, n) => ({ ...logEvent(n, message(n)), id: "" }));
      return twice(Buffer.from(JSON.stringify(envelope(events))));
    },
  ],
  [
    "an envelope without an id and with a byte that is not UTF-8",
    "delivered",
    () => {
      const start = START.replace(eventId(0), "");
      const bytes = filled(EVENT_BYTES, "x", start, END);
      bytes[start.length] = 0xff;
      return twice(bytes);
    },
  ],
  [
    "an envelope with extracted fields of letters",
    "delivered",
    () => {
      const fields = START.replace('"message":"', `"extractedFields":{"a":"${WIDE}`);
      return twice(filled(EVENT_BYTES - 1000, "x", fields, `"},"message":"${END}`));
    },
  ],
  [
    "gzip that lies about its size",
    "dead-lettered",
    () => {
      const data = gzipSync(Buffer.alloc(4 * RECORD_BYTES, "x"), { level: 1 });
      data.writeUInt32LE(100, data.length - 4);
      return kinesisEvent(data, data);
    },
  ],
];

/** The JSON of an event up to its message. */
function event(n: number): string {
  return JSON.stringify(logEvent(n, PLACEHOLDER)).split(PLACEHOLDER)[0]!;
}

/** As many records as a payload holds, up to the largest batch. */
function fullBatch(messages: (n: number) => string, eventsPerRecord: number, most = 10_000): KinesisStreamEvent {
  const events = Array.from({ length: eventsPerRecord }, (_, n) => logEvent(n, messages(n)));
  const data = gzipSync(JSON.stringify(envelope(events)));
  const one = JSON.stringify(kinesisEvent(data)).length;
  return kinesisEvent(...Array(Math.min(most, Math.floor(PAYLOAD_BYTES / one))).fill(data));
}

/** Batches of which the index rejects each event: hundreds of thousands, 10,000 records, and events that take much more as text. */
export const REJECTED_BATCHES: readonly [name: string, batch: () => KinesisStreamEvent][] = [
  ["100 records of 1,000 events", () => fullBatch((n) => `{"a":"${n} ${"x".repeat(150)}"}`, 1000, 100)],
  ["a full batch of records of 20 events", () => fullBatch((n) => `{"a":"${n} ${"x".repeat(150)}"}`, 20)],
  ["records of 90,000 events", () => fullBatch((n) => `{"a":"${n}"}`, 90_000, 3)],
  ["events of quotes", () => fullBatch((n) => JSON.stringify({ a: `${n}${'"'.repeat(100_000)}` }), 80, 3)],
  [
    "events of white space, which is none as fields",
    () => fullBatch((n) => `{"a":${n}${" ".repeat(100_000)}}`, 300, 3),
  ],
];
