import type { KinesisStreamRecord } from "aws-lambda";

/** Source: Lambda Developer Guide "Lambda quotas": invocation payload, synchronous. */
const PAYLOAD_MAX_BYTES = 6 * 1024 * 1024;

/** What surrounds the records; each is counted with a comma, which the last one has not. */
const EMPTY_EVENT_BYTES = JSON.stringify({ Records: [] }).length - 1;

export interface BufferedRecord {
  readonly record: KinesisStreamRecord;
  readonly bytes: number;
  /** By `performance.now()`. */
  readonly readAt: number;
}

/**
 * Gathers records until a batch is due: the batch size is reached, or the payload limit, or the batching window is over,
 * which starts when the batch's first record is read.
 *
 * Source: Lambda Developer Guide "How Lambda processes records from stream and queue-based event sources", batching behavior.
 */
export class Batcher {
  #buffered: BufferedRecord[] = [];

  constructor(
    private readonly batchSize: number,
    private readonly windowMs: number,
  ) {}

  /** @param now by `performance.now()`, as below */
  add(record: KinesisStreamRecord, now: number): void {
    this.#buffered.push({ record, bytes: Buffer.byteLength(JSON.stringify(record)) + 1, readAt: now });
  }

  /** When the next batch is due, by `performance.now()`; Infinity without records. */
  get dueAt(): number {
    if (this.full) return 0;
    return this.#buffered.length > 0 ? this.#buffered[0]!.readAt + this.windowMs : Number.POSITIVE_INFINITY;
  }

  /** Whether a batch is due that no further record can join. */
  get full(): boolean {
    const length = this.#batchLength();
    return length === this.batchSize || length < this.#buffered.length;
  }

  get empty(): boolean {
    return this.#buffered.length === 0;
  }

  /** Takes out everything, due or not. */
  drain(): BufferedRecord[] {
    return this.#buffered.splice(0);
  }

  /** The next batch, if one is due. */
  take(now: number): KinesisStreamRecord[] | undefined {
    if (now < this.dueAt) return undefined;
    return this.#buffered.splice(0, this.#batchLength()).map(({ record }) => record);
  }

  /** How many of the first records go into one batch; a record that is too large goes alone. */
  #batchLength(): number {
    let bytes = EMPTY_EVENT_BYTES;
    for (const [length, next] of this.#buffered.entries()) {
      bytes += next.bytes;
      if (length === this.batchSize || (length > 0 && bytes > PAYLOAD_MAX_BYTES)) return length;
    }
    return this.#buffered.length;
  }
}
