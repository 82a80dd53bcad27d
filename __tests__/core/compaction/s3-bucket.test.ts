import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";
import { S3Bucket } from "../../../core/compaction/s3-bucket";
import { bucketAddress } from "../../../core/http/bucket-address";
import { lambdaSend, lambdaStream } from "../../../core/http/lambda-send";
import { type HttpServer, startServer } from "../../support/http-server";
import { s3Error } from "../../support/s3-server";
import { signatureError, type WireRequest } from "../../support/sigv4";

const CREDENTIALS = { AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "secret" };
const EXPECTED = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret", region: "us-east-1", service: "s3" };
const before = { ...process.env };

type Answer = (response: ServerResponse, request: WireRequest) => void;

let server: HttpServer;
/** Answers of the server, one after the other; the last one for all further requests. */
let answers: Answer[] = [];
let failures: string[] = [];
let remaining: () => number;

beforeAll(async () => {
  Object.assign(process.env, CREDENTIALS);
  delete process.env.AWS_SESSION_TOKEN;
  server = await startServer((request, response) => {
    const wrong = signatureError(request, EXPECTED);
    if (wrong) s3Error(response, 403, "SignatureDoesNotMatch", wrong);
    else (answers.length > 1 ? answers.shift()! : answers[0]!)(response, request);
  });
});

afterAll(async () => {
  process.env = before;
  await server.stop();
});

beforeEach(() => {
  server.requests.length = 0;
  failures = [];
  remaining = () => 10_000;
});

function bucketOf(...given: Answer[]): S3Bucket {
  answers = given;
  const address = bucketAddress("logs", "us-east-1", server.origin);
  const retry = { remainingMs: () => remaining(), sleep: async () => {}, random: () => 0, unreachableTries: 3 };
  const connections = { send: lambdaSend(address.target), stream: lambdaStream(address.target) };
  const limits = {
    permissionsIn: "docs/archive.md",
    requestTimeoutMs: 5_000,
    retry,
    failed: (reason: string) => failures.push(reason),
  };
  return new S3Bucket({ bucket: "logs", address, ...connections, ...limits });
}

const ok =
  (body: Buffer | string = "", headers: Record<string, string> = {}): Answer =>
  (response) => {
    response.writeHead(200, headers).end(body);
  };
const error =
  (status: number, code: string): Answer =>
  (response) =>
    s3Error(response, status, code, "message");

