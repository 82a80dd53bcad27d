import { join } from "node:path";
import { CreateBucketCommand, PutBucketNotificationConfigurationCommand } from "@aws-sdk/client-s3";
import { CreateQueueCommand, type QueueAttributeName } from "@aws-sdk/client-sqs";
import type { SQSEvent } from "aws-lambda";
import { repositoryRoot } from "../../tools/repository";
import { ACCOUNT_ID, emulatedAccount, functionArn } from "../aws/account";
import type { AwsClients } from "../aws/clients";
import type { ArchiveLocation } from "../delivery/archive";
import { type QueueMapping, startQueueMapping } from "../event-source-mapping/sqs/mapping";
import { type InvocationResult, type LambdaFunction, startFunction } from "../lambda/function";

export interface AccessLogLaneOptions {
  /** Name of bucket, queue and function; beside them are `<name>-quarantine` and `<name>-dead`. */
  readonly name: string;
  /** The function's variables; the lane adds those of the source, the queue and the quarantine. */
  readonly environment: Readonly<Record<string, string>>;
  /** Timeout of the function, 1 to 900. */
  readonly timeoutSeconds: number;
  /** 128 to 10,240. @default 256 */
  readonly memoryMib?: number;
  /** Of the queue. At least the timeout of the function. */
  readonly visibilitySeconds: number;
  /** How often a message is received before it goes to the dead-letter queue. */
  readonly maxReceiveCount: number;
  /** Maximum number of messages of an invocation, 1 to 10. @default 10 */
  readonly batchSize?: number;
  /** 2 to 1,000. @default 5 */
  readonly maximumConcurrency?: number;
  /** Called with each line that the function logs. */
  onLine(line: string): void;
  /** Called with each problem of the event source mapping. */
  onProblem(problem: string): void;
  /** Called after each invocation, before the mapping reads its result. */
  onResult?(event: SQSEvent, result: InvocationResult): void;
}

/** A bucket that notifies a queue, the built function, and the event source mapping between them. */
export interface AccessLogLane {
  readonly lambda: LambdaFunction;
  readonly bucket: string;
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
  readonly deadLetterQueueArn: string;
  readonly quarantine: ArchiveLocation;
  stop(): Promise<void>;
}

/**
 * Creates what the module creates for access logs, in the emulator and without Terraform.
 *
 * @throws Error when the emulator rejects a request, or the zip has not been built
 */
export async function startAccessLogLane(
  { s3, sqs }: Pick<AwsClients, "s3" | "sqs">,
  options: AccessLogLaneOptions,
): Promise<AccessLogLane> {
  const { name, onLine, onProblem } = options;
  const quarantine = { bucket: `${name}-quarantine`, prefix: "" };
  const CreateBucketConfiguration = { LocationConstraint: emulatedAccount.AWS_REGION };
  for (const Bucket of [name, quarantine.bucket]) {
    await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
  }
  const createQueue = async (QueueName: string, Attributes: Partial<Record<QueueAttributeName, string>> = {}) => {
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
    return { url: QueueUrl!, arn: `arn:aws:sqs:${emulatedAccount.AWS_REGION}:${ACCOUNT_ID}:${QueueName}` };
  };
  const dead = await createQueue(`${name}-dead`);
  const redrive = { deadLetterTargetArn: dead.arn, maxReceiveCount: options.maxReceiveCount };
  const queue = await createQueue(name, {
    VisibilityTimeout: String(options.visibilitySeconds),
    RedrivePolicy: JSON.stringify(redrive),
  });
  const QueueConfigurations = [{ QueueArn: queue.arn, Events: ["s3:ObjectCreated:*" as const] }];
  await s3.send(
    new PutBucketNotificationConfigurationCommand({
      Bucket: name,
      NotificationConfiguration: { QueueConfigurations },
    }),
  );
  const lambda = await startFunction({
    name,
    zip: join(repositoryRoot, "dist", "functions", "access-logs.zip"),
    environment: {
      ...options.environment,
      ACCESS_LOG_SOURCES: JSON.stringify([{ name: "logs", bucket: name }]),
      QUEUE_URL: queue.url,
      QUARANTINE_BUCKET: quarantine.bucket,
    },
    timeoutSeconds: options.timeoutSeconds,
    memoryMib: options.memoryMib ?? 256,
    onLine,
  });
  const mapping: QueueMapping = await startQueueMapping({
    sqs,
    settings: {
      ...{ uuid: name, functionArn: functionArn(name), queueArn: queue.arn, enabled: true },
      batchSize: options.batchSize ?? 10,
      maximumBatchingWindowSeconds: 0,
      maximumConcurrency: options.maximumConcurrency ?? 5,
      reportBatchItemFailures: true,
    },
    async invoke(event) {
      const result = await lambda.invoke(event);
      options.onResult?.(event, result);
      return result;
    },
    onProblem,
  });
  return {
    ...{ lambda, bucket: name, queueUrl: queue.url, quarantine },
    ...{ deadLetterQueueUrl: dead.url, deadLetterQueueArn: dead.arn },
    async stop() {
      const stopped = mapping.stop();
      // The mapping waits for invocations in flight, which end with the function's processes.
      await lambda.stop();
      await stopped;
    },
  };
}
