import { gzipSync } from "node:zlib";
import { objectIdSuffix } from "../../../core/events/document-id";
import type { PutAccessLog } from "../../../local/access-logs/put";
import { isSettledOnce, waitForAccessLogs } from "../../../local/access-logs/wait";
import { awsClients } from "../../../local/aws/clients";
import { BitSet } from "../../../local/delivery/bit-set";
import { type HttpServer, startServer } from "../../support/http-server";
import { type S3Server, startS3 } from "../../support/s3-server";
import { wholeAnswer } from "../../support/search-answer";

const ALB = "AWSLogs/123456789012/elasticloadbalancing/eu-central-1/2026/11/21/";

let engine: HttpServer;
let s3: S3Server;
/** The `_id`s in the index, as often as there are documents. */
let documents: string[];

beforeEach(async () => {
  documents = [];
  s3 = await startS3("archive");
  engine = await startServer(({ body }, response) => {
    const ids = new Set<string>(JSON.parse(body.toString()).query.ids.values);
    const hits = documents.filter((id) => ids.has(id)).map((_id) => ({ _id }));
    response.end(JSON.stringify({ ...wholeAnswer(), hits: { hits } }));
  });
});

afterEach(async () => {
  await engine.stop();
  await s3.stop();
});

/** An object of so many lines that is in the bucket. @param others lines that are no events, such as headers */
function log(
  key: string,
  lines: number,
  { others = [] as number[], damage = undefined as string | undefined } = {},
): PutAccessLog {
  const events = new BitSet();
  for (let line = 0; line < lines; line++) if (!others.includes(line)) events.add(line);
  const expected = { events, eventCount: lines - others.length, lines, headers: others.length, blank: 0, damage };
  const file = { path: key, name: key, bytes: 1, modified: 0, format: undefined, isGzip: false, key, expected };
  return { ...file, bucket: "logs", idSuffix: objectIdSuffix(names(key)), putAt: performance.now() };
}

const names = (key: string) => ({ bucket: "logs", key, etag: "0123" });
const index = ({ idSuffix }: PutAccessLog, ...lines: number[]) =>
  documents.push(...lines.map((line) => line + idSuffix));
const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);

/** As docs/archive.md has it. */
function reject(key: string, line: number, rejection = "mapper_parsing_exception: a reason") {
  const entry = { rejection, ...names(key), line, message: "m" };
  s3.put(`logs/access-logs/rejected/2026/11/21/03/${line}.gz`, gzipSync(`${JSON.stringify(entry)}\n`));
}
function unreadable(key: string, lines: number) {
  const entry = { reason: "truncated gzip", ...names(key), lines, message: "{}" };
  s3.put("logs/access-logs/unreadable/2026/11/21/03/x.json", Buffer.from(`${JSON.stringify(entry)}\n`));
}

function wait(logs: PutAccessLog[], { onProgress = (_: number) => {}, stallSeconds = 60 } = {}) {
  const destinations = {
    search: { endpoint: engine.origin, indexPattern: "cwl-*" },
    quarantine: { bucket: "archive", prefix: "logs/" },
    s3: awsClients(s3.origin).s3,
  };
  return waitForAccessLogs(logs, destinations, onProgress, { stallSeconds, pollMs: 5 });
}

describe("waitForAccessLogs", () => {
  it("reports each file once all of its lines are found", async () => {
    const logs = [log(`${ALB}a`, 12_001, { others: [0, 1] }), log(`${ALB}b`, 1)];
    index(logs[0]!, ...numbers(12_001).slice(2));
    index(logs[1]!, 0);
    const settled: number[] = [];
    const reports = await wait(logs, { onProgress: (count) => settled.push(count) });
    const none = { duplicates: 0, lost: 0, rejected: new Map(), unreadable: undefined, ignored: undefined };
    expect(reports).toMatchObject([
      { found: 11_999, ...none },
      { found: 1, ...none },
    ]);
    expect(reports.every(isSettledOnce)).toBe(true);
    expect(settled.at(-1)).toBe(12_000);
  });

  it("waits for lines that arrive late, and for those of the quarantine", async () => {
    const one = log(`${ALB}a`, 6_000);
    index(one, ...numbers(5_000));
    const late = (settled: number) => {
      if (settled !== 5_000) return;
      index(one, ...numbers(6_000).slice(5_000, 5_998));
      reject(one.key, 5_998, "no number");
      reject(one.key, 5_999, "no number");
    };
    const [report] = await wait([one], { onProgress: late });
    expect(report).toMatchObject({ found: 5_998, lost: 0, rejected: new Map([["no number", 2]]) });
    expect(report!.seconds).toBeGreaterThan(0);
  });

  it("expects no line after the place where an object becomes unreadable", async () => {
    const one = log(`${ALB}a`, 10, { damage: "unexpected end of file" });
    index(one, ...numbers(8));
    unreadable(one.key, 8);
    const [report] = await wait([one]);
    expect(report).toMatchObject({ found: 8, lost: 0, unreadable: "truncated gzip" });
    expect(isSettledOnce(report!)).toBe(true);
  });

  it("waits for the quarantine's word on a damaged object, even when all lines are found", async () => {
    const one = log(`${ALB}a`, 2, { damage: "unexpected end of file" });
    index(one, 0, 1);
    const [report] = await wait([one], { stallSeconds: 0.1 });
    expect(report).toMatchObject({ found: 2, unreadable: undefined, seconds: undefined });
    expect(isSettledOnce(report!)).toBe(false);
  });

  it("counts exactly the lines that are nowhere, and documents beyond one", async () => {
    const one = log(`${ALB}a`, 5_000);
    index(one, ...numbers(4_999), 7, 7);
    const [report] = await wait([one], { stallSeconds: 0.1 });
    expect(report).toMatchObject({ found: 4_999, lost: 1, duplicates: 2, seconds: undefined });
    expect(isSettledOnce(report!)).toBe(false);
  });

  it("expects nothing of an object without logs", async () => {
    const digest = log("AWSLogs/123456789012/CloudTrail-Digest/eu-central-1/2026/11/21/d.json.gz", 3);
    expect(await wait([digest])).toMatchObject([{ found: 0, lost: 0, ignored: "digest" }]);
  });
});
