import type { KinesisStreamRecord } from "aws-lambda";
import { Batcher } from "../../local/event-source-mapping/batcher";
import { partitionOf } from "../../local/event-source-mapping/kinesis/partitions";
import { type BatchIo, processBatch } from "../../local/event-source-mapping/kinesis/process-batch";
import type { StreamMappingSettings } from "../../local/event-source-mapping/kinesis/settings";
import type { Put } from "./records";
import type { VirtualTime } from "./virtual-time";

/** One of a shard's concurrent batches: its records, in their order, and how many of them are acknowledged. */
export interface Partition {
  readonly puts: Put[];
  acknowledged: number;
}

/** What reads a partition and has its batches invoked. */
export interface Poller {
  readonly partition: Partition;
  /** Ends it; another one goes on after the acknowledged records, with batches of this size. */
  lose(batchSize: number): void;
}

export interface MappingIo extends Pick<BatchIo, "discard"> {
  invoke(records: KinesisStreamRecord[], poller: Poller): ReturnType<BatchIo["invoke"]>;
}

/** The partitions of both shards. */
export function partitionsOf(puts: Put[], parallelizationFactor: number): Partition[] {
  const partitions = new Map<string, Partition>();
  for (const put of puts) {
    const name = `${put.record.eventID.split(":", 1)}/${partitionOf(put.record.kinesis.partitionKey, parallelizationFactor)}`;
    if (!partitions.has(name)) partitions.set(name, { puts: [], acknowledged: 0 });
    partitions.get(name)!.puts.push(put);
  }
  return [...partitions.values()];
}

/** Invokes with the partition's records until all of them are acknowledged. */
export async function processPartition(
  partition: Partition,
  settings: StreamMappingSettings,
  io: MappingIo,
  time: VirtualTime,
) {
  let { batchSize } = settings;
  while (partition.acknowledged < partition.puts.length) {
    const lost = new AbortController();
    const lose = (nextBatchSize: number) => {
      batchSize = nextBatchSize;
      lost.abort();
    };
    await poll(partition, { ...settings, batchSize }, { ...io, poller: { partition, lose } }, time, lost.signal);
  }
}

async function poll(
  partition: Partition,
  settings: StreamMappingSettings,
  { invoke, discard, poller }: MappingIo & { poller: Poller },
  time: VirtualTime,
  lost: AbortSignal,
): Promise<void> {
  const batcher = new Batcher<KinesisStreamRecord>(settings.batchSize, settings.maximumBatchingWindowSeconds * 1000);
  let read = partition.acknowledged;
  while (partition.acknowledged < partition.puts.length && !lost.aborted) {
    for (; partition.puts[read] && partition.puts[read]!.atMs <= time.nowMs; read++) {
      batcher.add(partition.puts[read]!.record, time.nowMs);
    }
    const batch = batcher.take(time.nowMs);
    if (batch) {
      const io = { invoke: ({ Records }: { Records: KinesisStreamRecord[] }) => invoke(Records, poller), discard };
      await processBatch(batch, () => settings, { ...io, sleep: time.sleep }, lost);
    } else {
      const nextAt = partition.puts[read]?.atMs ?? Number.POSITIVE_INFINITY;
      await time.sleep(Math.min(batcher.dueAt, nextAt) - time.nowMs);
    }
  }
}
