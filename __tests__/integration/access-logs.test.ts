import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { CreateFunctionCommand, Runtime } from "@aws-sdk/client-lambda";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { GetQueueAttributesCommand, StartMessageMoveTaskCommand } from "@aws-sdk/client-sqs";
import { objectIdSuffix } from "../../core/events/document-id";
import { OBJECT_FORMATS, type ObjectLogFormat } from "../../local/access-logs/format";
import { inspectAccessLogs } from "../../local/access-logs/inspect";
import { type AccessLogLane, type AccessLogLaneOptions, startAccessLogLane } from "../../local/access-logs/lane";
import { putAndFind } from "../../local/access-logs/put-and-find";
import { Quarantine } from "../../local/access-logs/quarantine";
import { type AwsClients, awsClients } from "../../local/aws/clients";
import { putAccessLogsIntoRunning } from "../../local/commands/put-access-logs";
import { type FoundDocument, findByIds } from "../../local/delivery/search";
import { type Emulator, startEmulator } from "../../local/emulator/emulator";
import type { InvocationResult } from "../../local/lambda/function";
import { type OpenSearch, startOpenSearch } from "../../local/opensearch/opensearch";
import { endEverything } from "../../tools/processes/reaper";
import { temporaryDirectory } from "../../tools/processes/temporary-directory";
import { SAMPLE_LINES } from "../../tools/sample-logs/by-parser";
import { createRole } from "../support/emulated-role";
import { type HttpServer, startServer } from "../support/http-server";
import { until as waitUntil } from "../support/until";

/** Of another account and region than the emulator's, below a prefix that S3's messages encode. */
const FOLDER = "logs +ü/AWSLogs/111111111111/elasticloadbalancing/us-east-2/2026/11/21/";
const albKey = (name: string) =>
  `${FOLDER}111111111111_elasticloadbalancing_us-east-2_app.shop.50dc6c495c0c9188_20261121T0300Z_192.0.2.1_${name}.log.gz`;
const ELB_KEY =
  "AWSLogs/111111111111/elasticloadbalancing/us-east-2/2015/05/13/111111111111_elasticloadbalancing_us-east-2_shop_20150513T2355Z_192.0.2.1_a.log";
/** Amazon CloudFront Developer Guide "Standard logging (legacy)". */
const CLOUDFRONT_NAMES =
  "date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query " +
  "cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol " +
  "ssl-cipher x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields c-port time-to-first-byte " +
  "x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start sc-range-end";
const ALB = SAMPLE_LINES.alb_access[0]!.lines;

let opensearch: OpenSearch;
let emulator: Emulator;
let clients: AwsClients;
/** In front of the engine. */
let proxy: HttpServer;
/** What the proxy answers in place of the engine. */
let fault: number | undefined;
let lane: AccessLogLane;
/** A second one, whose messages come again soon. */
let impatient: AccessLogLane;
let results: InvocationResult[] = [];
const logged: string[] = [];

beforeAll(async () => {
  [opensearch, emulator] = await Promise.all([startOpenSearch(), startEmulator()]);
  clients = awsClients(emulator.url);
  proxy = await startServer(async ({ method, target, headers, body }, response) => {
    if (fault !== undefined) return response.writeHead(fault).end();
    const { host: _, "content-length": __, connection: ___, ...rest } = headers;
    const init = { method, headers: rest as Record<string, string>, ...(body.length > 0 && { body }) };
    const answer = await fetch(opensearch.url + target, init);
    const type = answer.headers.get("content-type");
    return response.writeHead(answer.status, type ? { "content-type": type } : {}).end(await answer.text());
  });
  lane = await start("access-logs", { timeoutSeconds: 20, visibilitySeconds: 20, maxReceiveCount: 5 });
  impatient = await start("impatient", { timeoutSeconds: 4, visibilitySeconds: 4, maxReceiveCount: 2 });
}, 300_000);

beforeEach(() => {
  fault = undefined;
  results = [];
});

afterAll(async () => {
  await Promise.all([lane?.stop(), impatient?.stop()]);
  await proxy?.stop();
  await endEverything();
});

function start(
  name: string,
  limits: Pick<AccessLogLaneOptions, "timeoutSeconds" | "visibilitySeconds" | "maxReceiveCount">,
): Promise<AccessLogLane> {
  return startAccessLogLane(clients, {
    name,
    environment: {
      SEARCH_ENDPOINT: proxy.origin,
      AWS_ENDPOINT_URL_S3: emulator.url,
      AWS_ENDPOINT_URL_SQS: emulator.url,
    },
    ...limits,
    onLine: (line) => logged.push(line),
    onProblem: (problem) => logged.push(problem),
    onResult: (_, result) => results.push(result),
  });
}

