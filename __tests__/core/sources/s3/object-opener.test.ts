import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { nodeStream } from "../../../../core/http/node-stream";
import { sign } from "../../../../core/http/sign";
import type { SourceObjectError } from "../../../../core/sources/s3/object-error";
import { objectOpener } from "../../../../core/sources/s3/object-opener";
import type { ObjectPosition } from "../../../../core/sources/s3/object-position";
import { type HttpServer, startServer } from "../../../support/http-server";
import { chunkTexts } from "../../../support/object-lines";
import type { WireRequest } from "../../../support/sigv4";

const OBJECT = { bucket: "my-logs", key: "AWSLogs/a b+c/ü(1)%2B.gz", etag: "abc-2" };
const LINES = Array.from({ length: 30_000 }, (_, i) => `line ${i} ${randomBytes(20).toString("hex")}`);
const GZIP = gzipSync(`${LINES.join("\n")}\n`);
const MODIFIED = "Fri, 27 Nov 2026 10:00:00 GMT";

type Answer = (response: ServerResponse, request: WireRequest, message: IncomingMessage) => void;

let server: HttpServer;
let answers: Answer[];
let remainingMs: number;
const failed: string[] = [];
beforeAll(async () => {
  server = await startServer((request, response, message) => (answers.shift() ?? sends())(response, request, message));
});
beforeEach(() => {
  answers = [];
  remainingMs = 60_000;
  failed.length = 0;
  server.requests.length = 0;
});
afterAll(() => server.stop());

/** Answers as S3 does; `until`: closes the connection behind this byte of the object. */
const sends =
  (body = GZIP, until = body.length): Answer =>
  (response, { headers }) => {
    const from = Number(/^bytes=(\d+)-$/.exec(headers.range ?? "")?.[1] ?? 0);
    response.writeHead(headers.range ? 206 : 200, {
      "content-length": body.length - from,
      "last-modified": MODIFIED,
      etag: headers["if-match"],
    });
    if (until === body.length) response.end(body.subarray(from));
    else response.write(body.subarray(from, until), () => response.destroy());
  };

const refuses =
  (status: number, code: string, more = "", headers: Record<string, string> = {}): Answer =>
  (response) =>
    response
      .writeHead(status, headers)
      .end(`<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code>${more}</Error>`);

const open = objectOpener({
  stream: (target) => {
    const stream = nodeStream(target.origin);
    const credentials = { accessKeyId: "AKIA", secretAccessKey: "secret" };
    return (request) =>
      stream({ ...request, headers: sign({ ...request, method: "GET", body: Buffer.alloc(0) }, target, credentials) });
  },
  region: "eu-central-1",
  get endpoint() {
    return server.origin;
  },
  requestTimeoutMs: 300,
  retry: { remainingMs: () => remainingMs, sleep: async () => {}, random: () => 0, unreachableTries: 3 },
  failed: (reason) => failed.push(reason),
});

async function linesOf(position?: ObjectPosition): Promise<string[]> {
  const lines: string[] = [];
  const { chunks } = await open({ object: OBJECT, ...(position && { position }) }, "auto");
  for await (const chunk of chunks) lines.push(...chunkTexts(chunk));
  return lines;
}

/** What reading fails with, and the lines before. */
async function failureOf(position?: ObjectPosition): Promise<{ error: SourceObjectError; lines: string[] }> {
  const lines: string[] = [];
  try {
    const { chunks } = await open({ object: OBJECT, ...(position && { position }) }, "auto");
    for await (const chunk of chunks) lines.push(...chunkTexts(chunk));
  } catch (error) {
    return { error: error as SourceObjectError, lines };
  }
  throw new Error(`nothing failed; ${lines.length} lines`);
}

