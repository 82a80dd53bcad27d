import type { Origin } from "../core/events/complete";
import type { Envelope } from "../core/events/envelope";
import type { RecordProgress } from "../core/pipelines/record-progress";
import type { Selection } from "./arguments/arguments";

/** The part of one Kinesis record that is to be replayed. */
export interface ReplayRecord {
  origin: Origin;
  /** Undefined: the record still cannot be decoded. */
  envelope?: Envelope;
  /** The record byte for byte, if the bucket has it: it was quarantined before it was archived. */
  original?: RecordProgress;
  partitionKey?: string;
  /** The index's earlier rejection of its event. */
  rejection?: string;
}

/** The rejection of a record without an envelope, by every sink. */
export const UNDECODABLE = "cannot be decoded";

/** Number of events; a record that cannot be decoded counts as one. */
export function eventCount({ envelope }: ReplayRecord): number {
  return envelope ? envelope.logEvents.length : 1;
}

/** Returns the envelope with the events that are selected, by their own time; undefined when there are none. */
export function selected(envelope: Envelope, selection: Selection): Envelope | undefined {
  if (selection.logGroup !== undefined && envelope.logGroup !== selection.logGroup) return undefined;
  const logEvents = envelope.logEvents.filter((event) => isWithin(event.timestamp, selection));
  return logEvents.length > 0 ? { ...envelope, logEvents } : undefined;
}

export function isWithin(ms: number, { fromMs, toMs }: Selection): boolean {
  return fromMs <= ms && ms < toMs;
}
