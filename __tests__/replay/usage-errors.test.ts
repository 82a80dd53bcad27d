import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { envelope, eventId, kinesisEvent, logEvent } from "../support/kinesis";
import { archiveByForwarder, type ReplayHost, startReplayHost, table } from "../support/replay";
import { s3Error } from "../support/s3-server";

const RANGE = ["--from", "2026-11-21T02", "--to", "2026-11-21T04"];
const HOUR = "archive/2026/11/21/03/foo";

let host: ReplayHost;
beforeEach(async () => {
  host = await startReplayHost();
});
afterEach(() => host.stop());

const good = envelope([logEvent(1)]);
const key = (n: number): string => `${HOUR}/shardId-000000000000-${n}.gz`;
const line = (value: unknown): string => `${JSON.stringify(value)}\n`;

describe("npm run replay, asked for what it cannot do", () => {
  it("reports all usage errors together, and delivers nothing", async () => {
    const { exitCode, stdout, stderr } = await host.run("--from", "yesterday", "--kind", "all", "--force");
    expect([exitCode, stdout]).toEqual([2, ""]);
    const errors = ["Unknown option '--force'", '--from is "yesterday"', "--to is missing", '--kind is "all"'];
    for (const error of errors) expect(stderr).toContain(`- ${error}`);
    expect([host.s3.requests, host.search.requests]).toEqual([[], []]);
  });

  it.each(["--nonsense", "--bucket"])("exits with 2 for %s alone", async (argument) => {
    expect((await host.run(argument)).exitCode).toBe(2);
  });

  it("describes its options with --help", async () => {
    const { exitCode, stdout } = await host.run("--help");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/--sink <sink> +where to deliver the events/);
  });

  it("reports together that the bucket does not exist and that the endpoint does not respond", async () => {
    const args = ["--bucket", "no-such-bucket", "--search-endpoint", "http://127.0.0.1:1"];
    const { exitCode, stdout, stderr } = await host.run(...RANGE, ...args);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("- Cannot list bucket no-such-bucket: NoSuchBucket: The specified bucket does not exist.");
    expect(stderr).toContain("- http://127.0.0.1:1 cannot be reached: connect ECONNREFUSED 127.0.0.1:1.");
  });

  it("names the permission that is missing to list, before anything is delivered", async () => {
    host.s3.intercept = (_, response) => {
      s3Error(response, 403, "AccessDenied", "Access Denied");
      return true;
    };
    const { exitCode, stderr } = await host.run(...RANGE);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/Cannot list bucket the-archive: AccessDenied: Access Denied.*s3:ListBucket/);
  });

  it("reports missing credentials and a missing region", async () => {
    const { AWS_REGION, ...env } = host.env;
    host.env.AWS_REGION = undefined;
    expect((await host.run(...RANGE)).stderr).toContain("Region is missing");
    Object.assign(host.env, env, { AWS_REGION, AWS_ACCESS_KEY_ID: undefined, AWS_EC2_METADATA_DISABLED: "true" });
    const { exitCode, stderr } = await host.run(...RANGE);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("CredentialsProviderError");
  });

  it("stops after a few objects when access to all is denied", async () => {
    for (let n = 0; n < 30; n++) host.s3.put(key(n), gzipSync(line(good)));
    host.s3.intercept = ({ target }, response) => {
      if (target.includes("list-type")) return false;
      s3Error(response, 403, "AccessDenied", "Access Denied");
      return true;
    };
    const { exitCode, stderr } = await host.run(...RANGE);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/Stopped. Cannot read from bucket the-archive: AccessDenied.*s3:GetObject/);
    expect(host.s3.requests.filter(({ target }) => target.includes("GetObject")).length).toBeLessThan(8);
  });

  it("names one object to which access is denied, and delivers the others", async () => {
    for (let n = 0; n < 30; n++) host.s3.put(key(n), gzipSync(line(envelope([logEvent(n)]))));
    host.s3.intercept = ({ target }, response) => {
      if (!target.includes(key(3))) return false;
      s3Error(response, 403, "AccessDenied", "Access Denied");
      return true;
    };
    const { exitCode, stdout } = await host.run(...RANGE);
    expect([exitCode, host.engine.documents.size]).toEqual([1, 29]);
    expect(stdout).toContain(`failed: ${key(3)} cannot be read: AccessDenied: Access Denied`);
  });

  it("reports that the journal cannot be written, before anything is delivered", async () => {
    host.s3.put(key(1), gzipSync(line(good)));
    writeFileSync(join(host.folder, ".local"), "");
    const { exitCode, stderr } = await host.run(...RANGE);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/Nothing was done:\n- .*\.jsonl cannot be used to remember what is finished/);
    expect(host.engine.documents.size).toBe(0);
  });

  it("delivers nothing when the endpoint denies access", async () => {
    for (let n = 0; n < 30; n++) host.s3.put(key(n), gzipSync(line(good)));
    const no = { status: 403, body: "no" };
    // The first answers the probe.
    host.engine.answers.push(...Array.from({ length: 20 }, () => no));
    const { exitCode, stderr, stdout } = await host.run(...RANGE);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("answered 403 to _bulk. Allow the sender's role es:ESHttpPost");
    expect(table(stdout)).toMatchObject({ objects: 30, "objects unfinished": 30 });
    expect(stdout).not.toMatch(/^failed: /m);
    expect(stderr).toContain("\nThe same command starts over: nothing was finished.\n");
    expect(host.journals()).toEqual([]);
  });
});

