import { createHash } from "node:crypto";
import type { KinesisStreamRecord } from "aws-lambda";
import { Batcher } from "../batcher";
import type { StreamMappingSettings } from "./settings";

type BatchingSettings = Pick<
  StreamMappingSettings,
  "parallelizationFactor" | "batchSize" | "maximumBatchingWindowSeconds"
>;

/**
 * Records of one shard that were read and not yet processed: buffered records by partition, and batches in flight.
 *
 * New settings redistribute buffered records. A batch in flight keeps its records, and all partitions of its keys wait until
 * it ends, so that each key stays in order and a retried batch begins with the same record.
 */
export class Partitions {
  #batchers: Batcher<KinesisStreamRecord>[] = [];
  /** For each batch, the partitions that wait until it ends. */
  readonly #inFlight = new Map<readonly KinesisStreamRecord[], ReadonlySet<number>>();

  constructor(settings: BatchingSettings) {
    this.configure(settings);
  }

  /** Applies to batches taken from now on. */
  configure({ parallelizationFactor, batchSize, maximumBatchingWindowSeconds }: BatchingSettings): void {
    const waiting = this.#batchers.flatMap((batcher) => batcher.drain());
    const regrouped = this.#batchers.length !== parallelizationFactor;
    this.#batchers = Array.from(
      { length: parallelizationFactor },
      () => new Batcher<KinesisStreamRecord>(batchSize, maximumBatchingWindowSeconds * 1000),
    );
    waiting.sort((a, b) => inSequence(a.record, b.record));
    for (const { record, readAt } of waiting) this.add(record, readAt);
    if (!regrouped) return;
    for (const batch of this.#inFlight.keys())
      this.#inFlight.set(batch, new Set(batch.map((one) => this.#indexOf(one))));
  }

  /** @param readAt by `performance.now()`, as `now` below */
  add(record: KinesisStreamRecord, readAt: number): void {
    this.#batchers[this.#indexOf(record)]!.add(record, readAt);
  }

  /** Whether a batch has no room for a further record: polling pauses then. */
  get full(): boolean {
    return this.#batchers.some((batcher) => batcher.full);
  }

  /** Whether no record is buffered or in flight. */
  get idle(): boolean {
    return this.#inFlight.size === 0 && this.#batchers.every((batcher) => batcher.empty);
  }

  /** When a batch can be taken, by `performance.now()`; Infinity while no idle partition has records. */
  get dueAt(): number {
    return Math.min(...this.#idle().map((n) => this.#batchers[n]!.dueAt));
  }

  /** The next batch, if one is due; it is in flight until `finish`. */
  take(now: number): KinesisStreamRecord[] | undefined {
    for (const n of this.#idle()) {
      const batch = this.#batchers[n]!.take(now);
      if (!batch) continue;
      this.#inFlight.set(batch, new Set([n]));
      return batch;
    }
    return undefined;
  }

  finish(batch: readonly KinesisStreamRecord[]): void {
    this.#inFlight.delete(batch);
  }

  #idle(): number[] {
    if (this.#inFlight.size >= this.#batchers.length) return [];
    const waiting = [...this.#inFlight.values()];
    return [...this.#batchers.keys()].filter((n) => !waiting.some((partitions) => partitions.has(n)));
  }

  #indexOf({ kinesis }: KinesisStreamRecord): number {
    return partitionOf(kinesis.partitionKey, this.#batchers.length);
  }
}

/** Returns the partition of a shard for a partition key: records with the same key stay in order. */
export function partitionOf(partitionKey: string, parallelizationFactor: number): number {
  return createHash("md5").update(partitionKey).digest().readUInt32BE() % parallelizationFactor;
}

/** Compares sequence numbers, which exceed safe integers. */
function inSequence(a: KinesisStreamRecord, b: KinesisStreamRecord): number {
  return BigInt(a.kinesis.sequenceNumber) < BigInt(b.kinesis.sequenceNumber) ? -1 : 1;
}
