import { gunzipSync } from "node:zlib";
import {
  type CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  type InputLogEvent,
  PutLogEventsCommand,
  PutSubscriptionFilterCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateStreamCommand,
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
import { awsClients } from "../../local/aws/clients";
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

let emulator: Emulator;
let logs: CloudWatchLogsClient;
let kinesis: KinesisClient;

beforeAll(async () => {
  emulator = await startEmulator();
  ({ logs, kinesis } = awsClients(emulator.url));
}, 300_000);

afterAll(() => emulator.stop());

/** A log group with a log stream, whose subscription filter leads to a stream of the same name. */
async function subscribe(name: string, filterPattern = ""): Promise<void> {
  await kinesis.send(new CreateStreamCommand({ StreamName: name, ShardCount: 1 }));
  const { StreamDescription } = await kinesis.send(new DescribeStreamCommand({ StreamName: name }));
  await logs.send(new CreateLogGroupCommand({ logGroupName: name }));
  await logs.send(new CreateLogStreamCommand({ logGroupName: name, logStreamName: "stream" }));
  const destinationArn = StreamDescription!.StreamARN!;
  await logs.send(
    new PutSubscriptionFilterCommand({ logGroupName: name, filterName: "all", filterPattern, destinationArn }),
  );
}

const put = (name: string, logEvents: InputLogEvent[]) =>
  logs.send(new PutLogEventsCommand({ logGroupName: name, logStreamName: "stream", logEvents }));

const envelopes = async (name: string): Promise<string[]> =>
  (await recordsOf(name)).map((data) => gunzipSync(data).toString());

async function recordsOf(name: string): Promise<Buffer[]> {
  const { ShardIterator } = await kinesis.send(
    new GetShardIteratorCommand({
      StreamName: name,
      ShardId: "shardId-000000000000",
      ShardIteratorType: "TRIM_HORIZON",
    }),
  );
  const { Records } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
  return Records!.map(({ Data }) => Buffer.from(Data!));
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
  }, 60_000);
});
