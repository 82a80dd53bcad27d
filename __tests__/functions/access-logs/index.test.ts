import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { encodeObjectMessage } from "../../../core/sources/s3/object-message";
import { MemorySqs, SOURCE_BUCKET, sqsEvent } from "../../support/access-logs";
import { invoke, unzipInto, zipOf } from "../../support/function-zip";
import { type HttpServer, serve } from "../../support/http-server";
import { type S3Server, s3Error, startS3 } from "../../support/s3-server";
import { MAPPING_CONFLICT, SearchEngine } from "../../support/search-engine";
import { signatureError } from "../../support/sigv4";

const CREDENTIALS = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
const REGION = "eu-central-1";

const ELB = (n: number) =>
  `2026-11-26T23:39:43.945958Z my-loadbalancer 192.168.131.39:2817 10.0.0.1:80 0.000073 0.001048 0.000057 200 200 0 29 "GET http://www.example.com:80/${n} HTTP/1.1" "curl/7.38.0" - -`;
const KEY =
  "AWSLogs/111111111111/elasticloadbalancing/eu-west-1/2026/11/27/111111111111_elasticloadbalancing_eu-west-1_my-elb_20261127T0305Z_10.0.0.1_a b+c.log";

/** S3's event for an object, with its key encoded as S3 does. */
const s3Event = (key: string, body: Buffer) =>
  JSON.stringify({
    Records: [
      {
        ...{ eventVersion: "2.3", eventSource: "aws:s3", awsRegion: REGION, eventName: "ObjectCreated:Put" },
        s3: {
          bucket: { name: SOURCE_BUCKET },
          object: {
            key: encodeURIComponent(key).replaceAll("%20", "+").replaceAll("%2F", "/"),
            size: body.length,
            eTag: createHash("md5").update(body).digest("hex"),
          },
        },
      },
    ],
  });

