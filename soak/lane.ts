import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CreateStreamCommand, DescribeStreamCommand, PutRecordsCommand } from "@aws-sdk/client-kinesis";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import type { KinesisStreamEvent } from "aws-lambda";
import { emulatedAccount, functionArn } from "../local/aws/account";
import { startEventSourceMapping } from "../local/event-source-mapping/mapping";
import { processedRecords } from "../local/event-source-mapping/response";
import { type InvocationResult, type LambdaFunction, startFunction } from "../local/lambda/function";
import { repositoryRoot } from "../tools/repository";
import { type Found, find } from "./audit/found";
import { Ledger } from "./ledger";
import type { Services } from "./services";
import { Tally } from "./tally";
import type { Draft } from "./traffic/draft";

export interface LaneOptions {
  /** Names stream, bucket and function, and begins the indices' names. */
  readonly name: string;
  readonly shards: number;
  readonly parallelizationFactor: number;
  readonly batchSize: number;
  /** Of the function, 1 to 900. */
  readonly timeoutSeconds: number;
  /** Called with each line that the function logs, each error it ends with, and what the mapping has to say. */
  onLine?(line: string): void;
}

/** A stream, the built function, and the event source mapping between them. */
export interface Lane {
  readonly ledger: Ledger;
  /** How invocations ended. */
  readonly invocations: Tally;
  readonly lambda: LambdaFunction;
  put(drafts: readonly Draft[]): Promise<void>;
  /** Waits until each record is acknowledged, or none has been for `seconds`. @returns whether they are */
  drained(seconds: number): Promise<boolean>;
  blockIndices(blocked: boolean): Promise<void>;
  find(): Promise<Found>;
  stop(): Promise<void>;
}

const POLL_MS = 200;

export async function startLane(services: Services, options: LaneOptions): Promise<Lane> {
  const { clients, search } = services;
  const { name } = options;
  const LocationConstraint = emulatedAccount.AWS_REGION;
  await clients.s3.send(new CreateBucketCommand({ Bucket: name, CreateBucketConfiguration: { LocationConstraint } }));
  await clients.kinesis.send(new CreateStreamCommand({ StreamName: name, ShardCount: options.shards }));
  const { StreamDescription } = await clients.kinesis.send(new DescribeStreamCommand({ StreamName: name }));
  const lambda = await startFunction({
    name,
    zip: join(repositoryRoot, "dist", "functions", "forwarder.zip"),
    environment: environment(services, name),
    timeoutSeconds: options.timeoutSeconds,
    memoryMib: 512,
    ...(options.onLine && { onLine: options.onLine }),
  });
  const ledger = new Ledger();
  const invocations = new Tally();
  const mapping = await startEventSourceMapping({
    ...clients,
    settings: {
      ...{ uuid: name, functionArn: functionArn(name), streamArn: StreamDescription!.StreamARN! },
      enabled: true,
      startingPosition: "TRIM_HORIZON",
      batchSize: options.batchSize,
      maximumBatchingWindowSeconds: 0,
      parallelizationFactor: options.parallelizationFactor,
      maximumRetryAttempts: Number.POSITIVE_INFINITY,
      maximumRecordAgeSeconds: Number.POSITIVE_INFINITY,
      bisectBatchOnFunctionError: true,
      reportBatchItemFailures: true,
    },
    roleArn: `arn:aws:iam::123456789012:role/${name}`,
    async invoke(event) {
      const result = await lambda.invoke(event);
      invocations.add(endOf(result));
      if (result.functionError) options.onLine?.(JSON.stringify(result.payload));
      acknowledge(ledger, event, result);
      return result;
    },
    onProblem: (problem) => options.onLine?.(problem),
  });

  return {
    ...{ ledger, invocations, lambda },
    async put(drafts) {
      const { Records } = await clients.kinesis.send(
        new PutRecordsCommand({
          StreamName: name,
          Records: drafts.map(({ data, partitionKey }) => ({ Data: data, PartitionKey: partitionKey })),
        }),
      );
      for (const [n, { ShardId, SequenceNumber }] of Records!.entries()) {
        ledger.put(drafts[n]!, { shardId: ShardId!, sequenceNumber: SequenceNumber! });
      }
    },
    async drained(seconds) {
      let last = { acknowledged: -1, at: 0 };
      for (; !ledger.drained; await sleep(POLL_MS)) {
        const { acknowledged } = ledger;
        if (acknowledged > last.acknowledged) last = { acknowledged, at: Date.now() };
        else if (Date.now() - last.at > seconds * 1000) return false;
      }
      return true;
    },
    async blockIndices(blocked) {
      const response = await fetch(`${search.url}/${name}-*/_settings`, {
        method: "PUT",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ index: { blocks: { write: blocked } } }),
      });
      if (!response.ok) throw new Error(`indices cannot be blocked: ${response.status} ${await response.text()}`);
    },
    find: () => find({ endpoint: search.url, indexPattern: `${name}-*` }, { bucket: name, prefix: "" }, clients.s3),
    async stop() {
      const stopped = mapping.stop();
      await lambda.stop();
      await stopped;
    },
  };
}

/** Small limits, so that time-outs, several requests for a batch, and records that are too large really occur. */
function environment({ searchProxy, archiveProxy }: Services, name: string): Record<string, string> {
  return {
    SEARCH_ENDPOINT: searchProxy.url,
    INDEX_PREFIX: `${name}-`,
    ARCHIVE_BUCKET: name,
    AWS_ENDPOINT_URL_S3: archiveProxy.url,
    BULK_MAX_BYTES: String(64 * 1024),
    RECORD_MAX_BYTES: String(1024 * 1024),
    REQUEST_TIMEOUT_SECONDS: "3",
  };
}

function endOf({ functionError, payload }: InvocationResult): string {
  if (functionError) return (payload as { errorType: string }).errorType;
  const { batchItemFailures } = payload as { batchItemFailures: unknown[] };
  return batchItemFailures.length > 0 ? "a part given back" : "success";
}

function acknowledge(ledger: Ledger, { Records }: KinesisStreamEvent, result: InvocationResult): void {
  for (const { eventID, kinesis } of Records.slice(0, processedRecords(result, Records, true) ?? 0)) {
    ledger.acknowledge({ shardId: eventID.split(":", 1)[0]!, sequenceNumber: kinesis.sequenceNumber });
  }
}
