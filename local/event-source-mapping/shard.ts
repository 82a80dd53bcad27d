import { createHash } from "node:crypto";
import type { KinesisStreamRecord } from "aws-lambda";
import { Batcher } from "./batcher";
import { Condition } from "./condition";
import { type BatchIo, processBatch } from "./process-batch";
import type { MappingSettings } from "./settings";

/** Source: Lambda Developer Guide "Using Lambda with Kinesis": a shard is polled at a base rate of once per second. */
const POLL_INTERVAL_MS = 1000;

export interface ShardIo extends Omit<BatchIo, "sleep"> {
  /** The next records of the shard; `behind` when there are more. */
  read(): Promise<{ records: KinesisStreamRecord[]; behind: boolean }>;
}

/** Reads a shard and processes its batches until `signal` is aborted; then waits for the invocations under way. */
export async function pollShard(io: ShardIo, settings: MappingSettings, signal: AbortSignal): Promise<void> {
  const changed = new Condition();
  signal.addEventListener("abort", changed.notify, { once: true });
  const sleep = async (ms: number) => {
    for (const end = Date.now() + ms; Date.now() < end && !signal.aborted; ) await changed.wait(end - Date.now());
  };
  const batchers = Array.from(
    { length: settings.parallelizationFactor },
    () => new Batcher(settings.batchSize, settings.batchingWindowSeconds * 1000),
  );

  const read = async () => {
    while (!signal.aborted) {
      const { records, behind } = await io.read();
      for (const record of records) {
        batchers[laneOf(record.kinesis.partitionKey, batchers.length)]!.add(record, Date.now());
      }
      changed.notify();
      while (batchers.some((batcher) => batcher.full) && !signal.aborted) await changed.wait();
      if (!behind) await sleep(POLL_INTERVAL_MS);
    }
  };
  const process = async (batcher: Batcher) => {
    while (!signal.aborted) {
      const batch = batcher.take(Date.now());
      if (batch) {
        changed.notify();
        await processBatch(batch, settings, { ...io, sleep }, signal);
      } else {
        await changed.wait(batcher.dueAt - Date.now());
      }
    }
  };
  await Promise.all([read(), ...batchers.map(process)]);
}

/** Records with the same partition key stay in order: they go to the same one of the shard's concurrent batches. */
export function laneOf(partitionKey: string, parallelizationFactor: number): number {
  return createHash("md5").update(partitionKey).digest().readUInt32BE() % parallelizationFactor;
}