describe("npm run replay, over damaged objects", () => {
  it("skips each, names it with the reason, and continues", async () => {
    const broken: [body: Buffer, reason: string][] = [
      [Buffer.from("plain text"), "no whole gzip: incorrect header check"],
      [Buffer.alloc(0), "no whole gzip: unexpected end of file"],
      [gzipSync(line(good)).subarray(0, -5), "no whole gzip: unexpected end of file"],
      [Buffer.concat([gzipSync(line(good)), Buffer.from([0, 1, 2])]), "no whole gzip: 3 bytes follow its last member"],
      [gzipSync("ilikecats\n"), "line 1: not JSON"],
      [gzipSync(line(good) + line({ a: 1 })), "line 2: no CloudWatch Logs envelope: messageType is not DATA_MESSAGE"],
      [gzipSync(line(envelope([{ ...logEvent(1), id: "" }]))), "line 1: an event has no id or time"],
    ];
    for (const [n, [body]] of broken.entries()) host.s3.put(key(n), body);
    host.s3.put(key(100), gzipSync(line(envelope([logEvent(2)]))));
    const { exitCode, stdout } = await host.run(...RANGE);
    expect(exitCode).toBe(1);
    for (const [n, [, reason]] of broken.entries()) expect(stdout).toContain(`skipped: ${key(n)} ${reason}`);
    expect(table(stdout)).toMatchObject({ objects: broken.length + 1, "objects skipped": broken.length });
    expect(host.engine.ids()).toContain(eventId(2));
    expect(host.journals()).toEqual([]);
  });

  it("skips one that is not named as the forwarder names it, and ignores the folders of consoles", async () => {
    host.s3.put(`${HOUR}/notes.txt`, Buffer.from("x"));
    host.s3.put(`${HOUR}/`, Buffer.alloc(0));
    const { stdout } = await host.run(...RANGE);
    expect(table(stdout)).toEqual({ objects: 1, "objects skipped": 1 });
    expect(stdout).toContain(`skipped: ${HOUR}/notes.txt is not named as the forwarder names what it archives`);
  });

  it("skips one that is no invocation record with a batch of Kinesis records", async () => {
    const place = "aws/lambda/mapping/shardId-000000000000/2026/11/21/2026-11-21T05.00.00-";
    const broken: [body: string, reason: string][] = [
      ["x{", "is no JSON"],
      [JSON.stringify({ KinesisBatchInfo: {} }), "is no invocation record of Lambda: it has no string payload"],
      [JSON.stringify({ payload: "x{" }), "is no JSON in its payload"],
      [JSON.stringify({ payload: '{"Records":[{"s3":{}}]}' }), "has a payload that is no batch of Kinesis records"],
    ];
    for (const [n, [body]] of broken.entries()) host.s3.put(place + n, Buffer.from(body));
    const { exitCode, stdout } = await host.run(...RANGE, "--kind", "undelivered");
    expect(exitCode).toBe(1);
    for (const [n, [, reason]] of broken.entries()) expect(stdout).toContain(`skipped: ${place}${n} ${reason}`);
  });

  it("skips, unread, one that is too large to be an invocation record", async () => {
    const large = "aws/lambda/mapping/shardId-000000000000/2026/11/21/2026-11-21T05.00.00-uuid";
    host.s3.put(large, Buffer.alloc(16 * 1024 * 1024 + 1));
    const { stdout } = await host.run(...RANGE, "--kind", "undelivered");
    expect(stdout).toContain(
      `skipped: ${large} has 16777217 bytes, more than the 16777216 that --object-max-bytes allows`,
    );
    expect(host.s3.read).toEqual([]);
  });

  it("skips a dead letter without the metadata of its source", async () => {
    host.s3.put("dead-letter/2026/11/21/03/foo/shardId-000000000000-1", Buffer.from("x"));
    const { exitCode, stdout } = await host.run(...RANGE, "--kind", "dead-letter");
    expect(exitCode).toBe(1);
    expect(stdout).toContain("has no metadata account, shard-id, sequence-number and arrival-time of a dead letter");
  });

  it("names an object in an archive storage class, delivers the rest, and continues with it once it is restored", async () => {
    host.s3.put(key(1), gzipSync(line(good)));
    host.s3.put(key(2), gzipSync(line(envelope([logEvent(2)]))));
    host.s3.intercept = ({ target }, response) => {
      if (!target.includes(`${key(1)}`)) return false;
      s3Error(response, 403, "InvalidObjectState", "The operation is not valid for the object's storage class");
      return true;
    };
    const { exitCode, stdout, stderr } = await host.run(...RANGE);
    expect(exitCode).toBe(1);
    expect(stdout).toContain(`failed: ${key(1)} is in storage class GLACIER: restore it first`);
    expect(stderr).toContain("The same command continues where this one ended.");
    expect(host.journals()).toHaveLength(1);
    host.s3.intercept = () => false;
    host.s3.read.length = 0;
    const again = await host.run(...RANGE);
    expect([again.exitCode, table(again.stdout)]).toEqual([0, { objects: 2, "events found": 2, delivered: 2 }]);
    expect(host.s3.read).toEqual([key(1)]);
    expect(host.journals()).toEqual([]);
  });
});

