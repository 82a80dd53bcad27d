import { status } from "../../../local/commands/status";
import { freePort } from "../../../tools/processes/port";
import { type HttpServer, startServer } from "../../support/http-server";

const pipeline = { pid: 7, startedAt: "2026-11-26T12:00:00.000Z", directory: "/tmp/here" };
const servers: HttpServer[] = [];

async function serving(code: number, body: unknown): Promise<string> {
  const server = await startServer((_request, response) => response.writeHead(code).end(JSON.stringify(body)));
  servers.push(server);
  return server.origin;
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

/** The lines of a table, by their columns. */
const rowsOf = (text: string): string[][] => text.split("\n").map((line) => line.trim().split(/ {2,}/));

describe("status", () => {
  it("describes the process, and reports that it is starting until it is ready", async () => {
    expect(await status(pipeline)).toEqual({
      text: "Process 7, since 2026-11-26T12:00:00.000Z, in /tmp/here\n  It is starting.",
      answers: true,
    });
  });

  it("shows whether the services answer, and the documents of each index, including those of later names, and of a function that cannot start", async () => {
    const indices = [{ index: "cwl-foo-2026.11.26", "docs.count": "1234567", health: "green" }];
    const Functions = [{ INDEX_PREFIX: "x-", INDEX_PERIOD: "week" }, { INDEX_PERIOD: "year" }];
    const services = {
      emulatorUrl: await serving(200, { Functions: Functions.map((Variables) => ({ Environment: { Variables } })) }),
      searchEndpoint: await serving(200, indices),
      indexPattern: "cwl-*",
    };
    const { text, answers } = await status({ ...pipeline, services });
    expect(answers).toBe(true);
    expect(rowsOf(text).slice(1)).toEqual([
      ["AWS emulator", services.emulatorUrl, "answers"],
      ["Search engine", services.searchEndpoint, "answers"],
      ["cwl-foo-2026.11.26", "1,234,567 documents", "green"],
    ]);
    expect(servers[1]!.requests.at(-1)!.target).toMatch(/^\/_cat\/indices\/cwl-\*%2Cx-\*-20\*\.w\*\?/);
  });

  it("counts every document so far: it refreshes the indices first", async () => {
    const services = {
      emulatorUrl: await serving(200, {}),
      searchEndpoint: await serving(200, []),
      indexPattern: "cwl-*",
    };
    await status({ ...pipeline, services });
    expect(servers[1]!.requests.map(({ method, target }) => `${method} ${target.replace(/\?.*/, "")}`)).toEqual([
      "POST /cwl-*/_refresh",
      "GET /_cat/indices/cwl-*",
    ]);
  });

  it("shows the largest of many indices, and counts the others", async () => {
    const indices = Array.from({ length: 200 }, (_, n) => ({
      index: `cwl-${n}`,
      "docs.count": `${n}`,
      health: "green",
    }));
    const services = {
      emulatorUrl: await serving(200, {}),
      searchEndpoint: await serving(200, indices),
      indexPattern: "cwl-*",
    };
    const rows = (await status({ ...pipeline, services })).text.split("\n").slice(3);
    expect(rows).toHaveLength(21);
    expect(rows[0]).toMatch(/^ +cwl-180 +180 documents +green$/);
    expect(rows[20]).toMatch(/^ +180 more +16,110 documents$/);
  });

  it("counts one document as one", async () => {
    const services = {
      emulatorUrl: await serving(200, {}),
      searchEndpoint: await serving(200, [{ index: "cwl-a", "docs.count": "1", health: "green" }]),
      indexPattern: "cwl-*",
    };
    expect((await status({ ...pipeline, services })).text).toMatch(/cwl-a +1 document +green$/);
  });

  it("shows which log groups go through which stream to which function", async () => {
    const streamArn = (name: string) => `arn:aws:kinesis:eu-central-1:123456789012:stream/${name}`;
    const mapping = (name: string, State = "Enabled") => {
      const FunctionArn = `arn:aws:lambda:eu-central-1:123456789012:function:${name}`;
      return { EventSourceArn: streamArn(name), FunctionArn, State };
    };
    const subscription = (logGroup: string, stream: string, accountId = "123456789012") => {
      return { accountId, logGroup, streamArn: streamArn(stream) };
    };
    const answer = {
      EventSourceMappings: [mapping("own"), mapping("all", "Disabled"), mapping("new")],
      subscriptions: [
        subscription("foo", "own"),
        subscription("bar", "own", "210987654321"),
        ...["a", "b", "c", "d"].map((logGroup) => subscription(logGroup, "all")),
      ],
      accountPolicies: [{ accountId: "123456789012", streamArn: streamArn("all"), excluded: [] }],
    };
    const services = {
      emulatorUrl: await serving(200, answer),
      searchEndpoint: await serving(200, []),
      indexPattern: "cwl-*",
    };
    const { text } = await status({ ...pipeline, services });
    expect(rowsOf(text).slice(3)).toEqual([
      ["stream own", "foo, bar of account 210987654321", "function own"],
      ["stream all", "4 log groups, and every new one", "its event source mapping is disabled"],
      ["stream new", "0 log groups", "function new"],
    ]);
  });

  it("names the service that does not answer, with the reason", async () => {
    const port = await freePort();
    const services = {
      emulatorUrl: `http://127.0.0.1:${port}`,
      searchEndpoint: await serving(403, {}),
      indexPattern: "cwl-*",
    };
    const { text, answers } = await status({ ...pipeline, services });
    expect(answers).toBe(false);
    expect(text).toMatch(
      new RegExp(`does not answer \\(connect ECONNREFUSED 127\\.0\\.0\\.1:${port}\\)\n +Search .*answers 403$`),
    );
  });

  it("shows nothing that controls a terminal", async () => {
    const foreign = "a\u001b[2J\u202e\u009bb\nc";
    const services = {
      emulatorUrl: await serving(404, {}),
      searchEndpoint: await serving(200, [{ index: foreign, "docs.count": "1", health: foreign }]),
      indexPattern: "cwl-*",
    };
    const { text: shown } = await status({ ...pipeline, startedAt: foreign, services });
    expect(shown.split("\n")).toEqual([
      "Process 7, since a\ufffd\ufffdb c, in /tmp/here",
      expect.stringContaining("AWS emulator"),
      expect.stringContaining("Search"),
      expect.stringMatching(/^ +Streams +cannot be listed +\S+ answered 404$/),
      expect.stringMatching(/^ +a\ufffd\ufffdb c +1 document +a\ufffd\ufffdb c$/),
      expect.stringMatching(/^ +Delivery streams +cannot be listed +UnknownError$/),
    ]);
  });

  it("lists the delivery streams with their indices, and says of one that it is not delivered, whatever its state is", async () => {
    const bucket = {
      BucketARN: "arn:aws:s3:::logs",
      Prefix: "raw/",
      BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 60 },
    };
    const search = { IndexName: "shop", IndexRotationPeriod: "OneDay", S3DestinationDescription: bucket };
    const destinations: Readonly<Record<string, object>> = {
      objects: { ExtendedS3DestinationDescription: bucket },
      search: { AmazonopensearchserviceDestinationDescription: search },
      fixed: {
        AmazonopensearchserviceDestinationDescription: { ...search, IndexName: "a", IndexRotationPeriod: "NoRotation" },
      },
      snappy: { ExtendedS3DestinationDescription: { ...bucket, CompressionFormat: "Snappy" } },
    };
    const emulator = await startServer(({ headers, body }, response) => {
      const { DeliveryStreamName } = JSON.parse(body.toString() || "{}");
      const answers: Readonly<Record<string, object>> = {
        ListDeliveryStreams: { DeliveryStreamNames: Object.keys(destinations) },
        DescribeDeliveryStream: {
          DeliveryStreamDescription: {
            ...{ DeliveryStreamName, DeliveryStreamStatus: "ACTIVE", CreateTimestamp: 5 },
            Destinations: [destinations[DeliveryStreamName]],
          },
        },
      };
      response.end(JSON.stringify(answers[headers["x-amz-target"]?.split(".")[1] ?? ""] ?? {}));
    });
    servers.push(emulator);
    const services = {
      emulatorUrl: emulator.origin,
      searchEndpoint: await serving(200, [{ index: "shop-2026-11-26", "docs.count": "5", health: "green" }]),
      indexPattern: "cwl-*",
    };
    const { text } = await status({ ...pipeline, services });
    expect(rowsOf(text).slice(3)).toEqual([
      ["shop-2026-11-26", "5 documents", "green"],
      ["objects", "to s3://logs/raw/, after 1 MiB or 60 s", "ACTIVE"],
      ["search", "to index shop, after 5 MiB or 300 s", "ACTIVE"],
      ["fixed", "to index a, after 5 MiB or 300 s", "ACTIVE"],
      [
        "snappy",
        "not delivered here: its objects are compressed by Snappy; the local pipeline supports UNCOMPRESSED, GZIP, ZIP",
        "ACTIVE",
      ],
    ]);
    expect(servers.at(-1)!.requests.at(-1)!.target).toMatch(/^\/_cat\/indices\/cwl-\*%2Cshop-\*%2Ca\?/);
  });
});
