import { setTimeout as sleep } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import { GetMetricDataCommand, ListMetricsCommand } from "@aws-sdk/client-cloudwatch";
import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteAccountPolicyCommand,
  DeleteLogGroupCommand,
  PolicyType,
  PutAccountPolicyCommand,
  PutLogEventsCommand,
  PutSubscriptionFilterCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateStreamCommand,
  DeleteStreamCommand,
  DescribeStreamCommand,
  UpdateShardCountCommand,
} from "@aws-sdk/client-kinesis";
import {
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  DeleteEventSourceMappingCommand,
  DeleteFunctionCommand,
  ListEventSourceMappingsCommand,
  Runtime,
  UpdateEventSourceMappingCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { CreateQueueCommand, GetQueueAttributesCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { strToU8, zipSync } from "fflate";
import { type AwsClients, awsClients } from "../../local/aws/clients";
import { type Emulator, startEmulator } from "../../local/emulator/emulator";
import { type AppliedMappings, startAppliedMappings } from "../../local/reconciler/applied-mappings";
import { endEverything } from "../../tools/processes/reaper";
import { createRole } from "../support/emulated-role";
import { type HttpServer, startServer } from "../support/http-server";
import { eventsOf } from "../support/log-events";
import { until } from "../support/until";

interface Delivered {
  readonly version: string;
  readonly prefix: string;
  readonly messages: readonly string[];
}

/** Sends what it is handed to the test, and reports how many records that were. */
const code = (version: string) => {
  const source = `
    exports.handler = async ({ Records }) => {
      const records = Records.map(({ kinesis }) => kinesis.data);
      const body = JSON.stringify({ version: "${version}", prefix: process.env.INDEX_PREFIX, records });
      await fetch(process.env.TEST_URL, { method: "POST", body });
      const directive = { Namespace: "follow", Dimensions: [[]], Metrics: [{ Name: "Records", Unit: "Count" }] };
      console.log(JSON.stringify({ _aws: { Timestamp: Date.now(), CloudWatchMetrics: [directive] }, Records: Records.length }));
    };`;
  return Buffer.from(zipSync({ "index.js": strToU8(source) }));
};

let emulator: Emulator;
let clients: AwsClients;
let receiver: HttpServer;
let applied: AppliedMappings;
const lines: string[] = [];
const delivered: Delivered[] = [];

beforeAll(async () => {
  receiver = await startServer(({ body }, response) => {
    const { records, ...rest } = JSON.parse(body.toString()) as Omit<Delivered, "messages"> & { records?: string[] };
    if (!records) {
      delivered.push(rest as Delivered);
      return response.end();
    }
    const envelopes = records.map((data) => JSON.parse(gunzipSync(Buffer.from(data, "base64")).toString()));
    const messages = envelopes
      .filter(({ messageType }) => messageType === "DATA_MESSAGE")
      .flatMap(({ logEvents }) => logEvents.map(({ message }: { message: string }) => message));
    delivered.push({ ...rest, messages });
    return response.end();
  });
  emulator = await startEmulator();
  clients = awsClients(emulator.url);
  await createRole(emulator.url, "any");
  await create("foo");
  applied = await startAppliedMappings({
    clients,
    firehose: { emulatorUrl: emulator.url, searchEndpoint: receiver.origin },
    environment: () => ({ TEST_URL: receiver.origin }),
    // As Lambda does.
    logTo: (name) => (line) => void put(`/aws/lambda/${name}`, line).catch(() => {}),
    onChange: (line) => lines.push(line),
  });
}, 300_000);

afterAll(async () => {
  await applied?.stop();
  await receiver.stop();
  await endEverything();
});

/** What Terraform makes of an entry of `log_groups`. */
async function create(name: string): Promise<void> {
  const destinationArn = await createLane(name);
  await createLogGroup(name);
  const subscription = { filterName: "all", filterPattern: "", destinationArn };
  await clients.logs.send(new PutSubscriptionFilterCommand({ logGroupName: name, ...subscription }));
}

async function createLogGroup(logGroupName: string): Promise<void> {
  const { logs } = clients;
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
  await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: "stream" }));
}

