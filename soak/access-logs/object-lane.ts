import { join } from "node:path";
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { emulatedAccount, functionArn } from "../../local/aws/account";
import type { AwsClients } from "../../local/aws/clients";
import { startQueueMapping } from "../../local/event-source-mapping/sqs/mapping";
import { type LambdaFunction, startFunction } from "../../local/lambda/function";
import type { Random } from "../../tools/random";
import { repositoryRoot } from "../../tools/repository";
import { CountsByName } from "../counts-by-name";
import { endOf } from "../invocation-end";
import type { DraftObject } from "./draft-object";
import { ObjectLedger } from "./object-ledger";
import { createObjectQueue, type ObjectQueue, type ObjectQueueOptions } from "./object-queue";

export interface ObjectLaneOptions extends ObjectQueueOptions {
  /** Timeout of the function, 1 to 900. */
  readonly timeoutSeconds: number;
  /** Concurrent invocations, 2 to 1,000. */
  readonly maximumConcurrency: number;
  /** Messages of an invocation, 1 to 10. */
  readonly batchSize: number;
  /** The function's variables; the lane adds those that name its buckets and its queue. */
  readonly environment: Readonly<Record<string, string>>;
  /** Called with each line that the function logs, each error it ends with, and each problem of the mapping. */
  onLine?(line: string): void;
}

/** A bucket, a queue, the built function and the mapping between them; and what was put into the bucket. */
export interface ObjectLane {
  readonly lambda: LambdaFunction;
  readonly queue: ObjectQueue;
  readonly ledger: ObjectLedger;
  /** How invocations ended. */
  readonly invocations: CountsByName;
  /** Invocations that have not ended. */
  readonly running: number;
  /** Puts the object, of which S3 notifies the queue. */
  put(draft: DraftObject): Promise<void>;
  delete(key: string): Promise<void>;
  /** Puts a message on the queue that it has delivered not long ago: a notification, or one of the function's own. */
  deliverAgain(random: Random): Promise<void>;
  stop(): Promise<void>;
}

const MEMORY_MIB = 256;

/** Bodies of the last messages that were delivered. */
const REMEMBERED = 200;

/** The bucket of the logs; the one for quarantine has the lane's name. */
export const logsBucket = (name: string): string => `${name}-logs`;

/**
 * Creates what the module creates, in the emulator and without Terraform.
 *
 * @throws Error when the emulator rejects a request, or the zip has not been built
 */
export async function startObjectLane({ s3, sqs }: AwsClients, options: ObjectLaneOptions): Promise<ObjectLane> {
  const { name, onLine = () => {} } = options;
  const bucket = logsBucket(name);
  const CreateBucketConfiguration = { LocationConstraint: emulatedAccount.AWS_REGION };
  for (const Bucket of [name, bucket]) await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
  const queue = await createObjectQueue(sqs, options);
  await s3.send(
    new PutBucketNotificationConfigurationCommand({
      Bucket: bucket,
      NotificationConfiguration: {
        QueueConfigurations: [{ QueueArn: queue.arn, Events: ["s3:ObjectCreated:*"] }],
      },
    }),
  );
  const lambda = await startFunction({
    name,
    zip: join(repositoryRoot, "dist", "functions", "access-logs.zip"),
    environment: {
      ACCESS_LOG_SOURCES: JSON.stringify([{ name: "soak", bucket }]),
      QUEUE_URL: queue.url,
      QUARANTINE_BUCKET: name,
      ...options.environment,
    },
    timeoutSeconds: options.timeoutSeconds,
    memoryMib: MEMORY_MIB,
    onLine,
  });
  const ledger = new ObjectLedger();
  const invocations = new CountsByName();
  const delivered: string[] = [];
  let running = 0;
  const mapping = await startQueueMapping({
    sqs,
    settings: {
      ...{ uuid: name, functionArn: functionArn(name), queueArn: queue.arn, enabled: true },
      ...{ batchSize: options.batchSize, maximumBatchingWindowSeconds: 0, reportBatchItemFailures: true },
      maximumConcurrency: options.maximumConcurrency,
    },
    async invoke(event) {
      delivered.push(...event.Records.map(({ body }) => body));
      delivered.splice(0, delivered.length - REMEMBERED);
      running++;
      const result = await lambda.invoke(event).finally(() => running--);
      invocations.add(endOf(result));
      if (result.functionError) onLine(JSON.stringify(result.payload));
      return result;
    },
    onProblem: onLine,
  });
  return {
    ...{ lambda, queue, ledger, invocations },
    get running() {
      return running;
    },
    async put(draft) {
      const { key, body } = draft;
      const { ETag } = await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
      ledger.put(draft, { bucket, key, etag: ETag!.replaceAll('"', "") });
    },
    async delete(key) {
      await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    },
    async deliverAgain(random) {
      if (delivered.length > 0) await queue.send(random.pick(delivered));
    },
    async stop() {
      const stopped = mapping.stop();
      // The mapping waits for invocations in flight, which end with the function's processes.
      await lambda.stop();
      await stopped;
    },
  };
}
