import { gunzipSync } from "node:zlib";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteAccountPolicyCommand,
  DescribeAccountPoliciesCommand,
  DescribeSubscriptionFiltersCommand,
  type InputLogEvent,
  PolicyType,
  PutAccountPolicyCommand,
  PutDestinationCommand,
  PutDestinationPolicyCommand,
  PutLogEventsCommand,
  PutSubscriptionFilterCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  type _Record,
  CreateStreamCommand,
  DeleteStreamCommand,
  DescribeStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
} from "@aws-sdk/client-kinesis";
import { CreateFunctionCommand, Runtime } from "@aws-sdk/client-lambda";
import { parseEnvelope } from "../../core/events/envelope";
import { nodeTransport } from "../../core/http/node-transport";
import { signing } from "../../core/http/signing";
import { kinesisSink } from "../../core/sinks/kinesis/kinesis-sink";
import { streamTarget } from "../../core/sinks/kinesis/put-records";
import { ACCOUNT_ID, emulatedAccount, roleArn } from "../../local/aws/account";
import { awsClients, emulatorClient } from "../../local/aws/clients";
import { emulatorDocumentId } from "../../local/delivery/event-id";
import { EventLedger } from "../../local/delivery/event-ledger";
import { type Emulator, startEmulator } from "../../local/emulator/emulator";
import type { LogLine } from "../../local/log-events/line";
import { putLines } from "../../local/log-events/put";
import { putIntoRunning } from "../../local/log-events/put-into-running";
import { sourceOf } from "../../local/options";
import { freePort } from "../../tools/processes/port";
import { createRole } from "../support/emulated-role";
import { eventsOf } from "../support/log-events";
import { logsOfAccount } from "../support/other-account";

/** Another account. */
const OTHER = "210987654321";

const streamArnOf = (name: string, account = ACCOUNT_ID) =>
  `arn:aws:kinesis:${emulatedAccount.AWS_REGION}:${account}:stream/${name}`;

let emulator: Emulator;
let logs: CloudWatchLogsClient;
/** The SDK takes an exceeded limit for throttling, and would try again. */
let withoutRetries: CloudWatchLogsClient;
let kinesis: KinesisClient;

beforeAll(async () => {
  emulator = await startEmulator();
  ({ logs, kinesis } = awsClients(emulator.url));
  withoutRetries = new CloudWatchLogsClient({ ...emulatorClient(emulator.url), maxAttempts: 1 });
}, 300_000);

afterAll(() => emulator.stop());

/** @returns its ARN */
async function createStream(StreamName: string): Promise<string> {
  await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
  const { StreamDescription } = await kinesis.send(new DescribeStreamCommand({ StreamName }));
  return StreamDescription!.StreamARN!;
}

async function createLogGroup(logGroupName: string, client = logs): Promise<void> {
  await client.send(new CreateLogGroupCommand({ logGroupName }));
  await client.send(new CreateLogStreamCommand({ logGroupName, logStreamName: "stream" }));
}

/** A log group with a log stream, whose subscription filter leads to a stream of the same name. */
async function subscribe(name: string, filterPattern = ""): Promise<void> {
  const destinationArn = await createStream(name);
  await createLogGroup(name);
  await logs.send(
    new PutSubscriptionFilterCommand({ logGroupName: name, filterName: "all", filterPattern, destinationArn }),
  );
}

const put = (name: string, logEvents: InputLogEvent[], client = logs) =>
  client.send(new PutLogEventsCommand({ logGroupName: name, logStreamName: "stream", logEvents }));

const putMessage = (name: string, message: string, client = logs) =>
  put(name, [{ timestamp: Date.now(), message }], client);

const envelopes = async (name: string): Promise<string[]> =>
  (await recordsOf(name)).map((data) => gunzipSync(data).toString());

const partitionKeysOf = async (name: string): Promise<string[]> =>
  (await kinesisRecordsOf(name)).map(({ PartitionKey }) => PartitionKey!);

/** Of data messages. */
const messagesOf = async (name: string): Promise<string[]> =>
  (await envelopes(name))
    .map((text) => JSON.parse(text))
    .filter(({ messageType }) => messageType === "DATA_MESSAGE")
    .flatMap(({ logEvents }) => logEvents.map(({ message }: InputLogEvent) => message));

