import type { SQSClient } from "@aws-sdk/client-sqs";
import { LiveSettings } from "../live-settings";
import { pollQueue } from "./poll-queue";
import type { MessageBatchIo } from "./process-messages";
import { openQueue } from "./queue";
import type { QueueMappingSettings } from "./settings";

export interface QueueMappingOptions extends Pick<MessageBatchIo, "invoke" | "onProblem"> {
  readonly sqs: SQSClient;
  readonly settings: QueueMappingSettings;
}

export interface QueueMapping {
  /** Goes on with new settings; the queue stays. */
  update(settings: QueueMappingSettings): void;
  /** Resolves when no invocation is in flight. */
  stop(): Promise<void>;
}

/**
 * Polls a queue and invokes its function with batches of messages.
 *
 * @throws QueueDoesNotExist when there is no such queue
 */
export async function startQueueMapping(options: QueueMappingOptions): Promise<QueueMapping> {
  const { sqs, invoke, onProblem } = options;
  const queue = await openQueue(sqs, options.settings.queueArn);
  const settings = new LiveSettings(options.settings);
  const stopping = new AbortController();
  const polled = pollQueue({ queue, invoke, onProblem }, settings, stopping.signal);
  return {
    update: (next) => settings.set(next),
    stop() {
      stopping.abort();
      return polled;
    },
  };
}
