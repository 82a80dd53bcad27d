import { CreateDeliveryStreamCommand, type FirehoseClient } from "@aws-sdk/client-firehose";
import {
  CreateStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
} from "@aws-sdk/client-kinesis";
import { awsClients, emulatorClient } from "../../local/aws/clients";
import { type Emulator, startEmulator } from "../../local/emulator/emulator";
import type { SendOptions } from "../../send/arguments";
import { isAllDelivered, sendReportText } from "../../send/report";
import { send } from "../../send/send";
import { startServer } from "../support/http-server";

const RoleARN = "arn:aws:iam::123456789012:role/any";
const SLOW_DOWN = { ErrorCode: "ServiceUnavailableException", ErrorMessage: "Slow down." };
const bucket = { RoleARN, BucketARN: "arn:aws:s3:::any" };

let emulator: Emulator;
let kinesis: KinesisClient;
let firehose: FirehoseClient;

beforeAll(async () => {
  emulator = await startEmulator();
  ({ kinesis, firehose } = awsClients(emulator.url));
  await kinesis.send(new CreateStreamCommand({ StreamName: "app", ShardCount: 1 }));
  const to = { ExtendedS3DestinationConfiguration: bucket };
  await firehose.send(new CreateDeliveryStreamCommand({ DeliveryStreamName: "objects", ...to }));
  const search = { RoleARN, IndexName: "app", S3Configuration: bucket };
  const toSearch = { AmazonopensearchserviceDestinationConfiguration: search };
  await firehose.send(new CreateDeliveryStreamCommand({ DeliveryStreamName: "search", ...toSearch }));
}, 300_000);

afterAll(() => emulator.stop());

/** Sends 100 lines in 0.6 seconds. */
async function run(
  target: SendOptions["target"],
  signal = new AbortController().signal,
  { origin = emulator.url, linePerRecord }: { readonly origin?: string; readonly linePerRecord?: true } = {},
) {
  const printed: string[] = [];
  const options = { target, rate: 167, minutes: 0.01, linePerRecord, compress: "none", format: "ecs" } as const;
  const report = await send(
    { ...options, aws: false, pid: undefined },
    { where: "the emulator", configuration: { ...emulatorClient(origin), maxAttempts: 1 } },
    { signal, print: (line) => printed.push(line), progress: () => {} },
  );
  return { report, printed };
}

/** The records that the delivery stream keeps for the local Firehose. */
async function putInto(deliveryStream: string): Promise<string[]> {
  const path = `_delivery-stream-records/123456789012/eu-central-1/${deliveryStream}?after=0&bytes=100000000`;
  const records = (await (await fetch(`${emulator.url}/${path}`)).json()) as { data: string }[];
  return records.map(({ data }) => Buffer.from(data, "base64").toString());
}

const linesIn = (records: readonly string[]) =>
  records.flatMap((record) => record.trimEnd().split("\n")).map((line) => JSON.parse(line));

/** Each line once, in any order. */
function expectLines(records: readonly string[], run: string): void {
  const lines = linesIn(records);
  expect(lines.map((line) => line.event?.sequence ?? line["event.sequence"]).sort((a, b) => a - b)).toEqual([
    ...Array(100).keys(),
  ]);
  expect(new Set(lines.map((line) => line["event.id"])).size).toBe(100);
  expect(lines.every((line) => line["labels.run"] === run)).toBe(true);
}

describe("npm run send", () => {
  it("puts each line into a Kinesis stream, packed into few records", async () => {
    const { report, printed } = await run({ kind: "stream", name: "app" });
    const where = { StreamName: "app", ShardId: "shardId-000000000000", ShardIteratorType: "TRIM_HORIZON" as const };
    const { ShardIterator } = await kinesis.send(new GetShardIteratorCommand(where));
    const { Records = [] } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
    const records = Records.map(({ Data }) => Buffer.from(Data!).toString());
    expect(records.length).toBeLessThan(20);
    expectLines(records, report.run);
    expect(isAllDelivered(report)).toBe(true);
    expect(printed[0]).toContain("into the Kinesis stream app of the emulator, packed into records");
    expect(sendReportText(report)).toContain("Sent 100 lines: 100 delivered, 0 not.");
  });

  it("sends a record for each line where Firehose delivers to search", async () => {
    const { report, printed } = await run({ kind: "delivery-stream", name: "search" });
    const records = await putInto("search");
    expect(records).toHaveLength(100);
    expectLines(records, report.run);
    expect(printed[0]).toContain("a record each");
  });

  it("sends again what is throttled, and only that, and counts it", async () => {
    const taken: string[] = [];
    const seen = new Set<string>();
    const service = await startServer(({ headers, body }, response) => {
      const answer = () => {
        if (headers["x-amz-target"]!.endsWith("DescribeDeliveryStream"))
          return { DeliveryStreamDescription: { Destinations: [{ ExtendedS3DestinationDescription: {} }] } };
        const records: { Data: string }[] = JSON.parse(body.toString()).Records;
        const RequestResponses = records.map(({ Data }, n) => {
          // Two of three, at their first attempt.
          if (!seen.has(Data) && seen.add(Data).size % 3 > 0) return SLOW_DOWN;
          taken.push(Buffer.from(Data, "base64").toString());
          return { RecordId: `${n}` };
        });
        return { FailedPutCount: RequestResponses.filter((one) => one === SLOW_DOWN).length, RequestResponses };
      };
      response.setHeader("Content-Type", "application/x-amz-json-1.1");
      response.end(JSON.stringify(answer()));
    });
    const target = { kind: "delivery-stream", name: "any" } as const;
    const { report } = await run(target, undefined, { origin: service.origin, linePerRecord: true });
    await service.stop();
    expectLines(taken, report.run);
    // Two of three of 100 records.
    expect(sendReportText(report)).toContain("67 records throttled or failed, and sent again.");
  });

  it("says which streams there are in place of one that does not exist, and sends nothing", async () => {
    await expect(run({ kind: "stream", name: "apps" })).rejects.toThrow(
      "There is no Kinesis stream apps in the emulator.\nThere are: app.",
    );
    await expect(run({ kind: "delivery-stream", name: "apps" })).rejects.toThrow("There are: objects, search.");
  });

  it("delivers what it has sent when it is stopped", async () => {
    const { report } = await run({ kind: "stream", name: "app" }, AbortSignal.timeout(100));
    expect(report.stats.accepted).toBeLessThan(100);
    expect(isAllDelivered(report)).toBe(true);
  });
});
