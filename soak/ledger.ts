import type { Draft } from "./traffic/draft";

/** An event that was put. */
export interface PutEvent {
  readonly id: string;
  readonly message: string;
}

/** Where Kinesis keeps a record. */
export interface RecordPlace {
  readonly shardId: string;
  readonly sequenceNumber: string;
}

/** A record that Kinesis has taken. */
export interface PutRecord extends RecordPlace {
  readonly becomes: Draft["becomes"];
  readonly events: readonly PutEvent[];
  /** Kept of what must be set aside byte for byte. */
  readonly data?: Buffer;
}

/** Remembers every record that was put, and which of them the function has acknowledged. */
export class Ledger {
  readonly records: PutRecord[] = [];
  readonly #acknowledged = new Set<string>();
  #events = 0;

  /** The record was put, and Kinesis has told its place. */
  put({ becomes, events, data }: Draft, { shardId, sequenceNumber }: RecordPlace): void {
    const identified = events.map(({ id, message }, n) => ({ id: id ?? `${shardId}:${sequenceNumber}:${n}`, message }));
    this.#events += events.length;
    this.records.push({
      ...{ shardId, sequenceNumber, becomes, events: identified },
      ...(becomes === "dead letter" && { data }),
    });
  }

  /** The event source mapping will not hand the record to the function again. */
  acknowledge(place: RecordPlace): void {
    this.#acknowledged.add(placeName(place));
  }

  /** How many events were put. */
  get events(): number {
    return this.#events;
  }

  get acknowledged(): number {
    return this.#acknowledged.size;
  }

  /** How many of the records that were put are not acknowledged. */
  get open(): number {
    return this.records.length - this.#acknowledged.size;
  }

  /** Whether every record that was put is acknowledged. */
  get drained(): boolean {
    return this.records.every((record) => this.#acknowledged.has(placeName(record)));
  }
}

/** As the end of an archive object's key names it. */
export function placeName({ shardId, sequenceNumber }: RecordPlace): string {
  return `${shardId}-${sequenceNumber}`;
}