describe("npm run replay, over connections that break", () => {
  it("continues to read where the connection broke", async () => {
    const events = Array.from({ length: 2000 }, (_, n) => logEvent(n, `${n} ${"x".repeat((n * 7919) % 97)}`));
    const { documents } = await archiveByForwarder(host, [kinesisEvent(envelope(events))]);
    const { body } = [...host.s3.objects.values()][0]!;
    const ranges: (string | undefined)[] = [];
    const etags: (string | undefined)[] = [];
    host.s3.intercept = ({ target, headers }, response) => {
      if (target.includes("list-type")) return false;
      ranges.push(headers.range);
      etags.push(headers["if-match"]);
      const from = Number(/\d+/.exec(headers.range ?? "")?.[0] ?? 0);
      const length = body.length - from;
      response.writeHead(from > 0 ? 206 : 200, { "content-length": length, etag: '"etag"' });
      if (ranges.length > 5) response.end(body.subarray(from));
      else response.write(body.subarray(from, from + 2000), () => response.destroy());
      return true;
    };
    const { exitCode } = await host.run(...RANGE);
    expect([exitCode, ranges]).toEqual([0, [undefined, ...[1, 2, 3, 4, 5].map((n) => `bytes=${n * 2000}-`)]]);
    const listed = `"${createHash("md5").update(body).digest("hex")}"`;
    expect(etags).toEqual(Array(6).fill(listed));
    expect(host.engine.documents).toEqual(documents);
  });

  it("gives an object up when no byte comes between the breaks, names it, and continues", async () => {
    host.s3.put(key(1), gzipSync(line(good)));
    host.s3.put(key(2), gzipSync(line(envelope([logEvent(2)]))));
    let requests = 0;
    host.s3.intercept = ({ target }, response) => {
      if (!target.includes(key(1))) return false;
      requests++;
      response.writeHead(200, { "content-length": 100, etag: '"etag"' });
      response.write("", () => response.destroy());
      return true;
    };
    const { exitCode, stdout } = await host.run(...RANGE);
    expect(exitCode).toBe(1);
    expect(stdout).toContain(`failed: ${key(1)} cannot be read: `);
    expect(requests).toBe(4);
    expect(host.engine.ids()).toEqual([eventId(2)]);
  });
});
