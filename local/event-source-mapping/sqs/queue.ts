import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { SQSRecord } from "aws-lambda";
import { messageRecord } from "./event";

/** Of one ReceiveMessage, DeleteMessageBatch and SendMessageBatch. Source: SQS Developer Guide "Amazon SQS message quotas". */
export const QUEUE_BATCH = 10;

/** A queue as its event source mapping uses it. */
export interface Queue {
  /**
   * Receives messages; the queue hides them for its visibility timeout.
   *
   * @param maximum 1 to 10
   * @param waitSeconds for the first one, 0 to 20 @returns none when there is none by then
   */
  receive(maximum: number, waitSeconds: number): Promise<SQSRecord[]>;
  /** @throws Error naming the messages that cannot be deleted: they come again */
  delete(messages: readonly SQSRecord[]): Promise<void>;
  visibilitySeconds(): Promise<number>;
}

/** @throws QueueDoesNotExist when there is no such queue */
export async function openQueue(sqs: SQSClient, queueArn: string): Promise<Queue> {
  const [, , , , owner, name] = queueArn.split(":");
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: name, QueueOwnerAWSAccountId: owner }));
  return {
    async receive(maximum, waitSeconds) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: maximum,
          WaitTimeSeconds: waitSeconds,
          MessageSystemAttributeNames: ["All"],
          MessageAttributeNames: ["All"],
        }),
      );
      return Messages.map((message) => messageRecord(message, queueArn));
    },
    async delete(messages) {
      const undeleted: string[] = [];
      for (let start = 0; start < messages.length; start += QUEUE_BATCH) {
        const some = messages.slice(start, start + QUEUE_BATCH);
        const Entries = some.map(({ receiptHandle }, n) => ({ Id: String(n), ReceiptHandle: receiptHandle }));
        const { Failed = [] } = await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
        undeleted.push(...Failed.map(({ Id, Code }) => `${some[Number(Id)]!.messageId} (${Code})`));
      }
      if (undeleted.length > 0) throw new Error(undeleted.join(", "));
    },
    async visibilitySeconds() {
      const AttributeNames = ["VisibilityTimeout" as const];
      const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
      return Number(Attributes!.VisibilityTimeout);
    },
  };
}