describe("the built zip's handler", () => {
  const folder = mkdtempSync(join(tmpdir(), "access-logs-"));
  const servers: HttpServer[] = [];

  beforeAll(() => unzipInto(folder, zipOf("access-logs")));
  afterEach(() => Promise.all(servers.splice(0).map((server) => server.stop())));
  afterAll(() => rmSync(folder, { recursive: true }));

  async function prepare() {
    const engine = new SearchEngine();
    const queue = new MemorySqs();
    const [search, sqs, s3] = [await serve(engine), await serve(queue), await startS3(SOURCE_BUCKET)];
    servers.push(search, sqs, s3);
    const env = {
      SEARCH_ENDPOINT: search.origin,
      ACCESS_LOG_SOURCES: JSON.stringify([{ name: "all", bucket: SOURCE_BUCKET, prefix: "AWSLogs/" }]),
      QUEUE_URL: "https://sqs.eu-central-1.amazonaws.com/111111111111/access-logs",
      QUARANTINE_BUCKET: SOURCE_BUCKET,
      QUARANTINE_PREFIX: "logs/",
      AWS_ENDPOINT_URL_S3: s3.origin,
      AWS_ENDPOINT_URL_SQS: sqs.origin,
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    };
    return { engine, queue, search, sqs, s3, env };
  }

  const putInto = (s3: S3Server, key: string, body: Buffer) => {
    s3.put(key, body);
    return s3Event(key, body);
  };

  it("reads what S3 has announced, gzipped or not, indexes each line and quarantines what is rejected", async () => {
    const { engine, queue, search, s3, env } = await prepare();
    engine.reject = ({ id }) => (id === "2" ? MAPPING_CONFLICT : undefined);
    const zipped = gzipSync([0, 1, 2].map(ELB).join("\n"));
    const event = sqsEvent(
      putInto(s3, KEY, Buffer.from(`${ELB(0)}\n\n`)),
      putInto(s3, KEY.replace("a b", "zipped"), zipped),
      putInto(s3, "AWSLogs/cut.gz", zipped.subarray(0, -9)),
    );
    const { exitCode, lines, stderr } = await invoke(folder, env, event);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({
        Messages: 3,
        Objects: 2,
        UnreadableObjects: 1,
        RejectedEvents: 1,
        UnprocessedMessages: 0,
      }),
      { batchItemFailures: [] },
    ]);
    const indices = [...engine.documents.keys()].map((key) => key.split(".").slice(0, -1).join("."));
    expect(indices.sort()).toEqual([
      "cwl-all-2026.11.26/0",
      "cwl-all-2026.11.26/1",
      "cwl-elb_access-2026.11.26/0",
      "cwl-elb_access-2026.11.26/0",
      "cwl-elb_access-2026.11.26/1",
    ]);
    expect([...engine.documents.values()]).toContainEqual(
      expect.objectContaining({
        aws: expect.objectContaining({ s3: { bucket: { name: SOURCE_BUCKET }, object: { key: KEY } } }),
        cloud: { provider: "aws", account: { id: "111111111111" }, region: "eu-west-1" },
      }),
    );
    const quarantined = [...s3.objects.keys()].filter((key) => key.startsWith("logs/access-logs/"));
    expect(quarantined.sort()).toEqual([
      expect.stringMatching(/^logs\/access-logs\/rejected\/2026\/11\/27\/03\/[\w-]{16}-0\.gz$/),
      expect.stringMatching(/^logs\/access-logs\/unreadable\/2026\/11\/27\/04\/[\w-]{16}\.json$/),
    ]);
    const rejected = gunzipSync(s3.objects.get(quarantined.sort()[0]!)!.body).toString();
    expect(JSON.parse(rejected)).toMatchObject({ line: 2, message: ELB(2), bucket: SOURCE_BUCKET });
    expect(queue.requests).toEqual([]);
    for (const [{ requests }, service] of [
      [search, "es"],
      [s3, "s3"],
    ] as const) {
      expect(requests.map((request) => signatureError(request, { ...CREDENTIALS, region: REGION, service }))).toEqual(
        requests.map(() => undefined),
      );
    }
  });

  it("continues with a message on its queue that is signed, and delivers the rest by it", async () => {
    const { engine, queue, sqs, s3, env } = await prepare();
    const texts = Array.from({ length: 20_000 }, (_, n) => ELB(n));
    const body = gzipSync(texts.join("\n"));
    const etag = createHash("md5").update(body).digest("hex");
    s3.put(KEY, body);
    let message = encodeObjectMessage({ object: { bucket: SOURCE_BUCKET, key: KEY, etag, size: body.length } });
    // Until the function has continued, the third request of an invocation is never answered, so that its time passes.
    const { send } = engine;
    let requests = 0;
    const slow = await serve({
      send: async (request) => {
        requests++;
        if (requests === 3 && sqs.requests.length === 0)
          await new Promise((resolve) => setTimeout(resolve, 60_000).unref());
        return send(request);
      },
    });
    servers.push(slow);
    for (let invocations = 1; invocations <= 6 && message; invocations++) {
      requests = 0;
      const slowly = { ...env, SEARCH_ENDPOINT: slow.origin };
      // A busy machine may not come as far as the end of a chunk: then the message is returned, and comes again.
      const { lines } = await invoke(folder, slowly, sqsEvent(message), 5_000 * invocations);
      const { batchItemFailures } = JSON.parse(lines.at(-1)!);
      if (batchItemFailures.length === 0) message = queue.bodies.splice(0).at(-1) ?? "";
    }
    expect(message).toBe("");
    expect(engine.documents.size).toBe(texts.length);
    expect(sqs.requests.length).toBeGreaterThan(0);
    expect(
      sqs.requests.map((request) => signatureError(request, { ...CREDENTIALS, region: REGION, service: "sqs" })),
    ).toEqual(sqs.requests.map(() => undefined));
  }, 120_000);

  it("ends no message in the way of others, whatever is in a bucket: each has its reason, or is tried again", async () => {
    const { engine, s3, env } = await prepare();
    s3.intercept = ({ target }, response) => {
      if (!target.includes("/denied")) return false;
      s3Error(response, 403, "AccessDenied", "Access Denied");
      return true;
    };
    const sources = [
      { name: "all", bucket: SOURCE_BUCKET },
      { name: "waf", bucket: SOURCE_BUCKET, prefix: "waf/", format: "waf" },
    ];
    const line200Mb = Buffer.alloc(200_000_000, "x");
    const event = sqsEvent(
      s3Event("denied", Buffer.from("x")),
      s3Event("vanished", Buffer.from("x")),
      putInto(s3, "overwritten", Buffer.from("x")),
      putInto(s3, "a.parquet", Buffer.from("PAR1\0\0\0\0PAR1")),
      putInto(s3, "waf/elb.log", Buffer.from(`${ELB(0)}\n{"not":"waf"}`)),
      putInto(
        s3,
        "long.gz",
        gzipSync(Buffer.concat([Buffer.from("before\n"), line200Mb, Buffer.from("\nafter")]), { level: 1 }),
      ),
      "no JSON",
    );
    s3.put("overwritten", Buffer.from("y"));
    const given = { ...env, ACCESS_LOG_SOURCES: JSON.stringify(sources), NODE_OPTIONS: "--max-old-space-size=96" };
    const { exitCode, lines, stderr } = await invoke(folder, given, event);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(JSON.parse(lines.at(-1)!)).toEqual({ batchItemFailures: [{ itemIdentifier: "m-0" }] });
    expect(JSON.parse(lines[0]!)).toMatchObject({
      Objects: 2,
      UnreadableObjects: 4,
      TooLongLines: 1,
      errorCode: "ACCESS_DENIED",
    });
    const messages = [...engine.documents.values()].map(({ message, not }) => message ?? not);
    expect(messages.sort()).toEqual([ELB(0), "after", "before", "waf"]);
    const kept = [...s3.objects]
      .filter(([key]) => key.includes("/unreadable/"))
      .map(([, { body }]) => JSON.parse(body.toString()));
    expect(Object.fromEntries(kept.map(({ key, reason }) => [key ?? "-", reason]))).toEqual({
      "-": "the message is no JSON object",
      vanished: expect.stringMatching(/^404 NoSuchKey/),
      overwritten: expect.stringMatching(/^412 PreconditionFailed/),
      "a.parquet": expect.stringMatching(/Parquet/),
    });
    const [rejected] = [...s3.objects].filter(([key]) => key.includes("/rejected/"));
    expect(JSON.parse(gunzipSync(rejected![1].body).toString())).toEqual({
      ...{ rejection: "a line of more than 1048576 bytes", bucket: SOURCE_BUCKET, key: "long.gz" },
      ...{ etag: expect.any(String), line: 1, offset: 0, skip: 7, length: 200_000_000 },
    });
  });

  it("does not start with validation errors in its environment, and lists all of them", async () => {
    const { exitCode, stderr } = await invoke(folder, { SEARCH_ENDPOINT: "x" }, sqsEvent());
    expect(exitCode).toBe(1);
    expect(stderr).toContain("EnvironmentError: Correct the function's environment variables:");
    for (const name of ["ACCESS_LOG_SOURCES", "QUEUE_URL", "QUARANTINE_BUCKET", "AWS_REGION"]) {
      expect(stderr).toContain(`- ${name} is not set.`);
    }
  });
});
