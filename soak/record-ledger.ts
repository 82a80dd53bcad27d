import type { Draft } from "./traffic/draft";

/** An event that was put. */
export interface LedgerEvent {
  readonly id: string;
  readonly message: string;
}

/** Shard and sequence number of a record. */
export interface RecordPosition {
  readonly shardId: string;
  readonly sequenceNumber: string;
}

/** A record that Kinesis has accepted. */
export interface LedgerRecord extends RecordPosition {
  readonly becomes: Draft["becomes"];
  readonly events: readonly LedgerEvent[];
  /** Only of a record that must be dead-lettered byte for byte. */
  readonly data?: Buffer;
}

/** Remembers every record that was put, and which of them the function has acknowledged. */
export class RecordLedger {
  readonly records: LedgerRecord[] = [];
  readonly #acknowledged = new Set<string>();
  #events = 0;

  /** Notes a record that was put, under the position that Kinesis returned. */
  put({ becomes, events, data }: Draft, { shardId, sequenceNumber }: RecordPosition): void {
    const place = (n: number, userRecord?: number) =>
      userRecord === undefined ? `${sequenceNumber}:${n}` : `${sequenceNumber}.${userRecord}:0`;
    const identified = events.map(({ id, userRecord, message }, n) => ({
      id: id ?? `${shardId}:${place(n, userRecord)}`,
      message,
    }));
    this.#events += events.length;
    this.records.push({
      ...{ shardId, sequenceNumber, becomes, events: identified },
      ...(becomes === "dead letter" && { data }),
    });
  }

  /** Notes that the event source mapping will not pass the record to the function again. */
  acknowledge(position: RecordPosition): void {
    this.#acknowledged.add(positionName(position));
  }

  /** Number of events that were put. */
  get events(): number {
    return this.#events;
  }

  get acknowledged(): number {
    return this.#acknowledged.size;
  }

  /** Number of records that were put and are not acknowledged. */
  get open(): number {
    return this.records.length - this.#acknowledged.size;
  }

  /** Whether every record that was put is acknowledged. */
  get drained(): boolean {
    return this.records.every((record) => this.#acknowledged.has(positionName(record)));
  }
}

/** The position as the keys of archive objects end with it. */
export function positionName({ shardId, sequenceNumber }: RecordPosition): string {
  return `${shardId}-${sequenceNumber}`;
}
