import { bucketAddress } from "../../../../core/http/bucket-address";
import { type PutIo, putObject } from "../../../../core/sinks/archive/put-object";
import { MemoryBucket } from "../../../support/bucket";
import { FakeClock, retryIo } from "../../../support/clock";

const OBJECT = {
  key: "archive/2026/11/21/03/foo/shardId-000000000000-1.gz",
  body: Buffer.from([1, 2, 3]),
  contentType: "application/gzip",
  metadata: { records: "1" },
};

function prepare(deadlineMs = 10_000) {
  const bucket = new MemoryBucket();
  const clock = new FakeClock(deadlineMs);
  const failures: string[] = [];
  const io: PutIo = {
    send: bucket.send,
    bucket: "the-archive",
    pathPrefix: "/",
    requestTimeoutMs: 3000,
    retry: retryIo(clock),
    failed: (reason) => failures.push(reason),
  };
  return { bucket, clock, io, failures };
}

describe("putObject", () => {
  it("puts bytes, type and metadata under the key, with a checksum, which a locked bucket demands", async () => {
    const { bucket, io } = prepare();
    await putObject(OBJECT, { ...io, pathPrefix: "/the-archive/" });
    expect(bucket.requests).toEqual([
      {
        method: "PUT",
        path: `/the-archive/${OBJECT.key}`,
        headers: {
          ...{ "Content-Type": "application/gzip", "x-amz-meta-records": "1" },
          "X-Amz-Content-Sha256": "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81",
          "x-amz-checksum-sha256": "A5BYxvLAy0ksUzsKTRTvd8wPeKvMztUofYShogEc+4E=",
          "x-amz-sdk-checksum-algorithm": "SHA256",
        },
        body: OBJECT.body,
        timeoutMs: 3000,
        maxResponseBytes: 256 * 1024,
      },
    ]);
  });

  it("retries after no response, 429 and 5xx, and waits longer each time", async () => {
    const { bucket, clock, io, failures } = prepare();
    const slowDown = { status: 503, body: "<Error><Code>SlowDown</Code></Error>" };
    bucket.answers.push(new Error("reset"), { status: 429, body: "" }, { status: 500, body: "" }, slowDown);
    await putObject(OBJECT, io);
    expect(bucket.keys()).toEqual([OBJECT.key]);
    expect(clock.waits).toEqual([100, 200, 400, 800]);
    expect(failures).toEqual(["reset", "429", "500", "503 SlowDown"]);
  });

  it("gives up when the next wait would end after the deadline, and reports S3's last response", async () => {
    const { bucket, clock, io } = prepare(1000);
    bucket.answers.push(...Array(9).fill({ status: 503, body: "<Error><Code>SlowDown</Code></Error>" }));
    await expect(putObject(OBJECT, io)).rejects.toMatchObject({
      name: "ArchiveError",
      message: "S3 did not store an object in bucket the-archive in time: 503 SlowDown. Lambda retries the batch.",
    });
    expect(clock.nowMs).toBeLessThan(1000);
  });

  it("never lets a request last longer than the time that is left, and sends none after it", async () => {
    const { bucket, clock, io } = prepare(1000);
    await putObject(OBJECT, io);
    expect(bucket.requests[0]!.timeoutMs).toBe(1000);
    clock.nowMs = 1000;
    await expect(putObject(OBJECT, io)).rejects.toThrow("no time was left");
    expect(bucket.requests).toHaveLength(1);
  });

  it.each([
    [403, "AccessDenied"],
    [404, "NoSuchBucket"],
  ])("fails at once after %i %s, with advice", async (status, code) => {
    const { bucket, clock, io } = prepare();
    bucket.answers.push({ status, body: `<Error><Code>${code}</Code></Error>` });
    await expect(putObject(OBJECT, io)).rejects.toMatchObject({
      name: "ArchiveError",
      message: expect.stringContaining(`bucket the-archive: ${status} ${code}. Check that the bucket exists`),
    });
    expect(clock.waits).toEqual([]);
  });
});

describe("putObject, given a body that is not S3's", () => {
  it.each([
    "<html><Code>secret</Code></html>",
    "a line of a log: <Error><Code>secret</Code></Error>",
    "<Error><Message>a secret</Message></Error>",
    `<Error><Code>${"secret".repeat(20)}</Code></Error>`,
    '{"Message":"a secret"}',
  ])("neither throws nor reports it: %s", async (body) => {
    for (const status of [200, 301, 400, 403, 404, 503]) {
      const { bucket, io, failures } = prepare(1000);
      bucket.answers.push(...Array(99).fill({ status, body }));
      const thrown = await putObject(OBJECT, io).catch(String);
      expect(JSON.stringify([thrown ?? null, failures])).not.toContain("secret");
    }
  });
});

describe("putObject, without a response", () => {
  const refused = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });

  it("gives up after three refused connections, with advice", async () => {
    const { bucket, io, failures } = prepare();
    bucket.answers.push(...Array(9).fill(refused));
    await expect(putObject(OBJECT, io)).rejects.toThrow(/connect ECONNREFUSED. Check that it is up/);
    expect(failures).toHaveLength(3);
  });

  it("fails at once when TLS fails", async () => {
    const { bucket, io } = prepare();
    bucket.answers.push(Object.assign(new Error("certificate has expired"), { code: "CERT_HAS_EXPIRED" }));
    await expect(putObject(OBJECT, io)).rejects.toThrow(
      /certificate has expired. Check that the endpoint speaks HTTPS/,
    );
    expect(bucket.requests).toHaveLength(1);
  });

  it("waits as long as S3 asks", async () => {
    const { bucket, clock, io } = prepare();
    bucket.answers.push({ status: 503, body: "", retryAfterMs: 3000 });
    await putObject(OBJECT, io);
    expect(clock.waits).toEqual([3000]);
  });
});

describe("bucketAddress", () => {
  it.each([
    ["the-archive", "eu-central-1", "", "https://the-archive.s3.eu-central-1.amazonaws.com", "/"],
    ["the-archive", "cn-north-1", "", "https://the-archive.s3.cn-north-1.amazonaws.com.cn", "/"],
    ["logs.example.com", "us-east-1", "", "https://s3.us-east-1.amazonaws.com", "/logs.example.com/"],
    ["the-archive", "us-east-1", "http://localhost:5000", "http://localhost:5000", "/the-archive/"],
  ])("addresses %s in %s at endpoint %j by %s", (bucket, region, endpoint, origin, pathPrefix) => {
    expect(bucketAddress(bucket, region, endpoint)).toEqual({ target: { origin, service: "s3", region }, pathPrefix });
  });
});
