import type { SQSRecord } from "aws-lambda";
import { Batcher } from "../batcher";
import { Condition } from "../condition";
import { LastingFailure } from "../lasting-failure";
import type { LiveSettings } from "../live-settings";
import { type MessageBatchIo, processMessages } from "./process-messages";
import { QUEUE_BATCH } from "./queue";
import type { QueueMappingSettings } from "./settings";

/** AWS waits up to 20 seconds; a mapping that is stopped here ends sooner. */
const LONG_POLL_SECONDS = 1;

/** Before another attempt to receive. */
const FAILED_POLL_MS = 1_000;

/**
 * Polls a queue and processes its batches until `signal` is aborted; then waits for the invocations in flight. It receives
 * only while a further invocation may begin, so that no message waits here while its visibility timeout runs.
 *
 * Source: Lambda Developer Guide "Using Lambda with Amazon SQS", polling and batching behavior.
 */
export async function pollQueue(
  io: Omit<MessageBatchIo, "sleep">,
  settings: LiveSettings<QueueMappingSettings>,
  signal: AbortSignal,
): Promise<void> {
  const changed = new Condition();
  const failure = new LastingFailure(io.onProblem);
  const newBatcher = () => {
    const { batchSize, maximumBatchingWindowSeconds } = settings.value;
    return new Batcher<SQSRecord>(batchSize, maximumBatchingWindowSeconds * 1000);
  };
  let batcher = newBatcher();
  const unsubscribe = settings.onChange(() => {
    const waiting = batcher.drain();
    batcher = newBatcher();
    // Those of a disabled mapping become visible again.
    if (settings.value.enabled) for (const { record, readAt } of waiting) batcher.add(record, readAt);
    changed.notify();
  });
  signal.addEventListener("abort", changed.notify);

  const batches = new Set<Promise<void>>();
  const begin = (batch: readonly SQSRecord[]) => {
    const sleep = (ms: number) => changed.wait(ms);
    const handled = processMessages(batch, () => settings.value, { ...io, sleep }, signal).then(() => {
      batches.delete(handled);
      changed.notify();
    });
    batches.add(handled);
  };
  const receive = async () => {
    const untilDue = Math.max(0, Math.ceil((batcher.dueAt - performance.now()) / 1000));
    try {
      const maximum = Math.min(QUEUE_BATCH, batcher.room);
      const received = await io.queue.receive(maximum, Math.min(LONG_POLL_SECONDS, untilDue));
      failure.succeeded();
      if (signal.aborted || !settings.value.enabled) return;
      for (const record of received) batcher.add(record, performance.now());
    } catch (error) {
      failure.failed(`${settings.value.queueArn} cannot be read: ${error}`);
      await changed.wait(FAILED_POLL_MS);
    }
  };

  while (!signal.aborted) {
    if (!settings.value.enabled || batches.size >= settings.value.maximumConcurrency) {
      await changed.wait();
      continue;
    }
    const batch = batcher.take(performance.now());
    if (batch) begin(batch);
    else await receive();
  }
  await Promise.all(batches);
  unsubscribe();
  signal.removeEventListener("abort", changed.notify);
}
