import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { CreateStreamCommand, DescribeStreamCommand, PutRecordCommand } from "@aws-sdk/client-kinesis";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { emulatedAccount, functionArn } from "../../local/aws/account";
import { awsClients } from "../../local/aws/clients";
import { startEmulator } from "../../local/emulator/emulator";
import { type EventSourceMapping, startEventSourceMapping } from "../../local/event-source-mapping/mapping";
import { startFunction } from "../../local/lambda/function";
import { startOpenSearch } from "../../local/opensearch/opensearch";
import { repositoryRoot } from "../../tools/repository";

const NAME = "bench";
const DURATIONS = ["DecodeDuration", "DeliveryDuration", "ArchiveDuration", "Duration"] as const;

/** The pipeline on this machine: the emulator's Kinesis and S3, the mapping, the built function, and OpenSearch. */
export interface PipelineParts {
  /** What the function has reported so far, in milliseconds. */
  readonly durations: Record<(typeof DURATIONS)[number], number>;
  /** Puts one record of log events, all of now, as CloudWatch Logs does. */
  put(logGroup: string, messages: readonly string[]): Promise<void>;
  /** Starts the event source mapping. */
  startReading(): Promise<void>;
  /** How many events of a log group can be found. */
  count(logGroup: string): Promise<number>;
  /** The largest number that can be found in a field; -1 before there is any. */
  lastFound(logGroup: string, field: string): Promise<number>;
  stop(): Promise<void>;
}

/** @throws ProcessError when a part cannot be started */
export async function startPipeline(): Promise<PipelineParts> {
  const [emulator, search] = await Promise.all([startEmulator(), startOpenSearch()]);
  const { kinesis, s3 } = awsClients(emulator.url);
  const LocationConstraint = emulatedAccount.AWS_REGION;
  await s3.send(new CreateBucketCommand({ Bucket: NAME, CreateBucketConfiguration: { LocationConstraint } }));
  await kinesis.send(new CreateStreamCommand({ StreamName: NAME, ShardCount: 1 }));
  const { StreamDescription } = await kinesis.send(new DescribeStreamCommand({ StreamName: NAME }));
  const durations = { DecodeDuration: 0, DeliveryDuration: 0, ArchiveDuration: 0, Duration: 0 };
  const lambda = await startFunction({
    zip: join(repositoryRoot, "dist", "functions", "forwarder.zip"),
    environment: { SEARCH_ENDPOINT: search.url, ARCHIVE_BUCKET: NAME, AWS_ENDPOINT_URL_S3: emulator.url },
    timeoutSeconds: 120,
    memoryMib: 512,
    onLine(line) {
      const report = line.startsWith("{") ? JSON.parse(line) : {};
      for (const name of DURATIONS) durations[name] += report[name] ?? 0;
    },
  });
  let mapping: EventSourceMapping | undefined;
  let events = 0;

  async function ask(logGroup: string, path: string, body: object): Promise<Record<string, unknown>> {
    const response = await fetch(`${search.url}/cwl-${logGroup}-*/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return (await response.json()) as Record<string, unknown>;
  }

  return {
    durations,
    async put(logGroup, messages) {
      const logEvents = messages.map((message) => ({
        id: String(events++).padStart(56, "0"),
        timestamp: Date.now(),
        message,
      }));
      const where = { owner: emulatedAccount.AWS_ACCESS_KEY_ID, logGroup, logStream: "stream" };
      const envelope = { messageType: "DATA_MESSAGE", ...where, subscriptionFilters: [NAME], logEvents };
      const Data = gzipSync(JSON.stringify(envelope));
      await kinesis.send(new PutRecordCommand({ StreamName: NAME, PartitionKey: "p", Data }));
    },
    async startReading() {
      mapping = await startEventSourceMapping({
        ...{ kinesis, s3 },
        settings: {
          ...{ uuid: NAME, functionArn: functionArn(NAME), streamArn: StreamDescription!.StreamARN! },
          ...{ enabled: true, startingPosition: "TRIM_HORIZON" },
          ...{ batchSize: 100, maximumBatchingWindowSeconds: 0, parallelizationFactor: 1 },
          ...{ maximumRetryAttempts: 3, maximumRecordAgeSeconds: Number.POSITIVE_INFINITY },
          ...{ bisectBatchOnFunctionError: true, reportBatchItemFailures: true },
        },
        roleArn: `arn:aws:iam::123456789012:role/${NAME}`,
        invoke: (event) => lambda.invoke(event),
        onProblem: (problem) => console.error(problem),
      });
    },
    count: async (logGroup) => Number((await ask(logGroup, "_count?allow_no_indices=true", {})).count ?? 0),
    async lastFound(logGroup, field) {
      const query = { size: 0, aggs: { last: { max: { field } } } };
      const { aggregations } = (await ask(logGroup, "_search?allow_no_indices=true", query)) as {
        aggregations?: { last: { value: number | null } };
      };
      return aggregations?.last.value ?? -1;
    },
    async stop() {
      const stopped = mapping?.stop();
      await lambda.stop();
      await stopped;
      await Promise.all([search.stop(), emulator.stop()]);
    },
  };
}