/** Puts an object. @returns what the ids of its documents end with */
async function put({ bucket }: AccessLogLane, key: string, body: Buffer | string): Promise<string> {
  const { ETag } = await clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
  return objectIdSuffix({ bucket, key, etag: ETag!.replaceAll('"', "") });
}

/** @throws Error with the last lines of the log when it stays false */
async function until(condition: () => Promise<boolean>): Promise<void> {
  await waitUntil(condition, 100);
  if (!(await condition())) throw new Error(`${condition} is false\n${logged.slice(-20).join("\n")}`);
}

/** Documents of the first lines of an object, in their order. */
async function found(idSuffix: string, count: number): Promise<FoundDocument[]> {
  const ids = Array.from({ length: count }, (_, line) => line + idSuffix);
  const documents = await findByIds({ endpoint: opensearch.url, indexPattern: "cwl-*" }, ids);
  return documents.toSorted((a, b) => Number.parseInt(a._id, 10) - Number.parseInt(b._id, 10));
}

async function messagesIn(url: string): Promise<number> {
  const AttributeNames = ["ApproximateNumberOfMessages" as const, "ApproximateNumberOfMessagesNotVisible" as const];
  const { Attributes } = await clients.sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames }));
  return Object.values(Attributes!).reduce((sum, value) => sum + Number(value), 0);
}

/** Lines of the format, as AWS's pages and public test suites have them. */
const linesOf = (format: ObjectLogFormat) => SAMPLE_LINES[format][0]!.lines;

/** A file as AWS writes it: with a header, or as one JSON document, if the format has them. */
function fileOf(format: ObjectLogFormat): string {
  const lines = linesOf(format);
  if (format === "cloudtrail") return `{"Records":[${lines.join(",")}]}`;
  if (format === "cloudfront_access") return `#Version: 1.0\n#Fields: ${CLOUDFRONT_NAMES}\n${lines.join("\n")}\n`;
  return `${lines.join("\n")}\n`;
}

const isSettled = async ({ queueUrl } = lane) => (await messagesIn(queueUrl)) === 0;

