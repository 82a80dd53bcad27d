/** Source: Lambda Developer Guide "Lambda quotas": invocation payload, synchronous. */
const PAYLOAD_MAX_BYTES = 6 * 1024 * 1024;

/** Size of an event without records. Each record counts with a comma; the last one has none, hence the -1. */
const EMPTY_EVENT_BYTES = JSON.stringify({ Records: [] }).length - 1;

/** @typeParam Item a record as the event of an invocation has it */
export interface BufferedRecord<Item> {
  readonly record: Item;
  readonly bytes: number;
  /** By `performance.now()`. */
  readonly readAt: number;
}

/**
 * Buffers records until a batch is due: when it reaches the batch size or the payload limit, or when the batching window
 * ends. The window begins when the first record of the batch is read.
 *
 * Source: Lambda Developer Guide "How Lambda processes records from stream and queue-based event sources", batching behavior.
 */
export class Batcher<Item> {
  #buffered: BufferedRecord<Item>[] = [];

  constructor(
    private readonly batchSize: number,
    private readonly windowMs: number,
  ) {}

  /** @param now by `performance.now()`, as below */
  add(record: Item, now: number): void {
    this.#buffered.push({ record, bytes: Buffer.byteLength(JSON.stringify(record)) + 1, readAt: now });
  }

  /** When the next batch is due, by `performance.now()`; Infinity without records. */
  get dueAt(): number {
    if (this.full) return 0;
    return this.#buffered.length > 0 ? this.#buffered[0]!.readAt + this.windowMs : Number.POSITIVE_INFINITY;
  }

  /** Whether the next batch has no room for a further record. */
  get full(): boolean {
    const length = this.#batchLength();
    return length === this.batchSize || length < this.#buffered.length;
  }

  /** How many further records the batch size allows. */
  get room(): number {
    return Math.max(0, this.batchSize - this.#buffered.length);
  }

  get empty(): boolean {
    return this.#buffered.length === 0;
  }

  /** Removes and returns all records, due or not. */
  drain(): BufferedRecord<Item>[] {
    return this.#buffered.splice(0);
  }

  /** The next batch, if one is due. */
  take(now: number): Item[] | undefined {
    if (now < this.dueAt) return undefined;
    return this.#buffered.splice(0, this.#batchLength()).map(({ record }) => record);
  }

  /** How many records the next batch takes. A record above the payload limit is a batch of its own. */
  #batchLength(): number {
    let bytes = EMPTY_EVENT_BYTES;
    for (const [length, next] of this.#buffered.entries()) {
      bytes += next.bytes;
      if (length === this.batchSize || (length > 0 && bytes > PAYLOAD_MAX_BYTES)) return length;
    }
    return this.#buffered.length;
  }
}
