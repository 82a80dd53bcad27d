import { deflateSync, gzipSync } from "node:zlib";
import type { Random } from "../../tools/random";
import { aggregated } from "./aggregated";
import { type Draft, type EnvelopeEvent, envelopeText, eventsDraft, type LogStream, partitionKeyOf } from "./draft";

const base64 = (data: Buffer) => Buffer.from(data.toString("base64"));

/** What relays and producer libraries make of a record. */
const RELAYS: readonly ((text: string) => Buffer)[] = [
  (text) => gzipSync(gzipSync(text)),
  (text) => deflateSync(text),
  (text) => base64(gzipSync(text)),
  (text) => Buffer.from(JSON.stringify({ awslogs: { data: gzipSync(text).toString("base64") } })),
  (text) => aggregated([gzipSync(text)]),
  (text) => gzipSync(aggregated([base64(gzipSync(text))])),
];

/** An envelope that came by a relay. */
export function relayed(stream: LogStream, events: readonly EnvelopeEvent[], random: Random): Draft {
  const data = random.pick(RELAYS)(envelopeText(stream, events));
  return eventsDraft(stream, data, events);
}

/** Lines of an application, each a user record of the Kinesis Producer Library. */
export function aggregatedLines(stream: LogStream, events: readonly EnvelopeEvent[]): Draft {
  const lines = events.map(({ message }, userRecord) => ({ userRecord, message: message.replace(/\s+/g, " ").trim() }));
  const data = aggregated(lines.map(({ message }) => Buffer.from(message)));
  return { partitionKey: partitionKeyOf(stream), data, becomes: "events", events: lines };
}
