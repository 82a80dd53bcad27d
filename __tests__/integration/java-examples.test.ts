import { join } from "node:path";
import {
  CreateStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
} from "@aws-sdk/client-kinesis";
import { forward } from "../../functions/forwarder/forward";
import { emulatedAccount } from "../../local/aws/account";
import { awsClients } from "../../local/aws/clients";
import { startEmulator } from "../../local/emulator/emulator";
import { prepareForwarding } from "../support/forwarding";
import { hasJavaAndMaven, runJavaExample } from "../support/java-example";
import { kinesisEvent } from "../support/kinesis";
import { startKinesis } from "../support/kinesis-server";
import { skippedUnless } from "../support/skipped";

const EXAMPLES = join(__dirname, "..", "..", "examples");

const { describe: describeJava } = skippedUnless(hasJavaAndMaven, "javac and mvn on the PATH");

/** The documents that the forwarder makes of records, and how often it tried to create one. */
async function forwarded(records: string[]) {
  const { engine, io } = prepareForwarding();
  expect(await forward(kinesisEvent(...records.map((record) => Buffer.from(record))), io)).toEqual({
    batchItemFailures: [],
  });
  const created = engine.sizes.reduce((sum, size) => sum + size, 0);
  return { documents: [...engine.documents.values()], created };
}

const messagesOf = (documents: Record<string, unknown>[]) => documents.map(({ message }) => message).sort();
const orders = (count: number) => Array.from({ length: count }, (_, n) => `order ${n} paid`);

describeJava("the examples in Java", () => {
  it("log by logback's appender to a stream, whose lines are found once each", async () => {
    const emulator = await startEmulator();
    try {
      const { kinesis } = awsClients(emulator.url);
      await kinesis.send(new CreateStreamCommand({ StreamName: "shop", ShardCount: 1 }));
      await runJavaExample(join(EXAMPLES, "agents", "logback"), "Shop", {
        ...emulatedAccount,
        AWS_ENDPOINT_URL: emulator.url,
        LOG_STREAM: "shop",
      });
      const { documents } = await forwarded(await recordsOf(kinesis, "shop"));
      expect(messagesOf(documents)).toEqual([...orders(200), "order 200 failed"].sort());
      expect(documents.find(({ message }) => message === "order 200 failed")).toMatchObject({
        level: "ERROR",
        logger: "example.Shop",
        thread: "main",
        hostname: expect.any(String),
        processId: expect.any(String),
        tags: { applicationName: "shop", deployedTo: "test" },
        exception: expect.arrayContaining(["java.lang.IllegalStateException: the shop is closed"]),
      });
    } finally {
      await emulator.stop();
    }
  }, 300_000);

  it("write lines by the SDK, which are found once each under throttling and resets", async () => {
    const kinesis = await startKinesis("shop");
    let seen = 0;
    kinesis.reject = () => (seen++ % 3 === 0 ? "ProvisionedThroughputExceededException" : undefined);
    kinesis.resets = (request) => request === 1;
    try {
      await runJavaExample(join(EXAMPLES, "aws-sdk-java"), "Shop", {
        ...emulatedAccount,
        AWS_ENDPOINT_URL: kinesis.origin,
        LOG_STREAM: "shop",
      });
    } finally {
      await kinesis.stop();
    }
    const records = kinesis.accepted.map(({ Data }) => Buffer.from(Data, "base64").toString());
    expect(Math.max(...records.map(({ length }) => length))).toBeLessThanOrEqual(25_000);
    const { documents, created } = await forwarded(records);
    expect(messagesOf(documents)).toEqual(orders(1000).sort());
    expect(created).toBeGreaterThan(1000);
    expect(new Set(kinesis.sizes).size).toBeGreaterThan(1);
  }, 300_000);
});

async function recordsOf(kinesis: KinesisClient, StreamName: string): Promise<string[]> {
  const shard = { StreamName, ShardId: "shardId-000000000000", ShardIteratorType: "TRIM_HORIZON" as const };
  const { ShardIterator } = await kinesis.send(new GetShardIteratorCommand(shard));
  const { Records } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
  return Records!.map(({ Data }) => Buffer.from(Data!).toString());
}