const listing = (keys: readonly string[], next = "") =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>${next !== ""}</IsTruncated>${keys
    .map((key) => `<Contents><Key>${key}</Key><ETag>&quot;e&quot;</ETag><Size>5</Size></Contents>`)
    .join("")}${next && `<NextContinuationToken>${next}</NextContinuationToken>`}</ListBucketResult>`;

async function listed(bucket: S3Bucket) {
  const objects = [];
  for await (const object of bucket.list("a b/archive/")) objects.push(object);
  return objects;
}

describe("S3Bucket", () => {
  it("lists page by page, and reads encoded keys", async () => {
    const objects = await listed(bucketOf(ok(listing(["a+b/x%7Ey.gz"], "1/+=")), ok(listing(["a+b/z%26.gz"]))));

    expect(objects).toEqual([
      { key: "a b/x~y.gz", etag: '"e"', bytes: 5 },
      { key: "a b/z&.gz", etag: '"e"', bytes: 5 },
    ]);
    expect(server.requests.map(({ target }) => target)).toEqual([
      "/logs/?encoding-type=url&list-type=2&prefix=a%20b%2Farchive%2F",
      "/logs/?continuation-token=1%2F%2B%3D&encoding-type=url&list-type=2&prefix=a%20b%2Farchive%2F",
    ]);
  });

  it("lists folders, from behind a key on", async () => {
    const page =
      "<ListBucketResult><Prefix>a/</Prefix><IsTruncated>false</IsTruncated><Contents><Key>a/x+y</Key><ETag>e</ETag><Size>1</Size></Contents>" +
      "<CommonPrefixes><Prefix>a/2026%2F</Prefix></CommonPrefixes><CommonPrefixes><Prefix>a/b/</Prefix></CommonPrefixes></ListBucketResult>";
    const pages = [];
    for await (const each of bucketOf(ok(page)).pages("a/", { delimiter: "/", startAfter: "a/1 2" })) pages.push(each);
    expect(pages).toEqual([{ objects: [{ key: "a/x y", etag: "e", bytes: 1 }], folders: ["a/2026/", "a/b/"] }]);
    expect(server.requests[0]!.target).toBe(
      "/logs/?delimiter=%2F&encoding-type=url&list-type=2&prefix=a%2F&start-after=a%2F1%202",
    );
  });

  it("opens a version from a byte on, and leaves it to its reader what arrives of it", async () => {
    const bucket = bucketOf(error(503, "SlowDown"), ok("tent", { "x-amz-meta-receipt": "{}", "content-length": "4" }));
    const { body, ...opened } = (await bucket.open({ key: "a", etag: '"e"' }, 3))!;
    expect(opened).toEqual({ metadata: { receipt: "{}" }, bytes: 4 });
    const parts = [];
    for await (const part of body) parts.push(part);
    expect(Buffer.concat(parts).toString()).toBe("tent");
    expect(server.requests[1]!.headers).toMatchObject({ range: "bytes=3-", "if-match": '"e"' });
    expect(await bucketOf(error(412, "PreconditionFailed")).open({ key: "a", etag: '"e"' })).toBeUndefined();
  });

  it.each([
    "",
    "<html>sign in</html>",
    "<ListBucketResult><Contents><Key>a</Key></Contents></ListBucketResult>",
    "<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>",
  ])("takes %j for no listing: an empty one would be wrong", async (body) => {
    await expect(listed(bucketOf(ok(body)))).rejects.toMatchObject({ code: "UNEXPECTED_RESPONSE" });
  });

  it("takes no listing that has a key twice, such as of a page that S3 repeats: its lines would be written twice", async () => {
    const page = ok(listing(["a.gz", "b.gz"], "1"));
    await expect(listed(bucketOf(page, page))).rejects.toMatchObject({
      code: "UNEXPECTED_RESPONSE",
      message: expect.stringContaining("200 with keys that are not in order"),
    });
    const keys = ["a\uffee.gz", "a\u{1f408}.gz"];
    expect((await listed(bucketOf(ok(listing(keys.map(encodeURIComponent)))))).map(({ key }) => key)).toEqual(keys);
  });

  it.each<[Answer, boolean]>([
    [ok("<ObjectLockConfiguration/>"), true],
    [error(404, "ObjectLockConfigurationNotFoundError"), false],
  ])("knows whether there is Object Lock", async (answer, expected) => {
    expect(await bucketOf(answer).isLocked()).toBe(expected);
    expect(server.requests[0]!.target).toBe("/logs/?object-lock");
  });

  it("does not take a bucket that is missing for one without Object Lock", async () => {
    await expect(bucketOf(error(404, "NoSuchBucket")).isLocked()).rejects.toMatchObject({
      code: "UNEXPECTED_RESPONSE",
      message:
        "Cannot check the Object Lock of bucket logs: 404 NoSuchBucket. docs/archive.md lists what the function's role needs.",
    });
    await expect(bucketOf(error(404, "Other")).isLocked()).rejects.toMatchObject({ code: "UNEXPECTED_RESPONSE" });
  });

  it("reads a version with its metadata, or the start of it", async () => {
    const bucket = bucketOf(ok("content", { "x-amz-meta-receipt": "{}" }));
    expect(await bucket.read({ key: "a/b~c.gz", etag: '"e"' })).toEqual({
      body: Buffer.from("content"),
      metadata: { receipt: "{}" },
    });
    expect(server.requests[0]).toMatchObject({ target: "/logs/a/b~c.gz", headers: { "if-match": '"e"' } });
    // An endpoint may not know `Range`.
    expect((await bucket.read({ key: "a" }, 4))!.body.toString()).toBe("cont");
    expect(server.requests[1]!.headers).toMatchObject({ range: "bytes=0-3" });
    expect(server.requests[1]!.headers).not.toHaveProperty("if-match");
  });

  it("reads again what was cut off, and what failed", async () => {
    const cutOff: Answer = (response) => {
      response.writeHead(200, { "content-length": 100 }).write("begin", () => response.destroy());
    };
    const bucket = bucketOf(error(503, "SlowDown"), cutOff, ok("content"));
    expect((await bucket.read({ key: "a" }))!.body.toString()).toBe("content");
    expect(failures).toEqual(["503 SlowDown", expect.any(String)]);
  });

  it("knows that a version is gone", async () => {
    for (const status of [404, 412]) {
      expect(await bucketOf(error(status, "Code")).read({ key: "a", etag: "e" })).toBeUndefined();
      expect(await bucketOf(error(status, "Code")).remove({ key: "a", etag: "e" })).toBe(false);
    }
    expect(await bucketOf((response) => response.writeHead(204).end()).remove({ key: "a", etag: '"e"' })).toBe(true);
    expect(server.requests.at(-1)).toMatchObject({
      method: "DELETE",
      target: "/logs/a",
      headers: { "if-match": '"e"' },
    });
  });

  it("creates an object with a checksum, and never overwrites one", async () => {
    const body = Buffer.from("content");
    expect(await bucketOf(ok()).create("a", body, { lines: "1" })).toBe(true);
    expect(server.requests[0]).toMatchObject({
      method: "PUT",
      headers: {
        "if-none-match": "*",
        "x-amz-meta-lines": "1",
        "x-amz-checksum-sha256": createHash("sha256").update(body).digest("base64"),
      },
    });
    for (const status of [409, 412]) expect(await bucketOf(error(status, "Code")).create("a", body, {})).toBe(false);
  });

  it.each<[string, (bucket: S3Bucket) => Promise<unknown>]>([
    ["read from", (bucket) => bucket.read({ key: "a" })],
    ["write to", (bucket) => bucket.create("a", Buffer.from("b"), {})],
    ["delete from", (bucket) => bucket.remove({ key: "a", etag: "e" })],
    ["list", listed],
  ])("says what it may not: %s", async (what, call) => {
    await expect(call(bucketOf(error(403, "AccessDenied")))).rejects.toMatchObject({
      code: "ACCESS_DENIED",
      message: `Cannot ${what} bucket logs: 403 AccessDenied. docs/archive.md lists what the function's role needs.`,
    });
    remaining = () => 0;
    await expect(call(bucketOf(ok()))).rejects.toMatchObject({
      code: "DEADLINE_PASSED",
      message: `Could not ${what} bucket logs in time: no time was left.`,
    });
  });

  it("gives up an endpoint that cannot be reached, and one without TLS", async () => {
    const closed = await startServer(() => {});
    await closed.stop();
    for (const [origin, code] of [
      [closed.origin, "UNREACHABLE"],
      [server.origin.replace("http:", "https:"), "TLS_FAILED"],
    ] as const) {
      const address = bucketAddress("logs", "us-east-1", origin);
      const retry = { remainingMs: () => 10_000, sleep: async () => {}, random: () => 0, unreachableTries: 3 };
      const connections = { send: lambdaSend(address.target), stream: lambdaStream(address.target) };
      const bucket = new S3Bucket({
        bucket: "logs",
        address,
        ...connections,
        permissionsIn: "docs/archive.md",
        requestTimeoutMs: 5_000,
        retry,
        failed: () => {},
      });
      await expect(bucket.read({ key: "a" })).rejects.toMatchObject({ code });
      await expect(bucket.isLocked()).rejects.toMatchObject({ code });
    }
  });

  it("reads no more of an error than it needs", async () => {
    const bucket = bucketOf((response) => response.writeHead(403).end("x".repeat(300_000)));
    await expect(bucket.read({ key: "a" })).rejects.toMatchObject({ code: "ACCESS_DENIED" });
  });
});
