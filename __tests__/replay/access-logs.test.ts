import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";
import { rejectedLinesObject, unreadableMessageObject } from "../../core/pipelines/object-quarantine";
import type { ArchiveObject } from "../../core/sinks/archive/archive-object";
import { encodeObjectMessage, parseObjectMessage } from "../../core/sources/s3/object-message";
import { type HttpServer, startServer } from "../support/http-server";
import { BUCKET, type ReplayHost, startReplayHost } from "../support/replay";

const QUEUE_URL = "https://sqs.eu-central-1.amazonaws.com/123456789012/access-logs";
const RANGE = ["--from", "2026-11-20", "--to", "2026-11-21"];

interface Entry {
  Id: string;
  MessageBody: string;
}

let host: ReplayHost;
let sqs: HttpServer;
/** Bodies of the messages that the queue has taken. */
let queued: string[];
let batches: number[];
/** Ids of a batch that fail; or an answer in place of the queue's. */
let failing: (entries: Entry[]) => Entry[];
let intercept: (response: ServerResponse) => boolean;

beforeAll(async () => {
  host = await startReplayHost();
  sqs = await startServer((request, response) => {
    expect(request.headers["x-amz-target"]).toBe("AmazonSQS.SendMessageBatch");
    if (intercept(response)) return;
    const { QueueUrl, Entries } = JSON.parse(request.body.toString()) as { QueueUrl: string; Entries: Entry[] };
    expect(QueueUrl).toBe(QUEUE_URL);
    const failed = failing(Entries);
    const taken = Entries.filter((entry) => !failed.includes(entry));
    queued.push(...taken.map(({ MessageBody }) => MessageBody));
    batches.push(Entries.length);
    const Failed = failed.map(({ Id }) => ({ Id, SenderFault: false, Code: "InternalError" }));
    response.end(JSON.stringify({ Successful: taken.map(({ Id }) => ({ Id })), ...(failed.length > 0 && { Failed }) }));
  });
  host.env.AWS_ENDPOINT_URL_SQS = sqs.origin;
});
afterAll(async () => {
  await Promise.all([host.stop(), sqs.stop()]);
});
beforeEach(() => {
  host.s3.objects.clear();
  host.s3.read.length = 0;
  queued = [];
  batches = [];
  failing = () => [];
  intercept = () => false;
});

const object = (key: string) => ({ bucket: "my-logs", key, etag: "0123456789abcdef0123456789abcdef-2" });
const put = ({ key, body }: ArchiveObject) => host.s3.put(key, body);
const keys = () =>
  queued.flatMap((body) => {
    const message = parseObjectMessage(body);
    return message.kind === "objects" ? message.objects.map((each) => each.object.key) : [message.kind];
  });

const quarantine = (hour: string) => {
  const lastModified = Date.parse(`2026-11-20T${hour}:00:00Z`);
  const lines = [0, 1].map((line) => ({ line, message: `m${line}`, timestamp: 0 }));
  for (const firstLine of [0, 5000]) {
    const rejected = {
      chunk: { firstLine, tooLong: [{ line: 7, offset: 0, skip: 0, length: 2e6 }] },
      lines: lines as never,
      rejections: [{ position: 1, rejection: "400 mapper_parsing_exception" }],
    };
    put(rejectedLinesObject("", { object: object(`rejected ü+ ${hour}`), lastModified }, rejected)!);
  }
  const unreadable = { sent: lastModified, lines: 3, body: "{}" };
  put(unreadableMessageObject("", { ...unreadable, reason: "truncated gzip", object: object(`gzip ${hour}`) }));
};

