import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { basicAuthorization } from "../../../core/http/credentials/authorization";
import { aggregated } from "../../../soak/traffic/aggregated";
import { selfSigned } from "../../../tools/certificate";
import { MemoryBucket } from "../../support/bucket";
import { ContentsEngine } from "../../support/contents-engine";
import { invoke, unzipInto, zipOf } from "../../support/function-zip";
import { type HttpServer, serve, startServer } from "../../support/http-server";
import { documentIdOf, envelope, kinesisEvent, logEvent } from "../../support/kinesis";
import { MemoryStream } from "../../support/memory-stream";
import { SearchEngine } from "../../support/search-engine";
import { startSecretsServer } from "../../support/secrets-server";
import { signatureError } from "../../support/sigv4";

const CREDENTIALS = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
const foo = envelope([logEvent(1), logEvent(2, '{"level":"info"}')]);

describe("the built zip's handler", () => {
  const folder = mkdtempSync(join(tmpdir(), "forwarder-"));
  const servers: HttpServer[] = [];

  beforeAll(() => unzipInto(folder, zipOf("forwarder")));
  afterEach(() => Promise.all(servers.splice(0).map((server) => server.stop())));
  afterAll(() => rmSync(folder, { recursive: true }));

  async function prepare() {
    const engine = new SearchEngine();
    const bucket = new MemoryBucket();
    const [search, s3] = [await serve(engine), await serve(bucket)];
    servers.push(search, s3);
    const env = {
      SEARCH_ENDPOINT: search.origin,
      ARCHIVE_BUCKET: "the-archive",
      ARCHIVE_PREFIX: "logs/",
      INDEX_PREFIX: "app-",
      AWS_ENDPOINT_URL_S3: s3.origin,
      AWS_REGION: "eu-central-1",
      AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
      AWS_SESSION_TOKEN: "token",
    };
    return { engine, bucket, search, s3, env };
  }

  it("indexes, archives, logs and acknowledges a batch, with the credentials that Lambda sets", async () => {
    const { engine, bucket, search, s3, env } = await prepare();
    const { exitCode, lines, stderr } = await invoke(folder, env, kinesisEvent(foo, Buffer.from("\0junk")));
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ Records: 2, UnprocessedRecords: 0, DeadLetteredRecords: 1 }),
      { batchItemFailures: [] },
    ]);
    expect([...engine.documents.keys()]).toEqual([1, 2].map((n) => `app-foo-2026.11.21/${documentIdOf(n)}`));
    expect(bucket.lines("the-archive/logs/archive/2026/11/21/03/foo/")).toEqual([JSON.stringify(foo)]);
    expect(bucket.keys("the-archive/logs/dead-letter/2026/11/21/03/logging-pipeline_foo/")).toHaveLength(1);
    const region = "eu-central-1";
    for (const [{ requests }, service] of [
      [search, "es"],
      [s3, "s3"],
    ] as const) {
      expect(requests.map((request) => signatureError(request, { ...CREDENTIALS, region, service }))).toEqual(
        requests.map(() => undefined),
      );
      expect(requests.every(({ headers }) => headers["x-amz-security-token"] === "token")).toBe(true);
    }
  });

  it("takes aggregates apart by a file of its own in the zip", async () => {
    const { engine, env } = await prepare();
    const members = [1, 2].map((n) => gzipSync(JSON.stringify(envelope([logEvent(n)]))));
    const { exitCode, lines, stderr } = await invoke(folder, env, kinesisEvent(aggregated(members)));
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(JSON.parse(lines[0]!)).toMatchObject({ Records: 1, UnprocessedRecords: 0, DeadLetteredRecords: 0 });
    expect([...engine.documents.keys()]).toEqual([1, 2].map((n) => `app-foo-2026.11.21/${documentIdOf(n)}`));
  });

  it("compresses the bodies of _bulk alone, if it is told to, and signs what it sends", async () => {
    const { engine, env } = await prepare();
    const search = await serve({
      send: async (request) => {
        if (!request.path.startsWith("/_bulk")) return new ContentsEngine().send(request);
        return engine.send({ ...request, body: gunzipSync(request.body) });
      },
    });
    servers.push(search);
    const compressing = { ...env, SEARCH_ENDPOINT: search.origin, INDEX_TEMPLATE: "logs", COMPRESS_REQUESTS: "on" };

    const { exitCode, stderr } = await invoke(folder, compressing, kinesisEvent(foo));

    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect([...engine.documents.keys()]).toEqual([1, 2].map((n) => `app-foo-2026.11.21/${documentIdOf(n)}`));
    const expected = { ...CREDENTIALS, region: "eu-central-1", service: "es" };
    expect(search.requests.map((request) => signatureError(request, expected))).toEqual(
      search.requests.map(() => undefined),
    );
    const encoded = search.requests.filter(({ headers }) => headers["content-encoding"] !== undefined);
    expect(encoded.map(({ target, headers }) => [target.split("?")[0], headers["content-encoding"]])).toEqual([
      ["/_bulk", "gzip"],
    ]);
    expect(search.requests.length).toBeGreaterThan(1);
  });

  it("puts the index template of its environment before its first write, and asks for it once if it is there", async () => {
    const { engine, env } = await prepare();
    const contents = new ContentsEngine();
    const both = await serve({
      send: (request) => (request.path.startsWith("/_bulk") ? engine : contents).send(request),
    });
    servers.push(both);
    const settings = { INDEX_TEMPLATE: "logs", INDEX_SHARDS: "3", INDEX_PERIOD: "month", INDEX_RETENTION_DAYS: "30" };
    const templated = { ...env, ...settings, SEARCH_ENDPOINT: both.origin };
    const targets = () => both.requests.splice(0).map(({ method, target }) => `${method} ${target.split("?")[0]}`);
    const bulk = "POST /_bulk";
    const template = "/_index_template/logs";
    const policy = "/_plugins/_ism/policies/logs";

    const { exitCode, lines } = await invoke(folder, templated, kinesisEvent(foo));
    expect([exitCode, JSON.parse(lines[0]!).IndexSetupWarnings]).toEqual([0, 0]);
    expect(targets()).toEqual([`GET ${template}`, `GET ${policy}`, `PUT ${policy}`, `PUT ${template}`, bulk]);
    const index_patterns = ["app-*-20*.*"];
    expect(contents.templates.get("logs")).toMatchObject({
      index_patterns,
      _meta: {
        pipeline: "logs",
        index_prefix: "app-",
        lifecycle: "ism",
        settings: expect.stringContaining("shards=3"),
      },
    });
    await invoke(folder, templated, kinesisEvent(foo));
    expect(targets()).toEqual([`GET ${template}`, bulk]);
  });

  it("puts events into a target stream, signed for it, without a search endpoint", async () => {
    const { bucket, env } = await prepare();
    const stream = new MemoryStream();
    const kinesis = await serve(stream);
    servers.push(kinesis);
    const { SEARCH_ENDPOINT: _, ...rest } = env;
    const streaming = { ...rest, TARGET_STREAM_ARN: MemoryStream.ARN, AWS_ENDPOINT_URL_KINESIS: kinesis.origin };
    const { exitCode, stderr } = await invoke(folder, streaming, kinesisEvent(foo));
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stream.lines.map((line) => JSON.parse(line).event.id)).toEqual([1, 2].map((n) => documentIdOf(n)));
    expect(bucket.lines("the-archive/logs/archive/2026/11/21/03/foo/")).toEqual([JSON.stringify(foo)]);
    const [request] = kinesis.requests;
    expect(signatureError(request!, { ...CREDENTIALS, region: "eu-central-1", service: "kinesis" })).toBeUndefined();
  });

  it("sends the credentials in a secret by TLS of an authority of one's own, and those after a rotation", async () => {
    const { engine, bucket, env } = await prepare();
    const certificate = selfSigned("127.0.0.1");
    const secretOf = (password: string) =>
      JSON.stringify({ username: "logs", password, ca_certificate: certificate.cert.replaceAll("\n", " ") });
    const secrets = await startSecretsServer(secretOf("hunter1"));
    const authorizations: (string | undefined)[] = [];
    const search = await startServer(async ({ method, target, headers, body }, response) => {
      authorizations.push(headers.authorization);
      // The password was changed, and now the secret is.
      if (headers.authorization !== basicAuthorization("logs", "hunter2")) {
        secrets.versions.set("v1", secretOf("hunter2"));
        response.writeHead(401).end("hunter1");
        return;
      }
      const limits = { timeoutMs: 0, maxResponseBytes: 0 };
      const answer = await engine.send({ method: method as "POST", path: target, headers, body, ...limits });
      response.writeHead(answer.status).end(answer.body);
    }, certificate);
    servers.push(secrets, search);
    const SEARCH_SECRET_ARN = "arn:aws:secretsmanager:us-east-1:111111111111:secret:search-AbCdEf";
    const withSecret = {
      ...env,
      SEARCH_ENDPOINT: search.origin,
      SEARCH_SECRET_ARN,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.origin,
    };

    const { exitCode, lines, stderr } = await invoke(folder, withSecret, kinesisEvent(foo));

    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect([...engine.documents.keys()]).toEqual([1, 2].map((n) => `app-foo-2026.11.21/${documentIdOf(n)}`));
    expect(bucket.lines("the-archive/logs/archive/2026/11/21/03/foo/")).toEqual([JSON.stringify(foo)]);
    expect(authorizations).toEqual(["hunter1", "hunter2"].map((password) => basicAuthorization("logs", password)));
    expect(secrets.requests.map(({ body }) => JSON.parse(body.toString()))).toEqual(
      Array(2).fill({ SecretId: SEARCH_SECRET_ARN }),
    );
    const expected = { ...CREDENTIALS, region: "us-east-1", service: "secretsmanager" };
    expect(secrets.requests.map((request) => signatureError(request, expected))).toEqual([undefined, undefined]);
    expect(lines.join()).not.toMatch(/hunter|CERTIFICATE|Basic/);
  });

  it("fails the batch, with what is wrong and nothing of the secret, when it holds no credentials", async () => {
    const { bucket, search, env } = await prepare();
    const secrets = await startSecretsServer('{"username":"logs","password":"hunter1\\n"}');
    servers.push(secrets);
    const SEARCH_SECRET_ARN = "arn:aws:secretsmanager:us-east-1:111111111111:secret:search-AbCdEf";
    const AWS_ENDPOINT_URL_SECRETS_MANAGER = secrets.origin;
    const { exitCode, lines, stderr } = await invoke(
      folder,
      { ...env, SEARCH_SECRET_ARN, AWS_ENDPOINT_URL_SECRETS_MANAGER },
      kinesisEvent(foo),
    );
    expect(exitCode).toBe(1);
    expect(JSON.parse(lines[0]!)).toMatchObject({
      errorCode: "SECRET_UNUSABLE",
      error: expect.stringContaining(
        `The secret ${SEARCH_SECRET_ARN} holds no credentials for search: username or password`,
      ),
    });
    expect(lines.join() + stderr).not.toContain("hunter");
    expect([search.requests, bucket.requests]).toEqual([[], []]);
  });

  it("fails the batch, with advice, when the endpoint denies access", async () => {
    const { engine, bucket, env } = await prepare();
    engine.answers.push({ status: 403, body: '{"Message":"no"}' });
    const { exitCode, stderr } = await invoke(folder, env, kinesisEvent(foo));
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/DeliveryError: http:\/\/127.0.0.1:\d+ answered 403 to _bulk. Allow the sender's role/);
    expect(bucket.requests).toEqual([]);
  });

  it("does not start with validation errors in its environment, and lists all of them", async () => {
    const { exitCode, stderr } = await invoke(folder, { SEARCH_ENDPOINT: "x" }, kinesisEvent(foo));
    expect(exitCode).toBe(1);
    expect(stderr).toContain("EnvironmentError: Correct the function's environment variables:");
    expect(stderr).toContain("- SEARCH_ENDPOINT is no URL that begins with https:// or http://. Allowed: ");
    expect(stderr).toContain("- ARCHIVE_BUCKET is not set.");
    expect(stderr).toContain("- AWS_REGION is not set.");
  });
});
