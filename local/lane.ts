import { join } from "node:path";
import { CreateStreamCommand, DescribeStreamCommand } from "@aws-sdk/client-kinesis";
import { BucketAlreadyOwnedByYou, CreateBucketCommand } from "@aws-sdk/client-s3";
import type { KinesisStreamEvent } from "aws-lambda";
import { pipelineInputs } from "../modules/logging-pipeline/inputs";
import { repositoryRoot } from "../tools/repository";
import { emulatedAccount, functionArn, roleArn } from "./aws/account";
import type { AwsClients } from "./aws/clients";
import { type StreamMapping, startStreamMapping } from "./event-source-mapping/kinesis/mapping";
import { type InvocationResult, type LambdaFunction, startFunction } from "./lambda/function";

const { functionMemoryMib, functionTimeoutSeconds, parallelizationFactor } = pipelineInputs;

export interface LaneOptions {
  /** Name of stream, function and archive bucket. */
  readonly name: string;
  /** Another name for the archive bucket, whose names have no "_". @default `name` */
  readonly archiveBucket?: string;
  readonly shards: number;
  /** Maximum number of records per invocation, 1 to 10,000. */
  readonly batchSize: number;
  /** Concurrent batches of each shard, 1 to 10. @default the module's */
  readonly parallelizationFactor?: number;
  /** Timeout of the function, 1 to 900. @default the module's */
  readonly timeoutSeconds?: number;
  /** The function's variables; the lane adds `ARCHIVE_BUCKET`. */
  readonly environment: Readonly<Record<string, string>>;
  /** Called with each line that the function logs. */
  onLine(line: string): void;
  /** Called with each problem of the event source mapping. */
  onProblem(problem: string): void;
  /** Reserved concurrency of the function: Lambda throttles further invocations. Asked for each. @default no limit */
  concurrency?(): number;
  /** Called when an invocation has been throttled. */
  onThrottle?(): void;
  /** Called after each invocation, before the mapping reads its result. */
  onResult?(event: KinesisStreamEvent, result: InvocationResult): void;
}

/** A stream, the built forwarder, and the event source mapping between them. */
export interface Lane {
  readonly lambda: LambdaFunction;
  /** Starts the event source mapping at the oldest record. Call it once. */
  startReading(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Creates what the module creates for a log group, in the emulator and without Terraform: a stream, a function and, once
 * it is started, an event source mapping that retries records for as long as the stream keeps them.
 *
 * @throws Error when the emulator rejects a request, or the zip has not been built
 */
export async function startLane({ kinesis, s3 }: AwsClients, options: LaneOptions): Promise<Lane> {
  const { name, archiveBucket = name } = options;
  const CreateBucketConfiguration = { LocationConstraint: emulatedAccount.AWS_REGION };
  await s3.send(new CreateBucketCommand({ Bucket: archiveBucket, CreateBucketConfiguration })).catch((error) => {
    // Lanes of one pipeline share it.
    if (!(error instanceof BucketAlreadyOwnedByYou)) throw error;
  });
  await kinesis.send(new CreateStreamCommand({ StreamName: name, ShardCount: options.shards }));
  const { StreamDescription } = await kinesis.send(new DescribeStreamCommand({ StreamName: name }));
  const lambda = await startFunction({
    name,
    zip: join(repositoryRoot, "dist", "functions", "forwarder.zip"),
    environment: { ...options.environment, ARCHIVE_BUCKET: archiveBucket },
    timeoutSeconds: options.timeoutSeconds ?? functionTimeoutSeconds.default,
    memoryMib: functionMemoryMib.default,
    onLine: options.onLine,
  });
  let mapping: StreamMapping | undefined;
  let inFlight = 0;
  return {
    lambda,
    async startReading() {
      mapping = await startStreamMapping({
        ...{ kinesis, s3 },
        settings: {
          ...{ uuid: name, functionArn: functionArn(name), streamArn: StreamDescription!.StreamARN! },
          enabled: true,
          startingPosition: "TRIM_HORIZON",
          batchSize: options.batchSize,
          maximumBatchingWindowSeconds: 0,
          parallelizationFactor: options.parallelizationFactor ?? parallelizationFactor.default,
          maximumRetryAttempts: Number.POSITIVE_INFINITY,
          maximumRecordAgeSeconds: Number.POSITIVE_INFINITY,
          bisectBatchOnFunctionError: true,
          reportBatchItemFailures: true,
        },
        roleArn: roleArn(name),
        async invoke(event) {
          if (inFlight >= (options.concurrency?.() ?? Number.POSITIVE_INFINITY)) {
            options.onThrottle?.();
            throw new Error("TooManyRequestsException");
          }
          inFlight++;
          const result = await lambda.invoke(event).finally(() => inFlight--);
          options.onResult?.(event, result);
          return result;
        },
        onProblem: options.onProblem,
      });
    },
    async stop() {
      const stopped = mapping?.stop();
      // The mapping waits for invocations in flight, which end with the function's processes.
      await lambda.stop();
      await stopped;
    },
  };
}
