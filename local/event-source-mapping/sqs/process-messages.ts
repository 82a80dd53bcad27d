import type { SQSEvent, SQSRecord } from "aws-lambda";
import type { InvocationResult } from "../../lambda/instance";
import { retryDelayMs } from "../retry-delay";
import type { Queue } from "./queue";
import { processedMessages } from "./response";
import type { QueueMappingSettings } from "./settings";

export interface MessageBatchIo {
  readonly queue: Queue;
  /** Rejects when the function could not be invoked, such as by throttling. */
  invoke(event: SQSEvent): Promise<InvocationResult>;
  /** Called with messages that cannot be deleted, as a line. */
  onProblem(problem: string): void;
  sleep(ms: number): Promise<unknown>;
}

/**
 * Invokes the function with the batch once, and deletes the messages that it processed. All others come again when the
 * queue's visibility timeout ends; the queue's redrive policy counts how often.
 *
 * A function that could not be invoked is tried again until then.
 *
 * @param settings evaluated when the function has answered
 */
export async function processMessages(
  batch: readonly SQSRecord[],
  settings: () => Pick<QueueMappingSettings, "reportBatchItemFailures">,
  io: MessageBatchIo,
  signal: AbortSignal,
): Promise<void> {
  const result = await invokeWhileHidden(batch, io, signal);
  if (!result) return;
  const processed = processedMessages(result, batch, settings().reportBatchItemFailures);
  try {
    await io.queue.delete(processed);
  } catch (error) {
    io.onProblem(`processed messages cannot be deleted, and come again: ${(error as Error).message}`);
  }
}

/** @returns undefined when the messages' visibility timeout has ended, or `signal` is aborted */
async function invokeWhileHidden(
  batch: readonly SQSRecord[],
  io: MessageBatchIo,
  signal: AbortSignal,
): Promise<InvocationResult | undefined> {
  const begin = performance.now();
  let hiddenMs: number | undefined;
  for (let failures = 1; !signal.aborted; failures++) {
    const result = await io.invoke({ Records: [...batch] }).catch(() => undefined);
    if (result) return result;
    hiddenMs ??= await io.queue.visibilitySeconds().then(
      (seconds) => seconds * 1000,
      () => 0,
    );
    const delay = retryDelayMs(failures);
    if (performance.now() + delay - begin >= hiddenMs) return undefined;
    await io.sleep(delay);
  }
  return undefined;
}
