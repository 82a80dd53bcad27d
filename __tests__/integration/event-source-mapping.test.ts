import { CreateStreamCommand, DescribeStreamCommand, PutRecordsCommand } from "@aws-sdk/client-kinesis";
import { CreateBucketCommand, GetObjectCommand } from "@aws-sdk/client-s3";
import type { KinesisStreamEvent } from "aws-lambda";
import { type AwsClients, awsClients } from "../../local/aws/clients";
import { listObjects } from "../../local/delivery/archive";
import { type Emulator, startEmulator } from "../../local/emulator/emulator";
import { startStreamMapping } from "../../local/event-source-mapping/kinesis/mapping";
import type { InvocationResult } from "../../local/lambda/function";
import { settings } from "../local/event-source-mapping/kinesis/factories";

const BUCKET = "the-archive";

let emulator: Emulator;
let clients: AwsClients;

beforeAll(async () => {
  emulator = await startEmulator();
  clients = awsClients(emulator.url);
  const CreateBucketConfiguration = { LocationConstraint: "eu-central-1" } as const;
  await clients.s3.send(new CreateBucketCommand({ Bucket: BUCKET, CreateBucketConfiguration }));
}, 300_000);

afterAll(() => emulator.stop());

/** A stream of two shards that holds records with these texts. */
async function streamOf(StreamName: string, texts: readonly string[]): Promise<string> {
  const { kinesis } = clients;
  await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 2 }));
  await kinesis.send(
    new PutRecordsCommand({
      StreamName,
      Records: texts.map((text) => ({ Data: Buffer.from(text), PartitionKey: `key-${text.length % 5}` })),
    }),
  );
  return (await kinesis.send(new DescribeStreamCommand({ StreamName }))).StreamDescription!.StreamARN!;
}

const textsOf = ({ Records }: KinesisStreamEvent) =>
  Records.map(({ kinesis }) => Buffer.from(kinesis.data, "base64").toString());

/** Runs a mapping until `finished` says so; resolves to the problems that it reported. */
async function runMapping(
  streamArn: string,
  changes: Parameters<typeof settings>[0],
  invoke: (event: KinesisStreamEvent) => InvocationResult,
  finished: () => boolean,
): Promise<string[]> {
  const problems: string[] = [];
  await new Promise<void>((resolve, reject) => {
    const started = startStreamMapping({
      ...clients,
      settings: settings({ streamArn, ...changes }),
      roleArn: "arn:aws:iam::123456789012:role/forwarder",
      async invoke(event) {
        const result = invoke(event);
        if (finished()) started.then((mapping) => mapping.stop()).then(resolve, reject);
        return result;
      },
      onProblem: (problem) => problems.push(problem),
    });
    started.catch(reject);
  });
  return problems;
}

describe("startStreamMapping", () => {
  it("invokes the function with every record of every shard, from the beginning, as Lambda's event", async () => {
    const texts = Array.from({ length: 100 }, (_, n) => "ü".repeat(n + 1));
    const begun = Date.now() / 1000;
    const streamArn = await streamOf("all", texts);
    const events: KinesisStreamEvent[] = [];
    const seen = () => events.flatMap(textsOf);

    const invoke = (event: KinesisStreamEvent) => {
      events.push(event);
      return { payload: { batchItemFailures: [] } };
    };
    const problems = await runMapping(streamArn, { batchSize: 7 }, invoke, () => seen().length === 100);

    expect(problems).toEqual([]);
    expect(seen().toSorted()).toEqual(texts.toSorted());
    const shards = events.map(({ Records }) => new Set(Records.map(({ eventID }) => eventID.split(":")[0])));
    expect(shards.every(({ size }) => size === 1)).toBe(true);
    expect(new Set(shards.flatMap((one) => [...one])).size).toBe(2);
    expect(events[0]!.Records[0]).toEqual({
      kinesis: {
        kinesisSchemaVersion: "1.0",
        partitionKey: expect.stringMatching(/^key-\d$/),
        sequenceNumber: "1",
        data: expect.any(String),
        approximateArrivalTimestamp: expect.any(Number),
      },
      eventSource: "aws:kinesis",
      eventVersion: "1.0",
      eventID: expect.stringMatching(/^shardId-\d{12}:1$/),
      eventName: "aws:kinesis:record",
      invokeIdentityArn: "arn:aws:iam::123456789012:role/forwarder",
      awsRegion: "eu-central-1",
      eventSourceARN: streamArn,
    });
    const { approximateArrivalTimestamp: arrival } = events[0]!.Records[0]!.kinesis;
    expect([arrival >= begun, arrival <= Date.now() / 1000]).toEqual([true, true]);
  });

  it("sends discarded records to the on-failure destination, and continues after them", async () => {
    const streamArn = await streamOf("poison", ["good", "poison", "better"]);
    const delivered: string[] = [];

    const problems = await runMapping(
      streamArn,
      {
        onFailureBucket: BUCKET,
        bisectBatchOnFunctionError: true,
        maximumRetryAttempts: 1,
        maximumBatchingWindowSeconds: 0.5,
      },
      (event) => {
        if (textsOf(event).includes("poison")) return { functionError: "Unhandled", payload: {} };
        delivered.push(...textsOf(event));
        return { payload: null };
      },
      () => delivered.length === 2,
    );

    expect(delivered.toSorted()).toEqual(["better", "good"]);
    const [[key]] = (await listObjects(clients.s3, BUCKET, "aws/lambda/")) as unknown as [[string]];
    expect(problems).toEqual([`1 records discarded (RetryAttemptsExhausted): s3://${BUCKET}/${key}`]);
    const { Body } = await clients.s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: key }));
    const { KinesisBatchInfo, payload } = JSON.parse(await Body!.transformToString());
    expect(KinesisBatchInfo).toMatchObject({ batchSize: 1, streamArn });
    expect(textsOf(JSON.parse(payload))).toEqual(["poison"]);
  });
});
