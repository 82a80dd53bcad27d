import { createHash } from "node:crypto";
import type { KinesisStreamRecord } from "aws-lambda";
import { Batcher } from "./batcher";
import type { MappingSettings } from "./settings";

type BatchingSettings = Pick<MappingSettings, "parallelizationFactor" | "batchSize" | "maximumBatchingWindowSeconds">;

/**
 * What was read of a shard and is not finished: records that wait, by partition, and the batches in flight. A change of the
 * settings moves what waits; a batch in flight stays as it is, and all partitions of its keys wait for its end, so that the
 * order of each key is kept and no batch gets another first record.
 */
export class Partitions {
  #batchers: Batcher[] = [];
  /** The partitions that wait for each batch. */
  readonly #inFlight = new Map<readonly KinesisStreamRecord[], ReadonlySet<number>>();

  constructor(settings: BatchingSettings) {
    this.configure(settings);
  }

  /** Batches that are taken from now on follow these settings. */
  configure({ parallelizationFactor, batchSize, maximumBatchingWindowSeconds }: BatchingSettings): void {
    const waiting = this.#batchers.flatMap((batcher) => batcher.drain());
    const regrouped = this.#batchers.length !== parallelizationFactor;
    this.#batchers = Array.from(
      { length: parallelizationFactor },
      () => new Batcher(batchSize, maximumBatchingWindowSeconds * 1000),
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

  /** Whether a batch waits that no further record can join: nothing more is to be read then. */
  get full(): boolean {
    return this.#batchers.some((batcher) => batcher.full);
  }

  /** Whether nothing waits and nothing is in flight. */
  get idle(): boolean {
    return this.#inFlight.size === 0 && this.#batchers.every((batcher) => batcher.empty);
  }

  /** When a batch can be taken, by `performance.now()`; Infinity when something else must happen before. */
  get dueAt(): number {
    return Math.min(...this.#idle().map((n) => this.#batchers[n]!.dueAt));
  }

  /** The next batch, if one is due; in flight until it is `finish`ed. */
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

/** Records with the same partition key stay in order: they go to the same one of the shard's concurrent batches. */
export function partitionOf(partitionKey: string, parallelizationFactor: number): number {
  return createHash("md5").update(partitionKey).digest().readUInt32BE() % parallelizationFactor;
}

/** Sequence numbers are integers of any size. */
function inSequence(a: KinesisStreamRecord, b: KinesisStreamRecord): number {
  return BigInt(a.kinesis.sequenceNumber) < BigInt(b.kinesis.sequenceNumber) ? -1 : 1;
}
