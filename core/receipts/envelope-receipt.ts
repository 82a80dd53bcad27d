import { HOUR_MS } from "../events/durations";
import type { Envelope, LogEvent } from "../events/envelope";
import type { LeftOutEvent } from "../rules/rule-set";
import { idHash } from "./id-hash";
import { type EnvelopeReceipt, noEvents, Receipt, type ReceiptRow } from "./receipt";
import { receiptPlace } from "./receipt-place";

type Names = Pick<Envelope, "owner" | "logGroup">;

/** What became of an envelope's events. */
export interface EventOutcomes {
  /** Those that have documents. */
  readonly events: readonly LogEvent[];
  /** Those that rules left out. @default none */
  readonly leftOut?: readonly LeftOutEvent[] | undefined;
  /** Those that have documents, counted. @default counted here */
  readonly counted?: EnvelopeReceipt | undefined;
}

/** Returns what a receipt says of an envelope. */
export function envelopeReceipt(envelope: Names, { events, leftOut = [], counted }: EventOutcomes): EnvelopeReceipt {
  if (counted && leftOut.length === 0) return counted;
  const receipt = new Receipt();
  if (counted) receipt.addEnvelope(counted);
  else for (const event of events) addEvent(receipt, envelope, event);
  for (const { event, outcome } of leftOut) {
    const { timestamp, extractedFields, eventCount } = event;
    const counts = { ...noEvents(hourOf(timestamp)), [outcome]: 1, joined: joinedTo(eventCount) };
    receipt.add(receiptPlace(envelope, extractedFields), counts);
  }
  return compact(receipt.rows());
}

function compact(rows: readonly ReceiptRow[]): EnvelopeReceipt {
  const [row] = rows;
  if (!row || rows.length > 1 || row.dropped > 0 || row.sampledOut > 0 || row.joined > 0) return rows;
  const { account, logGroup, hour, events, fingerprint } = row;
  return { account, logGroup, hour, events, high: fingerprint.high | 0, low: fingerprint.low | 0 };
}

/** Counts an event that has a document. */
export function addEvent(receipt: Receipt, envelope: Names, event: LogEvent): void {
  const { id, timestamp, extractedFields, eventCount } = event;
  const counts = { ...noEvents(hourOf(timestamp)), events: 1, fingerprint: idHash(id), joined: joinedTo(eventCount) };
  receipt.add(receiptPlace(envelope, extractedFields), counts);
}

const hourOf = (timestamp: number): number => Math.floor(timestamp / HOUR_MS);

/** How many events became a part of one. */
const joinedTo = (eventCount = 1): number => eventCount - 1;
