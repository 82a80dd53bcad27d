import type { KinesisStreamRecord } from "aws-lambda";
import { Condition } from "../condition";
import type { LiveSettings } from "../live-settings";
import { Partitions } from "./partitions";
import { type BatchIo, processBatch } from "./process-batch";
import type { StreamMappingSettings } from "./settings";

/** Source: Lambda Developer Guide "Using Lambda with Kinesis": a shard is polled at a base rate of once per second. */
const POLL_INTERVAL_MS = 1000;

export interface ShardRead {
  readonly records: readonly KinesisStreamRecord[];
  /** Whether the shard has further records now. */
  readonly isBehindLatest: boolean;
  /** Whether the shard is closed and these are its last records. */
  readonly ended: boolean;
}

export interface ShardIo extends Omit<BatchIo, "sleep"> {
  /** The next records of the shard. */
  read(): Promise<ShardRead>;
}

/**
 * Polls a shard and processes its batches until it has ended and all records are processed, or `signal` is aborted; then
 * waits for the invocations in flight. New settings take effect with the next batch or attempt.
 */
export async function pollShard(
  io: ShardIo,
  settings: LiveSettings<StreamMappingSettings>,
  signal: AbortSignal,
): Promise<void> {
  const changed = new Condition();
  const partitions = new Partitions(settings.value);
  let changes = 0;
  const unsubscribe = settings.onChange(() => {
    changes++;
    partitions.configure(settings.value);
    changed.notify();
  });
  signal.addEventListener("abort", changed.notify);
  const sleep = async (ms: number) => {
    const before = changes;
    const over = () => signal.aborted || changes > before;
    for (const end = performance.now() + ms; performance.now() < end && !over(); )
      await changed.wait(end - performance.now());
  };

  let ended = false;
  const read = async () => {
    while (!ended && !signal.aborted) {
      if (!settings.value.enabled) {
        await changed.wait();
        continue;
      }
      const polledAt = performance.now();
      const next = await io.read();
      for (const record of next.records) partitions.add(record, performance.now());
      ended = next.ended;
      changed.notify();
      while (partitions.full && !signal.aborted) await changed.wait();
      if (!next.isBehindLatest && !ended) await sleep(polledAt + POLL_INTERVAL_MS - performance.now());
    }
  };

  const batches = new Set<Promise<void>>();
  const processNext = async (batch: KinesisStreamRecord[]) => {
    await processBatch(batch, () => settings.value, { ...io, sleep }, signal);
    partitions.finish(batch);
    changed.notify();
  };
  const process = async () => {
    while (!signal.aborted && !(ended && partitions.idle)) {
      const batch = settings.value.enabled ? partitions.take(performance.now()) : undefined;
      if (batch) {
        const handled = processNext(batch).then(() => void batches.delete(handled));
        batches.add(handled);
        changed.notify();
      } else {
        await changed.wait(settings.value.enabled ? partitions.dueAt - performance.now() : undefined);
      }
    }
    await Promise.all(batches);
  };
  await Promise.all([read(), process()]);
  unsubscribe();
  signal.removeEventListener("abort", changed.notify);
}
