import { eventName, messageName } from "./audit/names";
import { type Draft, OWNER } from "./traffic/draft";

/** An event that was put. */
export interface LedgerEvent {
  /** See `eventName`. */
  readonly id: string;
  /** See `messageName`. */
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
  readonly isHostile: boolean;
  /** When it was put, by the ledger's clock. */
  readonly putAtMs: number;
}

/** How long the records of one shard waited for their acknowledgement. */
export interface ShardWait {
  readonly shardId: string;
  readonly records: number;
  /** Records that a stranger has written. */
  readonly hostile: number;
  /** The longest wait of a record that is not a stranger's. One that is not acknowledged still waits. */
  readonly longestMs: number;
}

/** Remembers every record that was put, and which of them the function has acknowledged. */
export class RecordLedger {
  readonly records: LedgerRecord[] = [];
  /** When each record was acknowledged, by its position. */
  readonly #acknowledged = new Map<string, number>();
  #events = 0;

  /**
   * @param stream takes the place of the log group of what applications write
   * @param now milliseconds of a monotonic clock
   */
  constructor(
    private readonly stream: string,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Notes a record that was put, under the position that Kinesis returned. */
  put(draft: Draft, { shardId, sequenceNumber }: RecordPosition): void {
    const { becomes, owner, logGroup, events, data, isHostile = false } = draft;
    const place = (n: number, userRecord?: number) =>
      userRecord === undefined ? `${sequenceNumber}:${n}` : `${sequenceNumber}.${userRecord}:0`;
    const identified = events.map(({ id, userRecord, message }, n) => ({
      id: eventName(owner ?? OWNER, logGroup ?? this.stream, id ?? `${shardId}:${place(n, userRecord)}`),
      message: messageName(message),
    }));
    this.#events += events.length;
    this.records.push({
      ...{ shardId, sequenceNumber, becomes, events: identified, isHostile, putAtMs: this.now() },
      ...(becomes === "dead letter" && { data }),
    });
  }

  /** Notes that the event source mapping will not pass the record to the function again. */
  acknowledge(position: RecordPosition): void {
    const name = positionName(position);
    if (!this.#acknowledged.has(name)) this.#acknowledged.set(name, this.now());
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

  /** Of each shard, by its id. */
  get waits(): ShardWait[] {
    const byShard = new Map<string, ShardWait>();
    for (const record of this.records) {
      const { shardId, isHostile, putAtMs } = record;
      const { records, hostile, longestMs } = byShard.get(shardId) ?? { records: 0, hostile: 0, longestMs: 0 };
      const waitedMs = (this.#acknowledged.get(positionName(record)) ?? this.now()) - putAtMs;
      byShard.set(shardId, {
        shardId,
        records: records + 1,
        hostile: hostile + (isHostile ? 1 : 0),
        longestMs: isHostile ? longestMs : Math.max(longestMs, waitedMs),
      });
    }
    return [...byShard.values()].sort((a, b) => (a.shardId < b.shardId ? -1 : 1));
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
