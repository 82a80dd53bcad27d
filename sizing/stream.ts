import { peakBytesPerSecond, peakEventsPerSecond, type SizingWorkload } from "./workload";

/** Of a shard, in a second. */
const SHARD_BYTES = 1_000_000;
const SHARD_RECORDS = 1_000;

const MIN_SHARDS_OF_UNKNOWN_PEAK = 4;
export const MAX_SHARDS = 10_000;
const CHANGES_PER_DAY = 10;

export interface SizedStream {
  readonly shards: number;
  /** In the busiest second, compressed. */
  readonly megabytesPerSecond: number;
  readonly recordsPerSecond: number;
  /** Numbers of shards to set one after the other, the last of them `shards`; empty: nothing changes, or there is no stream yet. */
  readonly changes: readonly number[];
  /** Days that the changes take. */
  readonly changeDays: number;
}

export function sizeStream(workload: SizingWorkload): SizedStream {
  const bytes = peakBytesPerSecond(workload) * workload.compressedTo;
  const recordsPerSecond = peakEventsPerSecond(workload) / workload.eventsPerRecord;
  const shards = Math.max(
    Math.ceil(bytes / SHARD_BYTES),
    Math.ceil(recordsPerSecond / SHARD_RECORDS),
    workload.peakFactor === undefined ? MIN_SHARDS_OF_UNKNOWN_PEAK : 1,
  );
  const { currentShards = shards } = workload;
  const changes = changesBetween(currentShards, shards);
  return {
    ...{ shards, recordsPerSecond, changes },
    megabytesPerSecond: bytes / 1e6,
    changeDays: Math.ceil(changes.length / CHANGES_PER_DAY),
  };
}

/** Returns the numbers of shards between two: each at most twice the one before, and at least half of it. */
export function changesBetween(current: number, target: number): number[] {
  const changes: number[] = [];
  for (let shards = current; shards !== target; ) {
    shards = target > shards ? Math.min(target, shards * 2) : Math.max(target, Math.ceil(shards / 2));
    changes.push(shards);
  }
  return changes;
}