/** @returns the ARN of its stream */
async function createLane(name: string, MaximumBatchingWindowInSeconds = 1): Promise<string> {
  const { kinesis, lambda } = clients;
  await kinesis.send(new CreateStreamCommand({ StreamName: name, ShardCount: 1 }));
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Role: "arn:aws:iam::123456789012:role/any",
      Runtime: Runtime.nodejs22x,
      Handler: "index.handler",
      Code: { ZipFile: code("first") },
      Environment: { Variables: { INDEX_PREFIX: "cwl-", PASSWORD: "secret" } },
      KMSKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/k",
      Timeout: 20,
      MemorySize: 512,
    }),
  );
  const EventSourceArn = await streamArn(name);
  await lambda.send(
    new CreateEventSourceMappingCommand({
      EventSourceArn,
      FunctionName: name,
      StartingPosition: "TRIM_HORIZON",
      MaximumBatchingWindowInSeconds,
    }),
  );
  return EventSourceArn;
}

async function streamArn(StreamName: string): Promise<string> {
  const { StreamDescription } = await clients.kinesis.send(new DescribeStreamCommand({ StreamName }));
  return StreamDescription!.StreamARN!;
}

async function put(name: string, message: string, logStreamName = "stream"): Promise<void> {
  const logEvents = [{ timestamp: Date.now(), message }];
  await clients.logs.send(new PutLogEventsCommand({ logGroupName: name, logStreamName, logEvents }));
}

const deliveryOf = (message: string) => delivered.find(({ messages }) => messages.includes(message));

/** Puts the message, and resolves to the delivery that had it. */
async function deliver(name: string, message: string): Promise<Delivered | undefined> {
  await put(name, message);
  await until(() => deliveryOf(message) !== undefined);
  return deliveryOf(message);
}

/** Resolves to the lines that were reported since. */
async function reported(change: () => Promise<unknown>, count = 1): Promise<string[]> {
  const before = lines.length;
  await change();
  await until(() => lines.length >= before + count);
  return lines.slice(before);
}

async function uuidOf(name: string): Promise<string> {
  const { EventSourceMappings } = await clients.lambda.send(new ListEventSourceMappingsCommand({}));
  return EventSourceMappings!.find(({ FunctionArn }) => FunctionArn!.endsWith(`:${name}`))!.UUID!;
}

const configure = (changes: object, name = "foo") =>
  clients.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: name, ...changes }));