const recordsOf = async (name: string): Promise<Buffer[]> =>
  (await kinesisRecordsOf(name)).map(({ Data }) => Buffer.from(Data!));

async function kinesisRecordsOf(name: string): Promise<_Record[]> {
  const { ShardIterator } = await kinesis.send(
    new GetShardIteratorCommand({
      StreamName: name,
      ShardId: "shardId-000000000000",
      ShardIteratorType: "TRIM_HORIZON",
    }),
  );
  const { Records } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
  return Records!;
}

describe("the AWS emulator", () => {
  it("checks the destination of a new subscription filter by a control message", async () => {
    await subscribe("control");
    const [control] = await envelopes("control");
    expect(parseEnvelope(control!)).toEqual({ kind: "control" });
  });

  it("writes envelopes as CloudWatch Logs does: its order of keys, UTF-8, ids of 56 digits that rise", async () => {
    await subscribe("envelope");
    const timestamp = Date.now();
    await put("envelope", [
      { timestamp, message: "größer 🐈" },
      { timestamp, message: "second" },
    ]);
    await put("envelope", [{ timestamp: timestamp + 1, message: "third" }]);

    const [, first, second] = await envelopes("envelope");

    expect(first).toMatch(
      /^\{"messageType":"DATA_MESSAGE","owner":"\d{12}","logGroup":"envelope","logStream":"stream","subscriptionFilters":\["all"\],"logEvents":\[\{"id":"\d{56}","timestamp":\d{13},"message":"größer 🐈"\},/,
    );
    const ids = [first!, second!].flatMap((text) => JSON.parse(text).logEvents.map(({ id }: { id: string }) => id));
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(3);
    expect(ids.toSorted()).toEqual(ids);
  });

  it("returns the id of the first event of each put, which those of the others follow", async () => {
    await subscribe("ids");
    const now = Date.now();
    const ledger = new EventLedger();
    const lines = Array.from({ length: 12_000 }, (_, n): LogLine => {
      return { logGroup: "ids", logStream: `stream-${n % 2}`, timestamp: now + n, message: `größe ${n}` };
    });
    await putLines(logs, sourceOf(lines), (call) => {
      const timestamps = call.lines.map(({ timestamp }) => timestamp);
      ledger.add("ids", call.firstId, timestamps);
    });
    const events = await eventsOf(logs, "ids");
    expect(events).toHaveLength(12_000);
    expect(new Set(ledger.documentIds())).toEqual(new Set(events.map(({ id }) => emulatorDocumentId(id, "ids"))));
  });

  it("accepts lines put into a running pipeline, for log groups that it delivers", async () => {
    await subscribe("running");
    await logs.send(new CreateLogGroupCommand({ logGroupName: "unsubscribed" }));
    const options = { onProgress: () => {}, note: () => {}, skipInvalidLines: false, timeField: undefined };
    const put = (logGroup: string) =>
      putIntoRunning({ emulatorUrl: emulator.url, inputs: [{ file: __filename, logGroup }], ...options });
    const counts = await put("running");
    expect(await eventsOf(logs, "running")).toHaveLength(counts.get("running")!);
    await expect(put("unsubscribed")).rejects.toThrow(
      /^- --log-group unsubscribed is not delivered by the running pipeline, .*running.*; add it/m,
    );
  });

  it("forwards events that match the filter pattern", async () => {
    await subscribe("pattern", "ERROR");
    const timestamp = Date.now();
    await put("pattern", [{ timestamp, message: "all is well" }]);
    await put("pattern", [
      { timestamp, message: "ERROR disk full" },
      { timestamp, message: "INFO" },
    ]);
    const [, ...data] = await envelopes("pattern");
    const messages = data.map((text) => JSON.parse(text).logEvents.map(({ message }: InputLogEvent) => message));
    expect(messages).toEqual([["ERROR disk full"]]);
  });

  it("keeps two filters of a log group, with their distribution, and rejects a third", async () => {
    await subscribe("two");
    const destinationArn = await createStream("two-random");
    const putFilter = (filterName: string, filterPattern = "") =>
      withoutRetries.send(
        new PutSubscriptionFilterCommand({
          ...{ logGroupName: "two", filterName, filterPattern, destinationArn, distribution: "Random" },
        }),
      );
    await putFilter("random");
    await expect(putFilter("third")).rejects.toThrow(expect.objectContaining({ name: "LimitExceededException" }));
    await putFilter("random", "kept");
    const { subscriptionFilters } = await logs.send(new DescribeSubscriptionFiltersCommand({ logGroupName: "two" }));
    expect(subscriptionFilters).toMatchObject([
      { filterName: "all", distribution: "ByLogStream" },
      { filterName: "random", distribution: "Random", filterPattern: "kept" },
    ]);
    for (const message of ["kept 1", "kept 2", "left out"]) await putMessage("two", message);
    expect(await messagesOf("two")).toEqual(["kept 1", "kept 2", "left out"]);
    expect(await messagesOf("two-random")).toEqual(["kept 1", "kept 2"]);
    expect(new Set(await partitionKeysOf("two")).size).toBe(2);
    expect(new Set(await partitionKeysOf("two-random")).size).toBe(4);
  });

  it("accepts events whose subscription leads to a stream that is gone, and goes on counting when it is there again", async () => {
    await subscribe("gone");
    await kinesis.send(new DeleteStreamCommand({ StreamName: "gone" }));
    await putMessage("gone", "not delivered");
    await createStream("gone");
    for (const message of ["delivered", "too"]) await putMessage("gone", message);
    expect(await messagesOf("gone")).toEqual(["delivered", "too"]);
    const records = await kinesisRecordsOf("gone");
    expect(records.map(({ SequenceNumber }) => SequenceNumber)).toEqual(["2", "3"]);
  });

  describe("an account policy", () => {
    const policyType = PolicyType.SUBSCRIPTION_FILTER_POLICY;
    const putPolicy = (document: object, more: object = {}, client = logs) =>
      client.send(
        new PutAccountPolicyCommand({
          ...{ policyName: "account", policyType, policyDocument: JSON.stringify(document), ...more },
        }),
      );
    const deletePolicy = () => logs.send(new DeleteAccountPolicyCommand({ policyName: "account", policyType }));
    const RoleArn = roleArn("logs");

    it("forwards events of every log group, also of later ones, but for those that it excludes", async () => {
      await subscribe("own-filter");
      await createLogGroup("excluded");
      const DestinationArn = await createStream("account");
      const document = { DestinationArn, RoleArn, FilterPattern: "ERROR", Distribution: "Random" };
      const selectionCriteria = 'LogGroupName NOT IN ["excluded", "other"]';
      await putPolicy(document, { selectionCriteria });
      await createLogGroup("later");
      for (const group of ["own-filter", "excluded", "later"]) {
        await putMessage(group, `ERROR of ${group}`);
        await putMessage(group, "INFO");
      }
      const [control, ...data] = await envelopes("account");
      expect(parseEnvelope(control!)).toEqual({ kind: "control" });
      expect(data.map((text) => JSON.parse(text))).toMatchObject(
        ["own-filter", "later"].map((logGroup) => ({
          ...{ owner: ACCOUNT_ID, logGroup, subscriptionFilters: ["account"], policyLevel: "ACCOUNT_LEVEL_POLICY" },
          logEvents: [{ id: expect.stringMatching(/^\d{56}$/), message: `ERROR of ${logGroup}` }],
        })),
      );
      expect(new Set(await partitionKeysOf("account")).size).toBe(3);
      expect(await messagesOf("own-filter")).toEqual(["ERROR of own-filter", "INFO"]);
      // The same event by both ways has one id.
      const [, own] = await envelopes("own-filter");
      expect(JSON.parse(own!).logEvents[0].id).toBe(JSON.parse(data[0]!).logEvents[0].id);

      const { accountPolicies } = await logs.send(new DescribeAccountPoliciesCommand({ policyType }));
      expect(accountPolicies).toMatchObject([
        { policyName: "account", policyType, scope: "ALL", selectionCriteria, accountId: ACCOUNT_ID },
      ]);
      await deletePolicy();
      await putMessage("later", "ERROR after its end");
      expect(await envelopes("account")).toHaveLength(3);
      await expect(deletePolicy()).rejects.toThrow(expect.objectContaining({ name: "ResourceNotFoundException" }));
    });

    it("is the only one of its account and Region", async () => {
      const DestinationArn = await createStream("only");
      await putPolicy({ DestinationArn, RoleArn });
      await putPolicy({ DestinationArn, RoleArn, FilterPattern: "changed" });
      await expect(putPolicy({ DestinationArn, RoleArn }, { policyName: "second" }, withoutRetries)).rejects.toThrow(
        expect.objectContaining({ name: "LimitExceededException" }),
      );
      await deletePolicy();
    });

    const names = (length: number) =>
      `LogGroupName NOT IN ["${"n".repeat(length - 'LogGroupName NOT IN [""]'.length)}"]`;
    it.each<[string, object, object]>([
      ["a name below aws/", {}, { policyName: "aws/account" }],
      ["another type", {}, { policyType: PolicyType.DATA_PROTECTION_POLICY }],
      ["another operator", {}, { selectionCriteria: 'LogGroupName IN ["a"]' }],
      ["a list that is no JSON", {}, { selectionCriteria: "LogGroupName NOT IN [a]" }],
      ["more than 25 KB of excluded log groups", {}, { selectionCriteria: names(25 * 1024 + 1) }],
      ["another distribution", { Distribution: "random" }, {}],
      ["a pattern of more than 1,024 characters", { FilterPattern: "p".repeat(1025) }, {}],
      ["no role", { RoleArn: undefined }, {}],
      ["an unknown member", { Destination: "" }, {}],
      ["a stream that does not exist", { DestinationArn: streamArnOf("missing") }, {}],
      ["a stream of another account", { DestinationArn: streamArnOf("rejected", OTHER) }, {}],
    ])("is rejected with %s", async (_, changed, more) => {
      await createStream("rejected").catch(() => {});
      const document = { DestinationArn: streamArnOf("rejected"), RoleArn };
      await expect(putPolicy({ ...document, ...changed }, more)).rejects.toThrow(
        expect.objectContaining({ name: "InvalidParameterException" }),
      );
      await putPolicy(document, { selectionCriteria: names(25 * 1024) });
      await deletePolicy();
    });

    it("and a filter deliver through a destination to the stream of another account, which is asked", async () => {
      const targetArn = await createStream("central");
      const others = logsOfAccount(emulator.url, OTHER);
      await createLogGroup("shared-name");
      await createLogGroup("shared-name", others);
      const { destination } = await logs.send(
        new PutDestinationCommand({ destinationName: "central", targetArn, roleArn: RoleArn }),
      );
      const destinationArn = destination!.arn!;
      const subscribeOther = (more: object = {}) =>
        others.send(
          new PutSubscriptionFilterCommand({
            ...{ logGroupName: "shared-name", filterName: "central", filterPattern: "", destinationArn, ...more },
          }),
        );
      const allow = (statement: object, actions = ["logs:PutSubscriptionFilter"]) =>
        logs.send(
          new PutDestinationPolicyCommand({
            destinationName: "central",
            accessPolicy: JSON.stringify({
              Version: "2012-10-17",
              Statement: { Effect: "Allow", Action: actions, Resource: destinationArn, ...statement },
            }),
          }),
        );
      const denied = expect.objectContaining({ name: "AccessDeniedException" });
      await expect(subscribeOther()).rejects.toThrow(denied);
      await allow({ Principal: { AWS: "333333333333" } });
      await expect(subscribeOther()).rejects.toThrow(denied);
      await allow({ Principal: "*", Condition: { StringEquals: { "aws:PrincipalOrgID": ["o-example"] } } });
      await expect(subscribeOther()).rejects.toThrow("Role ARN is required");
      await subscribeOther({ roleArn: `arn:aws:iam::${OTHER}:role/logs` });
      await allow({ Principal: { AWS: OTHER } });
      await subscribeOther();
      await expect(putPolicy({ DestinationArn: destinationArn }, {}, others)).rejects.toThrow(denied);
      await allow({ Principal: { AWS: OTHER } }, ["logs:PutSubscriptionFilter", "logs:PutAccountPolicy"]);
      await putPolicy({ DestinationArn: destinationArn }, {}, others);

      await putMessage("shared-name", "of this account");
      await putMessage("shared-name", "of the other", others);

      const data = (await envelopes("central"))
        .map((text) => JSON.parse(text))
        .filter(({ logGroup }) => logGroup !== "");
      expect(data).toMatchObject(
        ["central", "account"].map((filter) => ({
          ...{ owner: OTHER, logGroup: "shared-name", subscriptionFilters: [filter] },
          logEvents: [{ message: "of the other" }],
        })),
      );
    });
  });

  const timestamp = Date.now();
  it.each([
    ["more than 10,000 events", Array.from({ length: 10_001 }, () => ({ timestamp, message: "m" }))],
    ["more than 1 MiB, at 26 bytes an event", [{ timestamp, message: "m".repeat(2 ** 20 - 25) }]],
    [
      "a span of more than 24 hours",
      [0, 86_400_001].map((ms) => ({ timestamp: timestamp - 86_400_001 + ms, message: "m" })),
    ],
    ["an empty message", [{ timestamp, message: "" }]],
  ])("rejects a put of %s", async (_, logEvents) => {
    await expect(put("envelope", logEvents)).rejects.toThrow(
      expect.objectContaining({ name: "InvalidParameterException" }),
    );
  });

  it("accepts a repeated CreateFunction with the same code, and rejects other code", async () => {
    const { lambda } = awsClients(emulator.url);
    await createRole(emulator.url, "any");
    const create = (code: string) =>
      lambda.send(
        new CreateFunctionCommand({
          FunctionName: "twice",
          Role: "arn:aws:iam::123456789012:role/any",
          Runtime: Runtime.nodejs22x,
          Handler: "index.handler",
          Code: { ZipFile: Buffer.from(code) },
        }),
      );
    const first = await create("one");
    expect((await create("one")).CodeSha256).toBe(first.CodeSha256);
    await expect(create("another")).rejects.toThrow("Function already exist: twice");
  });

  it("takes the lines that the forwarder packs for a target stream, by the stream's ARN", async () => {
    await kinesis.send(new CreateStreamCommand({ StreamName: "target", ShardCount: 1 }));
    const { StreamDescription } = await kinesis.send(new DescribeStreamCommand({ StreamName: "target" }));
    const streamArn = StreamDescription!.StreamARN!;
    const target = streamTarget(streamArn, emulator.url);
    const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
    const delivered: number[] = [];
    const sink = kinesisSink({
      ...{ streamArn, send: signing(nodeTransport(emulator.url), target, () => credentials), requestTimeoutMs: 10_000 },
      retry: { remainingMs: () => 10_000, sleep: async () => {}, random: Math.random, unreachableTries: 1 },
      monotonicMs: () => performance.now(),
      observer: { packed: () => {}, sent: () => {}, failed: () => {} },
    });
    const lines = Array.from({ length: 600 }, (_, n) => `{"n":${n},"message":"${"ü".repeat(50)}"}`);
    await sink.deliver(
      {
        lines: () =>
          lines.map((line, position) => ({ record: 0, position, line, partitionKey: `key-${position % 3}` })),
      },
      { delivered: ({ count }) => delivered.push(count), rejected: () => delivered.push(Number.NaN) },
    );
    const records = await recordsOf("target");
    expect(records.length).toBeLessThan(9);
    const numbers = records.flatMap((data) =>
      data
        .toString()
        .trimEnd()
        .split("\n")
        .map((line): number => JSON.parse(line).n),
    );
    expect(numbers.toSorted((a, b) => a - b)).toEqual(lines.map((_, n) => n));
    expect(delivered.reduce((sum, count) => sum + count, 0)).toBe(600);
  });

  it("listens on the port that it is given", async () => {
    const port = await freePort();
    const fixed = await startEmulator({ port });
    expect(fixed.url).toBe(`http://127.0.0.1:${port}`);
    await expect(startEmulator({ port })).rejects.toThrow(/^The AWS emulator cannot listen on port \d+: \S+ \(process/);
    await fixed.stop();
  });
});
