import type { Origin } from "../core/events/complete";
import type { Envelope } from "../core/events/envelope";
import type { BatchRecord } from "../core/sources/kinesis/batch-record";
import type { Selection } from "./arguments/arguments";

/** What one Kinesis record held, as far as it is to be replayed. */
export interface ReplayRecord {
  origin: Origin;
  /** Undefined: the record still can't be read. */
  envelope?: Envelope;
  /** The record byte for byte, where it was kept so: set aside before it was archived. */
  original?: BatchRecord;
  partitionKey?: string;
  /** Why the index refused its event before. */
  refusal?: string;
}

/** A record that can't be read counts as one event. */
export function eventCount({ envelope }: ReplayRecord): number {
  return envelope ? envelope.logEvents.length : 1;
}

/** The envelope with the events that are selected, by their own time. Undefined when there are none. */
export function selected(envelope: Envelope, selection: Selection): Envelope | undefined {
  if (selection.logGroup !== undefined && envelope.logGroup !== selection.logGroup) return undefined;
  const logEvents = envelope.logEvents.filter((event) => isWithin(event.timestamp, selection));
  return logEvents.length > 0 ? { ...envelope, logEvents } : undefined;
}

export function isWithin(ms: number, { fromMs, toMs }: Selection): boolean {
  return fromMs <= ms && ms < toMs;
}