describe("the running pipeline", () => {
  it("reports no change applied before it started", async () => {
    expect(await deliver("foo", "at first")).toMatchObject({ version: "first", prefix: "cwl-" });
    expect(lines).toEqual([]);
  });

  it("delivers an added log group, and reports it", async () => {
    expect(await reported(() => create("checkout"))).toEqual(["checkout: now delivered (function checkout)"]);
    expect(await deliver("checkout", "bought")).toMatchObject({ version: "first" });
  });

  it("applies a function's new configuration, and shows no value of an unknown variable", async () => {
    const Environment = { Variables: { INDEX_PREFIX: "x-", PASSWORD: "other" } };
    expect(await reported(() => configure({ Environment, MemorySize: 256, Timeout: 10 }))).toEqual([
      'foo: function memory 512 MiB → 256 MiB, function timeout 20 s → 10 s, INDEX_PREFIX "cwl-" → "x-", PASSWORD changed',
    ]);
    expect(await deliver("foo", "configured")).toMatchObject({ prefix: "x-" });
  });

  it("applies a function's new code", async () => {
    const update = new UpdateFunctionCodeCommand({ FunctionName: "foo", ZipFile: code("second") });
    expect(await reported(() => clients.lambda.send(update))).toEqual(["foo: function code changed"]);
    expect(await deliver("foo", "coded")).toMatchObject({ version: "second", prefix: "x-" });
  });

  it("reports what cannot run, runs the others, and runs it once it is fixed", async () => {
    expect(await reported(() => configure({ Handler: "index.other" }), 2)).toEqual([
      "foo: function handler index.handler → index.other",
      expect.stringMatching(
        /^foo: .*index\.other is undefined or not exported.*<file>\.<export> such as index\.handler/,
      ),
    ]);
    await put("foo", "waiting");
    expect(await deliver("checkout", "meanwhile")).toBeDefined();
    expect(deliveryOf("waiting")).toBeUndefined();

    const update = new UpdateFunctionCodeCommand({ FunctionName: "checkout", ZipFile: Buffer.from("no zip") });
    expect(await reported(() => clients.lambda.send(update))).toEqual([
      expect.stringMatching(
        /^checkout: .* It runs unchanged until another terraform apply fixes it; others are not affected\.$/,
      ),
    ]);

    await configure({ Handler: "index.handler" });
    await until(() => deliveryOf("waiting") !== undefined);
    expect(deliveryOf("waiting")).toBeDefined();
    expect(await deliver("checkout", "still")).toBeDefined();
  });

  it("applies a mapping's new settings at its position", async () => {
    const UUID = await uuidOf("foo");
    const update = (changes: object) => () =>
      clients.lambda.send(new UpdateEventSourceMappingCommand({ UUID, ...changes }));
    expect(
      await reported(update({ MaximumBatchingWindowInSeconds: 0, ParallelizationFactor: 3, BatchSize: 10 })),
    ).toEqual(["foo: batch size 100 → 10, batching window 1 s → 0 s, parallelization factor 1 → 3"]);
    expect(await reported(update({ Enabled: false }))).toEqual([
      "foo: no longer delivered: its event source mapping is disabled, so its records wait in the stream",
    ]);
    await put("foo", "kept");
    await sleep(2_500);
    expect(deliveryOf("kept")).toBeUndefined();
    expect(await reported(update({ Enabled: true }))).toEqual(["foo: now delivered (function foo)"]);
    await until(() => deliveryOf("kept") !== undefined);
    expect(await deliver("foo", "set")).toBeDefined();
  });

  it("reads each record once while the stream gets more and fewer shards", async () => {
    const streams = Array.from({ length: 8 }, (_, n) => `stream-${n}`);
    for (const logStreamName of streams) {
      await clients.logs.send(new CreateLogStreamCommand({ logGroupName: "foo", logStreamName }));
    }
    const messages: string[] = [];
    for (const TargetShardCount of [undefined, 2, 4, 3, 1]) {
      if (TargetShardCount) {
        const ScalingType = "UNIFORM_SCALING";
        await clients.kinesis.send(new UpdateShardCountCommand({ StreamName: "foo", TargetShardCount, ScalingType }));
      }
      for (const stream of streams) {
        messages.push(`${stream} at ${TargetShardCount}`);
        await put("foo", messages.at(-1)!, stream);
      }
    }
    const seen = () => delivered.flatMap((one) => one.messages).filter((message) => / at /.test(message));
    await until(() => seen().length >= messages.length);
    await sleep(1_500);
    expect(seen().toSorted()).toEqual(messages.toSorted());
    for (const stream of streams) {
      const inOrder = messages.filter((message) => message.startsWith(`${stream} `));
      expect(seen().filter((message) => message.startsWith(`${stream} `))).toEqual(inOrder);
    }
  });

  it("has delivered each line once, whatever was changed", () => {
    const all = delivered.flatMap(({ messages }) => messages);
    expect(all.length).toBe(new Set(all).size);
  });

  it("has the metrics of the functions' lines in CloudWatch", async () => {
    const Metric = { Namespace: "follow", MetricName: "Records" };
    const { Metrics } = await clients.cloudwatch.send(new ListMetricsCommand({ Namespace: "follow" }));
    expect(Metrics).toEqual([{ ...Metric, Dimensions: [] }]);
    const { MetricDataResults } = await clients.cloudwatch.send(
      new GetMetricDataCommand({
        StartTime: new Date(Date.now() - 3_600_000),
        EndTime: new Date(Date.now() + 60_000),
        MetricDataQueries: [{ Id: "sum", MetricStat: { Metric, Period: 3_660, Stat: "Sum" } }],
      }),
    );
    const values = MetricDataResults![0]!.Values!;
    expect(values.reduce((sum, value) => sum + value, 0)).toBeGreaterThan(40);
  });

  it("runs the mapping of a queue, whose function sees a message again that it failed", async () => {
    const { lambda, sqs } = clients;
    const { QueueUrl } = await sqs.send(
      new CreateQueueCommand({ QueueName: "objects", Attributes: { VisibilityTimeout: "2" } }),
    );
    const source = `
      exports.handler = async ({ Records }) => {
        const messages = Records.map(({ body, attributes }) => body + " " + attributes.ApproximateReceiveCount);
        await fetch(process.env.TEST_URL, { method: "POST", body: JSON.stringify({ version: "queue", prefix: "", messages }) });
        if (messages.includes("exits 1")) process.exit(1);
        const failed = Records.filter(({ body }, n) => messages[n] === "fails 1");
        return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
      };`;
    const create = (Timeout: number) =>
      lambda.send(
        new CreateFunctionCommand({
          FunctionName: "objects",
          Role: "arn:aws:iam::123456789012:role/any",
          Runtime: Runtime.nodejs22x,
          Handler: "index.handler",
          Code: { ZipFile: Buffer.from(zipSync({ "index.js": strToU8(source) })) },
          Timeout,
        }),
      );
    const map = () =>
      lambda.send(
        new CreateEventSourceMappingCommand({
          EventSourceArn: "arn:aws:sqs:eu-central-1:123456789012:objects",
          FunctionName: "objects",
          BatchSize: 1,
          FunctionResponseTypes: ["ReportBatchItemFailures"],
          ScalingConfig: { MaximumConcurrency: 2 },
        }),
      );
    await create(3);
    await expect(map()).rejects.toThrow("Queue visibility timeout: 2 seconds is less than Function timeout: 3 seconds");
    await configure({ Timeout: 2 }, "objects");
    expect(await reported(map)).toEqual(["objects: now delivered (function objects)"]);
    for (const MessageBody of ["works", "fails", "exits"]) {
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    }
    const isEmpty = async () => {
      const AttributeNames = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"] as const;
      const { Attributes } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...AttributeNames] }),
      );
      return Object.values(Attributes!).every((value) => value === "0");
    };
    await until(isEmpty);
    expect(await isEmpty()).toBe(true);
    const seen = delivered.filter(({ version }) => version === "queue").flatMap(({ messages }) => messages);
    expect(seen.toSorted()).toEqual(["exits 1", "exits 2", "fails 1", "fails 2", "works 1"]);
  });

  it("ends a log group that is removed, without complaint", async () => {
    const uuid = await uuidOf("checkout");
    const remove = async () => {
      await clients.logs.send(new DeleteLogGroupCommand({ logGroupName: "checkout" }));
      await clients.lambda.send(new DeleteEventSourceMappingCommand({ UUID: uuid }));
      await clients.lambda.send(new DeleteFunctionCommand({ FunctionName: "checkout" }));
      await clients.kinesis.send(new DeleteStreamCommand({ StreamName: "checkout" }));
    };
    expect(await reported(remove)).toEqual(["checkout: no longer delivered"]);
    await sleep(3_000);
    expect(lines.at(-1)).toBe("checkout: no longer delivered");
    expect(await deliver("foo", "at last")).toBeDefined();
  });

  it("delivers every log group by an account policy, and ends: the function's own lines do not come back", async () => {
    const DestinationArn = await createLane("account", 0);
    await createLogGroup("/aws/lambda/account");
    const policy = { policyName: "account", policyType: PolicyType.SUBSCRIPTION_FILTER_POLICY };
    const putPolicy = (...excluded: string[]) =>
      clients.logs.send(
        new PutAccountPolicyCommand({
          ...policy,
          policyDocument: JSON.stringify({ DestinationArn, RoleArn: "arn:aws:iam::123456789012:role/any" }),
          selectionCriteria: `LogGroupName NOT IN ${JSON.stringify(["foo", ...excluded])}`,
        }),
      );
    await putPolicy("/aws/lambda/account");
    expect(await reported(() => createLogGroup("later"))).toEqual(["later: now delivered (function account)"]);
    const own = () => delivered.flatMap(({ messages }) => messages).filter((message) => message.includes('"_aws"'));
    expect(await deliver("later", "of a later log group")).toBeDefined();
    await until(async () => (await eventsOf(clients.logs, "/aws/lambda/account")).length > 0);
    const deliveries = delivered.length;
    await sleep(2_000);
    expect([delivered.length, own()]).toEqual([deliveries, []]);

    // Without the exclusion each invocation brings about the next one.
    await putPolicy();
    await put("later", "begins a loop");
    await until(() => own().length >= 3);
    await clients.logs.send(new DeleteAccountPolicyCommand(policy));
    expect(own().length).toBeGreaterThanOrEqual(3);
  });
});