describe("the function access-logs, as its built zip in a process of its own", () => {
  it("makes a document of each line, in the index of its format and its own day", async () => {
    const suffix = await put(lane, albKey("a"), gzipSync(ALB.join("\n")));
    await until(async () => (await found(suffix, 3)).length === 3);
    const documents = await found(suffix, 3);
    expect(documents.map(({ _id, _index }) => [_id, _index])).toEqual([
      [`0${suffix}`, "cwl-alb_access-2018.07.02"],
      [`1${suffix}`, "cwl-alb_access-2018.07.02"],
      [`2${suffix}`, "cwl-alb_access-2018.11.30"],
    ]);
    expect(documents.map(({ _source }) => _source)).toMatchObject(
      ALB.map((_, line) => ({
        aws: { s3: { bucket: { name: "access-logs" }, object: { key: albKey("a") } } },
        cloud: { provider: "aws", account: { id: "111111111111" }, region: "us-east-2" },
        event: { sequence: line },
      })),
    );
    expect(documents[2]!._source).toMatchObject({ http: { response: { status_code: 502 } } });
    await until(() => isSettled());
  });

  it("finds the lines of every format, gzipped or not, whose files npm start puts", async () => {
    const directory = await temporaryDirectory();
    for (const [n, format] of OBJECT_FORMATS.entries()) {
      const text = fileOf(format);
      await writeFile(join(directory.path, `${n}.log`), n % 2 === 0 ? text : gzipSync(text));
    }
    const { files, errors } = await inspectAccessLogs([directory.path]);
    expect(errors).toEqual([]);
    const search = { endpoint: opensearch.url, indexPattern: "cwl-*" };
    const reports = await putAndFind(files, lane, { s3: clients.s3, search }, () => {});
    expect(
      new Map(reports.map(({ log, found, lost, duplicates }) => [log.format, { found, lost, duplicates }])),
    ).toEqual(
      new Map(OBJECT_FORMATS.map((format) => [format, { found: linesOf(format).length, lost: 0, duplicates: 0 }])),
    );
    await until(() => isSettled());
  });

  it("takes more files by npm start's put, where a function of access logs is applied", async () => {
    const path = join((await temporaryDirectory()).path, "more.log");
    await writeFile(path, ALB.join("\n"));
    const { files } = await inspectAccessLogs([path]);
    const services = { emulatorUrl: emulator.url, searchEndpoint: opensearch.url, indexPattern: "cwl-*" };
    await expect(putAccessLogsIntoRunning(files, services)).rejects.toThrow(
      "--access-logs needs a pipeline that has a bucket",
    );

    await createRole(emulator.url, "any");
    const sources = [{ name: "logs", bucket: lane.bucket }];
    await clients.lambda.send(
      new CreateFunctionCommand({
        FunctionName: "applied",
        Role: "arn:aws:iam::123456789012:role/any",
        Runtime: Runtime.nodejs22x,
        Handler: "index.handler",
        Code: { ZipFile: Buffer.from("code") },
        Environment: {
          Variables: { ACCESS_LOG_SOURCES: JSON.stringify(sources), QUARANTINE_BUCKET: lane.quarantine.bucket },
        },
      }),
    );
    const printed = jest.spyOn(console, "log").mockImplementation(() => {});
    expect(await putAccessLogsIntoRunning(files, services)).toBe(0);
    expect(printed.mock.calls.join("\n")).toMatch(/more\.log +alb_access +3 +3 +0 +0 +0 /);
    printed.mockRestore();
  });

  it("quarantines a line that the engine rejects, with the reason, and finds all others", async () => {
    // An index of one of the days that somebody else made.
    const mappings = { properties: { message: { type: "integer" } } };
    await fetch(`${opensearch.url}/cwl-elb_access-2015.06.01`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ mappings }),
    });
    const [line] = SAMPLE_LINES.elb_access[0]!.lines;
    const days = ["2015-06-01", "2015-06-02"].map((day) => line!.replace("2015-05-13", day));
    const suffix = await put(lane, ELB_KEY, days.join("\n"));
    await until(async () => (await found(suffix, 2)).length === 1 && (await isSettled()));

    const quarantine = new Quarantine(clients.s3, lane.quarantine);
    await quarantine.update();
    expect([...quarantine.of(suffix).lines]).toEqual([[0, expect.stringMatching(/mapper_parsing_exception/)]]);
  });

  it("finds the lines before the place where an object breaks off, and names it in the quarantine", async () => {
    const lines = Array.from({ length: 3_000 }, (_, n) => ALB[0]!.replace("0.086", String(Math.abs(Math.sin(n)))));
    const whole = gzipSync(lines.join("\n"));
    const suffix = await put(lane, albKey("b"), whole.subarray(0, whole.length / 2));
    const quarantine = new Quarantine(clients.s3, lane.quarantine);
    await until(async () => {
      await quarantine.update();
      return quarantine.of(suffix).unreadable !== undefined && (await isSettled());
    });
    const { reason, lines: readable } = quarantine.of(suffix).unreadable!;
    expect(reason).toMatch(/truncated gzip/);
    expect(readable).toBeGreaterThan(1_000);
    expect(readable).toBeLessThan(2_000);
    await until(async () => (await found(suffix, readable)).length === readable);
    expect(await found(suffix, 3_000)).toHaveLength(readable);
  });

  it("gets an object again whose process died, and finds each line once", async () => {
    fault = 503;
    const before = proxy.requests.length;
    const suffix = await put(impatient, albKey("c"), gzipSync(ALB.join("\n")));
    await until(async () => proxy.requests.length > before && (await messagesIn(impatient.queueUrl)) === 1);
    await impatient.lambda.kill();
    fault = undefined;
    await until(async () => (await found(suffix, 3)).length === 3 && (await isSettled(impatient)));
    expect(results.map(({ functionError }) => functionError)).toEqual(["Unhandled", undefined]);
  });

  it("leaves an object that failed too often in the dead-letter queue, and finds it after the redrive", async () => {
    fault = 503;
    const suffix = await put(impatient, albKey("d"), gzipSync(ALB.join("\n")));
    await until(async () => (await messagesIn(impatient.deadLetterQueueUrl)) === 1);
    expect(results).toHaveLength(2);
    expect(await found(suffix, 3)).toEqual([]);

    fault = undefined;
    await clients.sqs.send(new StartMessageMoveTaskCommand({ SourceArn: impatient.deadLetterQueueArn }));
    await until(async () => (await found(suffix, 3)).length === 3 && (await isSettled(impatient)));
    expect(await messagesIn(impatient.deadLetterQueueUrl)).toBe(0);
  });
});
