import { setTimeout as sleep } from "node:timers/promises";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";

export interface ObjectQueueOptions {
  readonly name: string;
  /** 1 to 43,200; not less than the function's timeout. */
  readonly visibilitySeconds: number;
  /** After so many deliveries a message goes to the dead-letter queue. 1 to 1,000. */
  readonly maxReceiveCount: number;
}

/** The queue between bucket and function, and its dead-letter queue. */
export interface ObjectQueue {
  readonly url: string;
  readonly arn: string;
  send(body: string): Promise<void>;
  /** Messages that wait, hidden ones included. */
  waiting(): Promise<number>;
  deadLetters(): Promise<number>;
  /** Puts every dead letter back on the queue. @returns how many */
  redrive(): Promise<number>;
}

const HIDDEN_SECONDS = "30";

/** Creates both as the module does. */
export async function createObjectQueue(sqs: SQSClient, options: ObjectQueueOptions): Promise<ObjectQueue> {
  const { name, visibilitySeconds, maxReceiveCount } = options;
  const create = async (QueueName: string, Attributes: Record<string, string>) => {
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
    const AttributeNames = ["QueueArn" as const];
    const { Attributes: made } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
    return { url: QueueUrl!, arn: made!.QueueArn! };
  };
  const dead = await create(`${name}-dead`, { VisibilityTimeout: HIDDEN_SECONDS });
  const queue = await create(name, {
    VisibilityTimeout: String(visibilitySeconds),
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount }),
  });
  const waitingIn = async (QueueUrl: string) => {
    const AttributeNames = ["All" as const];
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
    return Number(Attributes!.ApproximateNumberOfMessages) + Number(Attributes!.ApproximateNumberOfMessagesNotVisible);
  };
  const send = async (MessageBody: string) => {
    await sqs.send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody }));
  };
  return {
    ...queue,
    send,
    waiting: () => waitingIn(queue.url),
    deadLetters: () => waitingIn(dead.url),
    // The emulator has no StartMessageMoveTask, which does the same.
    async redrive() {
      for (let moved = 0; ; moved++) {
        const QueueUrl = dead.url;
        const { Messages: [message] = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
        if (!message) return moved;
        await send(message.Body!);
        await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle! }));
      }
    },
  };
}

const POLL_MS = 250;

/** Waits until no message waits, or their number has not changed for `seconds`. @returns whether none does */
export async function drained(queue: Pick<ObjectQueue, "waiting">, seconds: number): Promise<boolean> {
  let last = { waiting: -1, at: 0 };
  for (; ; await sleep(POLL_MS)) {
    const waiting = await queue.waiting();
    if (waiting === 0) return true;
    if (waiting !== last.waiting) last = { waiting, at: performance.now() };
    else if (performance.now() - last.at > seconds * 1000) return false;
  }
}
