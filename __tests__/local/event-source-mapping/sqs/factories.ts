import type { SQSRecord } from "aws-lambda";
import type { Queue } from "../../../../local/event-source-mapping/sqs/queue";
import type { QueueMappingSettings } from "../../../../local/event-source-mapping/sqs/settings";

const QUEUE_ARN = "arn:aws:sqs:eu-central-1:123456789012:access-logs";

/** The n-th message, with this id. */
export function sqsMessage(id: string, body = ""): SQSRecord {
  return {
    messageId: id,
    receiptHandle: `handle-${id}`,
    body,
    attributes: {
      ApproximateReceiveCount: "1",
      SentTimestamp: "1795230000000",
      SenderId: "AIDALOCAL",
      ApproximateFirstReceiveTimestamp: "1795230000001",
    },
    messageAttributes: {},
    md5OfBody: "d41d8cd98f00b204e9800998ecf8427e",
    eventSource: "aws:sqs",
    eventSourceARN: QUEUE_ARN,
    awsRegion: "eu-central-1",
  };
}

export const idsOf = (messages: readonly SQSRecord[]): string[] => messages.map(({ messageId }) => messageId);

export const failures = (...identifiers: unknown[]) => ({
  payload: { batchItemFailures: identifiers.map((itemIdentifier) => ({ itemIdentifier })) },
});

export const queueSettings = (changes: Partial<QueueMappingSettings> = {}): QueueMappingSettings => ({
  uuid: "14e0db71-xmpl-4eb5-b481-8945cf9d10c2",
  functionArn: "arn:aws:lambda:eu-central-1:123456789012:function:access-logs",
  queueArn: QUEUE_ARN,
  enabled: true,
  batchSize: 10,
  maximumBatchingWindowSeconds: 0,
  maximumConcurrency: 5,
  reportBatchItemFailures: true,
  ...changes,
});

/** A queue in memory whose messages are received once: it has no visibility timeout of its own. */
export class MemoryQueue implements Queue {
  readonly waiting: SQSRecord[] = [];
  readonly deleted: string[] = [];
  /** Maximum and wait of each ReceiveMessage. */
  readonly receives: [maximum: number, waitSeconds: number][] = [];
  hiddenSeconds = 30;

  constructor(count: number) {
    this.waiting.push(...Array.from({ length: count }, (_, n) => sqsMessage(String(n))));
  }

  async receive(maximum: number, waitSeconds: number): Promise<SQSRecord[]> {
    this.receives.push([maximum, waitSeconds]);
    if (this.waiting.length === 0) await new Promise((resolve) => setTimeout(resolve, waitSeconds * 1000));
    return this.waiting.splice(0, maximum);
  }

  async delete(messages: readonly SQSRecord[]): Promise<void> {
    this.deleted.push(...idsOf(messages));
  }

  visibilitySeconds = async (): Promise<number> => this.hiddenSeconds;
}
