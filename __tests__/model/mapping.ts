import type { KinesisStreamRecord } from "aws-lambda";
import { Batcher } from "../../local/event-source-mapping/batcher";
import { partitionOf } from "../../local/event-source-mapping/partitions";
import { type BatchIo, processBatch } from "../../local/event-source-mapping/process-batch";
import type { MappingSettings } from "../../local/event-source-mapping/settings";
import type { Put } from "./records";
import type { VirtualTime } from "./virtual-time";

/** One of a shard's concurrent batches: its records, in their order, and how many of them are acknowledged. */
export interface Lane {
  readonly puts: Put[];
  acknowledged: number;
}

/** What reads a lane and has its batches invoked. */
export interface Poller {
  readonly lane: Lane;
  /** Ends it; another one goes on behind what is acknowledged, with batches of this size. */
  lose(batchSize: number): void;
}

export interface MappingIo extends Pick<BatchIo, "discard"> {
  invoke(records: KinesisStreamRecord[], poller: Poller): ReturnType<BatchIo["invoke"]>;
}

/** The lanes of both shards. */
export function lanesOf(puts: Put[], parallelizationFactor: number): Lane[] {
  const lanes = new Map<string, Lane>();
  for (const put of puts) {
    const name = `${put.record.eventID.split(":", 1)}/${partitionOf(put.record.kinesis.partitionKey, parallelizationFactor)}`;
    if (!lanes.has(name)) lanes.set(name, { puts: [], acknowledged: 0 });
    lanes.get(name)!.puts.push(put);
  }
  return [...lanes.values()];
}

/** Invokes with the lane's records until all of them are acknowledged. */
export async function processLane(lane: Lane, settings: MappingSettings, io: MappingIo, time: VirtualTime) {
  let { batchSize } = settings;
  while (lane.acknowledged < lane.puts.length) {
    const lost = new AbortController();
    const lose = (nextBatchSize: number) => {
      batchSize = nextBatchSize;
      lost.abort();
    };
    await poll(lane, { ...settings, batchSize }, { ...io, poller: { lane, lose } }, time, lost.signal);
  }
}

async function poll(
  lane: Lane,
  settings: MappingSettings,
  { invoke, discard, poller }: MappingIo & { poller: Poller },
  time: VirtualTime,
  lost: AbortSignal,
): Promise<void> {
  const batcher = new Batcher(settings.batchSize, settings.maximumBatchingWindowSeconds * 1000);
  let read = lane.acknowledged;
  while (lane.acknowledged < lane.puts.length && !lost.aborted) {
    for (; lane.puts[read] && lane.puts[read]!.atMs <= time.nowMs; read++) {
      batcher.add(lane.puts[read]!.record, time.nowMs);
    }
    const batch = batcher.take(time.nowMs);
    if (batch) {
      const io = { invoke: ({ Records }: { Records: KinesisStreamRecord[] }) => invoke(Records, poller), discard };
      await processBatch(batch, () => settings, { ...io, sleep: time.sleep }, lost);
    } else {
      const nextAt = lane.puts[read]?.atMs ?? Number.POSITIVE_INFINITY;
      await time.sleep(Math.min(batcher.dueAt, nextAt) - time.nowMs);
    }
  }
}