describe("replay --kind access-logs", () => {
  const run = (...args: string[]) => host.run("--kind", "access-logs", ...RANGE, "--queue-url", QUEUE_URL, ...args);

  it("puts each quarantined object of the range on the queue once", async () => {
    quarantine("10");
    quarantine("23");
    host.s3.put("access-logs/rejected/2026/11/21/01/later.gz", Buffer.alloc(0));
    const { exitCode, stdout } = await run("--late-hours", "0");
    expect(keys().sort()).toEqual(["gzip 10", "gzip 23", "rejected ü+ 10", "rejected ü+ 23"]);
    expect(stdout).toMatch(/objects +6\nmessages found +6\n {2}delivered +6\n/);
    expect(exitCode).toBe(0);
    expect(host.journals()).toEqual([]);
  });

  it("names what is no quarantined object, and a message that names none", async () => {
    quarantine("10");
    host.s3.put("access-logs/rejected/2026/11/20/10/x.gz", Buffer.from("no gzip"));
    put(
      unreadableMessageObject("", {
        sent: Date.parse("2026-11-20T10:00:00Z"),
        reason: "r",
        object: undefined,
        body: "?",
      }),
    );
    const { exitCode, stdout } = await run();
    expect(keys()).toHaveLength(2);
    expect(stdout).toContain("has a message that names no object");
    expect(stdout).toContain("no whole gzip");
    expect(exitCode).toBe(1);
  });

  it("sends failed messages again, and only these", async () => {
    quarantine("10");
    let fails = 2;
    failing = (entries) => (fails-- > 0 ? entries.slice(0, 1) : []);
    const { exitCode } = await run();
    expect(keys().sort()).toEqual(["gzip 10", "rejected ü+ 10"]);
    expect(exitCode).toBe(0);
  });

  it("stops with what to do if the queue takes no messages", async () => {
    quarantine("10");
    intercept = (response) => {
      response.writeHead(400).end('{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"x"}');
      return true;
    };
    const { exitCode, stderr } = await run();
    expect(stderr).toContain(`Queue ${QUEUE_URL} accepts no messages: 400 QueueDoesNotExist. Check its URL`);
    expect(exitCode).toBe(2);
  });

  it("delivers nothing in a dry run", async () => {
    quarantine("10");
    const { exitCode, stdout } = await host.run("--kind", "access-logs", ...RANGE, "--dry-run");
    expect(stdout).toMatch(/messages found +3/);
    expect([exitCode, queued.length]).toEqual([0, 0]);
  });

  it("names every usage error together", async () => {
    const { exitCode, stderr } = await host.run(
      ...[
        "--kind",
        "access-logs",
        ...RANGE,
        "--sink",
        "stdout",
        "--log-group",
        "g",
        "--prefix",
        "p",
        "--queue-url",
        "x",
      ],
    );
    expect(exitCode).toBe(2);
    for (const error of [
      "--sink stdout does not apply to --kind access-logs. Allowed: queue",
      "--log-group does not apply",
      "--prefix applies only to --kind backfill",
      '--queue-url (or QUEUE_URL in the environment) is "x". Allowed: the URL of a standard queue',
    ]) {
      expect(stderr).toContain(error);
    }
    expect((await host.run(...RANGE, "--sink", "queue")).stderr).toContain(
      "applies only to --kind access-logs and backfill",
    );
    const missing = await host.run("--kind", "backfill", ...RANGE);
    expect(missing.stderr).toContain("--queue-url (or QUEUE_URL in the environment) is missing");
  });
});

describe("replay --kind backfill", () => {
  const DAY = "lb/AWSLogs/123456789012/elasticloadbalancing/eu-central-1/2026/11";
  const name = (day: string, time: string, i: number) =>
    `${DAY}/${day}/123456789012_elasticloadbalancing_eu-central-1_app.x.1_202611${day}T${time}Z_10.0.0.1_r${i}.log.gz`;
  const run = (...args: string[]) =>
    host.run("--kind", "backfill", ...RANGE, "--prefix", "lb/", "--queue-url", QUEUE_URL, ...args);

  it("puts the objects of the range on the queue, with the ETag of the listing, in batches", async () => {
    const wanted = Array.from({ length: 25 }, (_, i) => name("20", `10${String(i).padStart(2, "0")}`, i));
    const late = name("21", "0055", 0);
    const others = [
      name("19", "2355", 0),
      name("21", "0105", 0),
      "lb/AWSLogs/123456789012/ELBAccessLogTestFile",
      `${DAY}/20/`,
    ];
    for (const key of [...wanted, late, ...others]) host.s3.put(key, Buffer.from(key));
    host.s3.put(`${DAY}/20/empty.log.gz`, Buffer.alloc(0));
    host.s3.listed.length = 0;
    const { exitCode, stdout, stderr } = await run();
    expect(keys().sort()).toEqual([...wanted, late].sort());
    const etag = createHash("md5").update(late).digest("hex");
    expect(queued).toContain(encodeObjectMessage({ object: { bucket: BUCKET, key: late, etag, size: late.length } }));
    expect(batches.length).toBeLessThan(26);
    // The listing is bounded by folders of days; nothing is read.
    const folder = /\/2026\/11\/(20|21)\/$/;
    expect(host.s3.listed.filter((prefix) => /2026/.test(prefix)).every((prefix) => folder.test(prefix))).toBe(true);
    expect(host.s3.read).toEqual([]);
    expect(stderr).toContain(`backfill in ${BUCKET}/lb/: objects from`);
    expect(stdout).toMatch(/messages found +26\n {2}delivered +26\n/);
    expect(exitCode).toBe(0);
  });

  it("continues where an earlier run ended", async () => {
    const wanted = Array.from({ length: 60 }, (_, i) => name("20", `10${String(i).padStart(2, "0")}`, i));
    for (const key of wanted) host.s3.put(key, Buffer.from(key));
    intercept = (response) => {
      if (batches.length < 2) return false;
      response.writeHead(403).end('{"__type":"com.amazon.coral.service#AccessDeniedException"}');
      return true;
    };
    expect((await run()).exitCode).toBe(1);
    const first = keys();
    expect(first.length).toBeGreaterThan(0);
    expect(first.length).toBeLessThan(60);
    intercept = () => false;
    const { exitCode, stdout } = await run();
    expect(exitCode).toBe(0);
    expect(keys().sort()).toEqual(wanted);
    expect(stdout).toMatch(/messages found +60\n {2}delivered +60\n/);
  });
});