describe("objectOpener", () => {
  it("asks for the version of the event, by a signed request with an encoded key", async () => {
    const { lastModified, size, chunks } = await open({ object: OBJECT }, "auto");
    expect([lastModified, size]).toEqual([Date.parse(MODIFIED), GZIP.length]);
    await chunks.return();
    const [{ method, target, headers }] = server.requests as [WireRequest];
    expect([method, target]).toEqual(["GET", "/my-logs/AWSLogs/a%20b%2Bc/%C3%BC%281%29%252B.gz"]);
    expect(headers["if-match"]).toBe('"abc-2"');
    expect(headers.range).toBeUndefined();
    expect(headers.authorization).toContain("/eu-central-1/s3/aws4_request");
  });

  it("opens a connection that breaks again where it broke, and reads each line once", async () => {
    const half = Math.floor(GZIP.length / 2);
    answers = [sends(GZIP, 1), sends(GZIP, half), sends(GZIP, half + 70_000)];
    expect(await linesOf()).toEqual(LINES);
    // As far as the bytes came before the connection broke.
    const from = server.requests.map(({ headers }) => Number(/\d+/.exec(headers.range ?? "0")![0]));
    expect(from).toEqual(from.toSorted((a, b) => a - b));
    expect(from[3]).toBeGreaterThan(1);
    for (const [i, limit] of [0, 1, half, half + 70_000].entries()) expect(from[i]).toBeLessThanOrEqual(limit);
    expect(server.requests.every(({ headers }) => headers["if-match"] === '"abc-2"')).toBe(true);
    expect(failed).toHaveLength(3);
  });

  it("opens a connection that sends nothing more again", async () => {
    const stalls: Answer = (response) => {
      response.writeHead(200, { "content-length": GZIP.length, "last-modified": MODIFIED });
      response.write(GZIP.subarray(0, 1000));
    };
    answers = [stalls];
    expect(await linesOf()).toEqual(LINES);
    expect(server.requests[1]!.headers.range).toBe("bytes=1000-");
    expect(failed).toEqual(["no complete response in time"]);
  });

  it("names a version that was overwritten while it was read", async () => {
    answers = [sends(GZIP, Math.floor(GZIP.length / 2)), refuses(412, "PreconditionFailed")];
    const { error, lines } = await failureOf();
    expect(error).toMatchObject({ outcome: "quarantined", reason: "412 PreconditionFailed" });
    expect(lines.length).toBeGreaterThan(10_000);
    expect(lines).toEqual(LINES.slice(0, lines.length));
  });

  it("waits while nobody reads, without losing the connection", async () => {
    const { chunks } = await open({ object: OBJECT }, "auto");
    const first = await chunks.next();
    await new Promise((resolve) => setTimeout(resolve, 500));
    const lines = chunkTexts(first.value!);
    for await (const chunk of chunks) lines.push(...chunkTexts(chunk));
    expect(lines).toEqual(LINES);
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    [503, "SlowDown", ""],
    [500, "InternalError", ""],
    [400, "RequestTimeout", ""],
  ])("tries again after %i %s", async (status, code, more) => {
    answers = [refuses(status, code, more), refuses(status, code, more)];
    expect(await linesOf()).toHaveLength(LINES.length);
    expect(failed).toEqual([`${status} ${code}`, `${status} ${code}`]);
  });

  it("gives up for the message's next delivery when the deadline comes first", async () => {
    answers = Array.from({ length: 9 }, () => refuses(503, "SlowDown"));
    const promise = failureOf();
    remainingMs = 0;
    expect((await promise).error).toMatchObject({ code: "DEADLINE_PASSED", outcome: "message retried" });
  });

  const denied =
    '<Message>User: arn:aws:sts::1:assumed-role/r/s is not authorized to perform: kms:Decrypt on resource: "arn:aws:kms:eu-central-1:1:key/k" because no identity-based policy allows the kms:Decrypt action</Message>';
  it.each([
    [404, "NoSuchKey", "", "quarantined", /deleted it/],
    [404, "NoSuchBucket", "", "quarantined", /Remove the bucket/],
    [412, "PreconditionFailed", "", "quarantined", /newer object/],
    [403, "InvalidObjectState", "", "quarantined", /Restore it/],
    [400, "InvalidRequest", "", "quarantined", /SSE-C/],
    [403, "AccessDenied", "", "message retried", /s3:GetObject/],
    [403, "AccessDenied", denied, "message retried", /KMS key.*kms:Decrypt.*S3 says: User: arn:aws:sts/],
    [400, "KMS.DisabledException", "", "message retried", /KMS key.*Enable the key/],
    [400, "ExpiredToken", "", "message retried", /s3:GetObject/],
    [302, "", "", "message retried", /proxies/],
  ])("says of %i %s %s what becomes of the message, and what to do", async (status, code, more, outcome, message) => {
    answers = [refuses(status, code, more)];
    const { error } = await failureOf();
    expect(error.outcome).toBe(outcome);
    expect(error.message).toMatch(message);
    expect(error.message).toContain(`${status} ${code}`.trim());
  });

  it.each([
    [301, "PermanentRedirect", "", { "x-amz-bucket-region": "us-west-2" }],
    [400, "AuthorizationHeaderMalformed", "<Region>us-west-2</Region>", {}],
    [307, "TemporaryRedirect", "", { "x-amz-bucket-region": "us-west-2" }],
  ])("reads a bucket of another region after %i %s, and remembers the region", async (status, code, more, headers) => {
    const bucket = `in-oregon-${status}`;
    answers = [refuses(status, code, more, headers)];
    for (let i = 0; i < 2; i++) await (await open({ object: { ...OBJECT, bucket } }, "auto")).chunks.return();
    const regions = server.requests.map(({ headers: sent }) => /\/([a-z0-9-]+)\/s3\//.exec(sent.authorization!)![1]);
    expect(regions).toEqual(["eu-central-1", "us-west-2", "us-west-2"]);
  });

  it("believes no region that is none, and follows no second redirect", async () => {
    answers = [refuses(301, "PermanentRedirect", "", { "x-amz-bucket-region": "evil.example/" })];
    expect((await failureOf()).error).toMatchObject({ outcome: "message retried", code: "UNEXPECTED_RESPONSE" });
    const to = (region: string) => refuses(301, "PermanentRedirect", "", { "x-amz-bucket-region": region });
    answers = [to("us-west-1"), to("us-east-1"), to("us-east-2")];
    expect((await failureOf()).error.message).toContain("redirected from region to region");
    expect(server.requests).toHaveLength(3);
  });

  it.each([
    ["another version", 0, 200, { etag: '"other"' }],
    ["another part", 5, 206, { "content-range": "bytes 0-9/10" }],
    ["the whole in place of a part", 5, 200, {}],
    ["no length", 0, 200, { "content-length": undefined }],
    ["no time", 0, 200, { "last-modified": undefined }],
  ])("makes no lines of %s", async (_, offset, status, headers) => {
    const body = Buffer.from("a\nb\nc\nd\ne\n");
    const sent = Object.entries({ "content-length": "10", "last-modified": MODIFIED, ...headers });
    answers = [
      (response) =>
        response
          .writeHead(
            status,
            sent.flatMap(([name, value]) => (value ? [name, value] : [])),
          )
          .end(body),
    ];
    const position: ObjectPosition = { line: 3, offset: offset + 1, skip: 0, isGzip: false, form: "lines" };
    const { error, lines } = await failureOf(offset > 0 ? position : undefined);
    expect(error).toMatchObject({ outcome: "message retried", code: "UNEXPECTED_RESPONSE" });
    expect(lines).toEqual([]);
  });

  it.each(['"ABC-2"', 'W/"abc-2"', "abc-2"])("takes %s for the ETag of the event", async (etag) => {
    answers = [
      (response) =>
        response.writeHead(200, { "content-length": 1, "last-modified": MODIFIED, etag }).end(Buffer.from("a")),
    ];
    expect(await linesOf()).toEqual(["a"]);
  });

  it("reads on from the end of an object, where nothing is left", async () => {
    const body = Buffer.from("a\nb\n");
    answers = [sends(body)];
    const end: ObjectPosition = { line: 2, offset: 4, skip: 0, isGzip: false, form: "lines" };
    expect(await linesOf(end)).toEqual([]);
    answers = [sends(body)];
    expect(await linesOf({ ...end, line: 1, offset: 2 })).toEqual(["b"]);
  });

  it("closes the connection of an object that is read no further, even if nobody has begun", async () => {
    const closed: Promise<unknown>[] = [];
    const endless: Answer = (response) => {
      closed.push(new Promise((resolve) => response.once("close", resolve)));
      response.writeHead(200, { "content-length": 1e9, "last-modified": MODIFIED }).write("line\n".repeat(300_000));
    };
    answers = [endless, endless];
    await (await open({ object: OBJECT }, "auto")).chunks.return();
    const { chunks } = await open({ object: OBJECT }, "auto");
    await chunks.next();
    await chunks.return();
    await Promise.all(closed);
    expect(server.requests).toHaveLength(2);
  });
});
