import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { GetMetricDataCommand, ListMetricsCommand } from "@aws-sdk/client-cloudwatch";
import { PutRecordsCommand } from "@aws-sdk/client-kinesis";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { Listr } from "listr2";
import { eventIdOf } from "../../core/events/document-id";
import { encodeLogGroup } from "../../core/events/encode-log-group";
import type { Envelope } from "../../core/events/envelope";
import { METRICS } from "../../core/metrics/forwarder";
import type { ParserName } from "../../core/settings/parser-names";
import { dev } from "../../dev/dev";
import type { Watch } from "../../dev/watch";
import { ACCOUNT_ID, emulatedAccount } from "../../local/aws/account";
import { type AwsClients, awsClients } from "../../local/aws/clients";
import { listObjects } from "../../local/delivery/archive";
import { emulatorDocumentId, emulatorEventId, eventIdParts } from "../../local/delivery/event-id";
import { type FoundDocument, findByIds, type SearchLocation } from "../../local/delivery/search";
import { generateLines } from "../../local/log-events/generate";
import type { LogLine } from "../../local/log-events/line";
import { putLines, type StoredEvent } from "../../local/log-events/put";
import { sourceOf } from "../../local/options";
import { replayCommand, settingsCommand } from "../../local/report/archive-commands";
import { furtherCommands } from "../../local/report/further-commands";
import { lastErrors } from "../../local/report/last-errors";
import { type Session, startTasks } from "../../local/start/tasks";
import { terraformEnvironment } from "../../local/terraform/provider-mirror";
import { aggregated } from "../../soak/traffic/aggregated";
import { endEverything } from "../../tools/processes/reaper";
import { SAMPLE_LINES } from "../../tools/sample-logs/by-parser";
import { generatedLogs, realFiles } from "../support/corpus";
import { contentOfDocument, contentOfMessage } from "../support/document-content";
import { copyFunctionSources } from "../support/function-sources";
import { envelope, eventId } from "../support/kinesis";
import { eventsOf } from "../support/log-events";
import { hasTool, printedCommands, runInBash } from "../support/printed-commands";
import { table } from "../support/replay";
import { expectSameElements } from "../support/same-elements";
import { until } from "../support/until";
import { pageCases, type WatchedPage, watchStart } from "./page-cases";

/** As by `--log-group`; the pipeline's own variable does not have it. */
const NEW_LOG_GROUP = "/local/new";
const LOG_GROUPS = ["foo", "bar", "baz", NEW_LOG_GROUP];
/** What AWS delivers to CloudWatch Logs, under names that it gives, requires or suggests, and a field of one event of each. */
const VENDED: readonly { parser: ParserName; logGroup: string; logStream: string; query: string }[] = [
  {
    parser: "waf",
    logGroup: "aws-waf-logs-shop",
    logStream: "eu-central-1_shop_0",
    query: "source.geo.country_iso_code:US",
  },
  {
    parser: "vpc_flow",
    logGroup: "/aws/vendedlogs/network",
    logStream: "eni-1235b8ca123456789-all",
    query: "destination.port:22",
  },
  {
    parser: "alb_access",
    logGroup: "/aws/vendedlogs/network",
    logStream: "shop/1",
    query: "http.response.status_code:502",
  },
  {
    ...{ parser: "cloudfront_access", logGroup: "/aws/vendedlogs/cloudfront", logStream: "shop_0" },
    query: 'source.ip:"192.0.2.100" AND url.path:"/index.html"',
  },
  {
    ...{
      parser: "route53_resolver",
      logGroup: "/aws/vendedlogs/resolver",
      logStream: "vpc-7example_i-0d15cd0d3example",
    },
    query: 'dns.question.name:"15.3.4.32.in-addr.arpa" AND dns.response_code:NOERROR',
  },
];

/** A log group of which nothing is indexed as it came: a built zip loads its library of patterns. */
const CHECKOUT = {
  join_lines: "^\\S",
  fields: { page: { from: "url.path", pattern: "^/blog/(?P<page>[^/]+)" } },
  rules: [
    { action: "drop", field: "url.path", pattern: "^/health" },
    { action: "redact", what: ["email"] },
    { action: "redact", pattern: "pin=[0-9]{4}" },
  ],
};

const CHECKOUT_LINES = [
  ...["ERROR card of joe@example.com declined, pin=1234", "    at pay (orders.js:7)"],
  ...['{"url":{"path":"/health"}}', '{"url":{"path":"/blog/parsers"},"user":"ann@example.com"}'],
];

/** Each file is a log stream. */
const logs = [...generatedLogs, ...realFiles];

const session = {} as Session;
let watched: WatchedPage | undefined;
let plan: string;
let clients: AwsClients;
let lines: LogLine[];
let put: StoredEvent[];

beforeAll(async () => {
  const now = Date.now();
  const ofLogs = logs.flatMap(([, messages], n) => {
    const where = { logGroup: LOG_GROUPS[n % LOG_GROUPS.length]!, logStream: `log-${n}`, timestamp: now };
    return messages.map((message): LogLine => ({ ...where, message }));
  });
  lines = [...generateLines(LOG_GROUPS, now, 3_000), ...ofLogs];
  const options = { lines: sourceOf(lines), newLogGroups: [NEW_LOG_GROUP], withFirehose: true };
  const steps = startTasks({ ...options, searchEndpoint: undefined });
  const list = new Listr(steps, { ctx: session, renderer: "silent", registerSignalListeners: false });
  watched = await watchStart(list.tasks, session);
  await list.run().catch((error) => {
    throw error.cause ?? error;
  });
  watched?.served.started();
  plan = await session.pipeline.plan();
  clients = awsClients(session.emulatorUrl);
  put = (await Promise.all(LOG_GROUPS.map((logGroup) => eventsOf(clients.logs, logGroup)))).flat();
}, 600_000);

afterAll(async () => {
  await session.mappings?.stop();
  await watched?.stop();
  await endEverything();
});

describe(`the pipeline, on generated lines${realFiles.length > 0 ? " and those of CORPUS_DIR" : ""}`, () => {
  it("is planned with 25 resources, and 6 of the log group that was added", () => {
    expect(session.plan).toBe("Plan: 31 to add, 0 to change, 0 to destroy.");
  });

  it("has a plan without changes once it is applied", () => {
    expect(plan).toMatch(/^No changes\./);
  });

  it("accepts every line", () => {
    expectSameElements(put.map(lineOf), lines.map(lineOf), (line) => JSON.stringify(line));
  });

  it("loses and duplicates nothing", () => {
    const report = LOG_GROUPS.map((logGroup) =>
      expect.objectContaining({ logGroup, duplicates: 0, lost: 0, searchableSeconds: expect.any(Number) }),
    );
    expect(session.report.groups).toEqual(expect.arrayContaining(report));
    expect(session.report.groups).toHaveLength(LOG_GROUPS.length);
    expect(session.report.foreignObjects).toEqual([]);
  });

  it("has a document for each event, with its time and its text, and no other document", async () => {
    const { search } = session;
    const documents = await findByIds(search, put.map(documentIdOf));
    const byId = new Map(put.map((event) => [event.id, event]));
    const read = documents.map((document) => readBack(document, byId.get(eventIdOf(document._id))!));
    expectSameElements(read, put.map(expected), ({ id }) => id);

    const count = await fetch(`${search.endpoint}/${search.indexPattern}/_count`);
    expect(await count.json()).toMatchObject({ count: put.length });
  });

  it("finds by its level what a logger has written before a message, by Terraform's default parser", async () => {
    const levels = ["info", "error"].map((level) => [level, lines.filter(isGeneratedWith(level)).length]);
    const counted = levels.map(async ([level]) => {
      const query = `log.level:${level} AND aws.cloudwatch.log_stream:generated-*`;
      return [level, await countOf(session.search, query)];
    });
    expect(await Promise.all(counted)).toEqual(levels);
    expect(levels).toEqual([
      ["info", 600],
      ["error", 600],
    ]);
  });

  it("has an archive that zcat turns into every envelope", async () => {
    const { archive } = session;
    const envelopes: Envelope[] = [];
    for (const key of (await listObjects(clients.s3, archive.bucket, `${archive.prefix}archive/`)).keys()) {
      const { Body } = await clients.s3.send(new GetObjectCommand({ Bucket: archive.bucket, Key: key }));
      const input = await Body!.transformToByteArray();
      const text = execFileSync("gzip", ["-dc"], { input, encoding: "utf8", maxBuffer: 2 ** 30 });
      envelopes.push(
        ...text
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line)),
      );
    }
    const archived = envelopes.flatMap(({ logGroup, logStream, logEvents }) =>
      logEvents.map((event) => ({ ...event, logGroup, logStream })),
    );
    expectSameElements(archived, put, ({ id }) => id);
  });

  it("can be explored by the commands that npm start prints", async () => {
    const [archiveKey] = await listObjects(clients.s3, session.archive.bucket, `${session.archive.prefix}archive/`);
    const text = await furtherCommands({
      ...session,
      examples: put.filter(({ message }) => message === "search me im a log"),
      stackDirectory: session.pipeline.directory,
      terraformCliConfig: (await terraformEnvironment()).TF_CLI_CONFIG_FILE!,
      more: [["And more", "echo more"]],
    });
    const [hour, phrase, minutes, archive, tail, source, s3, plan, more, ...others] = printedCommands(text);
    expect(others).toEqual([]);
    if (hasTool("curl")) {
      expect(await runInBash(hour!)).toMatch(/"@timestamp" : "20/);
      expect(await runInBash(phrase!)).toMatch(/"message" : "search me im a log"/);
      expect(await runInBash(minutes!)).toMatch(/"doc_count" : \d+/);
      expect(await runInBash(archive!)).toMatch(/^\{"messageType":"DATA_MESSAGE",/);
    }
    expect(await runInBash(tail!.replace("tail -f ", "tail "))).toMatch(/^==> .*\.log <==$/m);
    const theirs = { ...process.env, AWS_PROFILE: "nobody", TF_WORKSPACE: "theirs" };
    expect(await runInBash(`${source}\n${plan}`, theirs)).toContain("No changes.");
    if (hasTool("aws")) expect(await runInBash(`${source}\n${s3}`, theirs)).toContain(archiveKey![0]);
    expect(await runInBash(more!)).toBe("more\n");
  });

  it("quarantines nothing", async () => {
    const { archive } = session;
    const kinds = ["dead-letter/", "rejected/", "aws/lambda/"];
    const objects = await Promise.all(
      kinds.map((kind) => listObjects(clients.s3, archive.bucket, archive.prefix + kind)),
    );
    expect(objects.flatMap((one) => [...one.keys()])).toEqual([]);
  });
});

describe("the lanes of Firehose", () => {
  it("deliver each line of an application once, to search and to S3", () => {
    const all = { lines: 500, duplicates: 0 };
    expect(session.applicationReport).toEqual([
      expect.objectContaining({ put: 500, inSearch: all, inObjects: all }),
      expect.objectContaining({ put: 500, inSearch: undefined, inObjects: all }),
    ]);
  });

  it("have plans without changes once they are applied", async () => {
    for (const stack of session.firehoseStacks!) expect(await stack.plan()).toMatch(/^No changes\./);
  });
});

pageCases(
  () => watched,
  () => new Map(LOG_GROUPS.map((name) => [name, put.filter(({ logGroup }) => logGroup === name).length])),
  () => session.search.endpoint,
);

// Last: it changes what the others look at.
describe("the running pipeline, when Terraform applies something else", () => {
  const reported: string[] = [];
  let put: StoredEvent[];

  beforeAll(async () => {
    session.onChange = (line) => reported.push(line);
    await session.pipeline.setVariables({
      search_endpoint: session.searchEndpoint,
      log_groups: {
        ...{ foo: { shards: 2 }, bar: { shards: 2 }, "/app/checkout": CHECKOUT },
        // `auto` knows these by their names and their messages.
        ...{ "aws-waf-logs-shop": {}, "/aws/vendedlogs/network": {} },
        "/aws/vendedlogs/cloudfront": { parser: "cloudfront_access" },
        "/aws/vendedlogs/resolver": { parser: "route53_resolver" },
      },
      archive_content: "redacted",
      index_prefix: "x-",
      maximum_batching_window_in_seconds: 1,
      function_memory_mib: 256,
      function_timeout_seconds: 60,
    });
    await session.pipeline.apply();
    const now = Date.now();
    const line = { logStream: "stream-1", timestamp: now };
    const added = [
      { ...line, logGroup: "/app/checkout", message: "bought" },
      { ...line, logGroup: "foo", message: "prefixed" },
    ];
    const place = { ...line, logGroup: "/app/checkout", logStream: "stream-2" };
    const ofCheckout = CHECKOUT_LINES.map((message) => ({ ...place, message }));
    const vended = VENDED.flatMap(({ parser, logGroup, logStream }) =>
      SAMPLE_LINES[parser][0]!.lines.map((message): LogLine => ({ ...line, logGroup, logStream, message })),
    );
    await putLines(clients.logs, sourceOf([...added, ...ofCheckout, ...vended]), () => {});
    const groups = [...new Set([...added, ...vended].map(({ logGroup }) => logGroup))];
    const events = (await Promise.all(groups.map((group) => eventsOf(clients.logs, group)))).flat();
    put = events.filter(({ timestamp }) => timestamp === now);
  }, 300_000);

  it("delivers the log group that was added, and finds all in indices with the new prefix", async () => {
    const search = { ...session.search, indexPattern: "x-*" };
    const added = put.filter(({ message }) => ["bought", "prefixed"].includes(message));
    const documents = await foundAll(search, added.map(documentIdOf), 2);
    expect(documents.map(({ _source }) => _source.message).toSorted()).toEqual(["bought", "prefixed"]);
  });

  it("finds what AWS delivers by its fields, of five services, by names that AWS gives and messages alike", async () => {
    const search = { ...session.search, indexPattern: "x-*" };
    const groups = VENDED.map(({ logGroup }) => logGroup);
    const vended = put.filter(({ logGroup }) => groups.includes(logGroup));
    expect(await foundAll(search, vended.map(documentIdOf), vended.length)).toHaveLength(vended.length);
    const counts = VENDED.map(async ({ parser, logGroup, query }) => {
      const q = `event.dataset:aws.${parser} AND aws.cloudwatch.log_group:"${logGroup}" AND ${query}`;
      return [parser, await countOf(search, q)];
    });
    expect(await Promise.all(counts)).toEqual(VENDED.map(({ parser }) => [parser, 1]));
  });

  it("joins, redacts, extracts and drops by the patterns of a log group, redacts its archive, and finds all again in a replay", async () => {
    const search = { ...session.search, indexPattern: "x-*" };
    const logGroup = "/app/checkout";
    const events = put.filter(({ logStream }) => logStream === "stream-2");
    const idOf = (n: number) => documentIdOf(events.find(({ message }) => message === CHECKOUT_LINES[n])!);
    const documents = await foundAll(search, events.map(documentIdOf), 2);
    const byId = new Map(documents.map(({ _id, _source }) => [_id, _source]));
    expect([...byId.keys()].sort()).toEqual([idOf(0), idOf(3)].sort());
    expect(byId.get(idOf(0))).toMatchObject({
      message: "ERROR card of [REDACTED] declined, [REDACTED]\n    at pay (orders.js:7)",
    });
    expect(byId.get(idOf(3))).toMatchObject({ url: { path: "/blog/parsers" }, user: "[REDACTED]", page: "parsers" });

    const { archive } = session;
    const prefix = `${archive.prefix}archive/`;
    const encoded = encodeLogGroup(logGroup);
    const archived = async () => {
      const keys = [...(await listObjects(clients.s3, archive.bucket, prefix)).keys()].filter((key) =>
        key.includes(`/${encoded}/`),
      );
      const bodies = keys.map(async (Key) => {
        const { Body } = await clients.s3.send(new GetObjectCommand({ Bucket: archive.bucket, Key }));
        return gunzipSync(await Body!.transformToByteArray()).toString();
      });
      return (await Promise.all(bodies)).join("");
    };
    await until(async () => (await archived()).includes("/blog/parsers"), 250);
    expect(await archived()).toContain("ERROR card of [REDACTED] declined");
    expect(await archived()).toContain("/health");
    expect(await archived()).not.toMatch(/@example\.com|pin=1234/);

    const indexSettings = join(session.directory, "index-settings.json");
    const { endpoint: searchEndpoint } = session.search;
    const time = new Date(events[0]!.timestamp);
    const replay = replayCommand({ archive, searchEndpoint, indexSettings, from: time, to: time });
    const command = `${settingsCommand(session.pipeline.directory, indexSettings)}\n${replay}`;
    const env = { ...process.env, ...emulatedAccount, AWS_ENDPOINT_URL: session.emulatorUrl };
    const replayed = await runInBash(`${command} --log-group ${logGroup}`, env);
    const { objects, ...replayedEvents } = table(replayed);
    expect(replayedEvents).toEqual({ "events found": 4, "already indexed": 3, "dropped by rules": 1 });
  });

  it("hides no event behind a record that somebody put into the stream with its id, and no application's CONTROL_MESSAGE", async () => {
    const search = { ...session.search, indexPattern: "x-*" };
    const line = { logGroup: "foo", logStream: "stream-1", timestamp: Date.now() };
    let last: bigint | undefined;
    await putLines(clients.logs, sourceOf([{ ...line, message: "last" }]), ({ firstId }) => {
      last = eventIdParts(firstId!)!.counter;
    });
    const id = emulatorEventId({ timestamp: line.timestamp, counter: last! + 1n });
    const forged = envelope([{ ...line, id, message: "forged" }], { owner: ACCOUNT_ID, logGroup: "elsewhere" });
    const control = '{"messageType":"CONTROL_MESSAGE","logEvents":[],"message":"of an application"}';
    const records = [forged, control].map((data) => ({
      Data: Buffer.from(typeof data === "string" ? data : JSON.stringify(data)),
      PartitionKey: "anything",
    }));
    const forgedAt = documentIdOf({ id, logGroup: "elsewhere" });
    await clients.kinesis.send(new PutRecordsCommand({ StreamName: "logging-pipeline_foo", Records: records }));
    await foundAll(search, [forgedAt], 1);
    await putLines(clients.logs, sourceOf([{ ...line, message: "real" }]), () => {});

    const documents = await foundAll(search, [forgedAt, documentIdOf({ id, logGroup: "foo" })], 2);
    expect(documents.map(({ _source }) => _source.message).toSorted()).toEqual(["forged", "real"]);
    const found = await fetch(`${search.endpoint}/x-logging-pipeline_foo-*/_search?q=messageType:CONTROL_MESSAGE`);
    expect(await found.json()).toMatchObject({ hits: { hits: [{ _source: { message: "of an application" } }] } });
  });

  it("takes apart what a relay has wrapped, and says of a centralized event where it comes from", async () => {
    const search = { ...session.search, indexPattern: "x-*" };
    const timestamp = Date.now();
    const event = (n: number) => ({ id: eventId(n), timestamp, message: `relayed ${n}` });
    const fields = {
      "@aws.account": "222222222222",
      "@aws.region": "us-east-1",
      "@source.log": "/their/app",
      ip: "::1",
    };
    const where = { owner: ACCOUNT_ID, logGroup: "relayed" };
    const gz = (n: number, more = {}) => gzipSync(JSON.stringify(envelope([{ ...event(n), ...more }], where)));
    const data = [
      aggregated([gz(1), Buffer.from("line of a user record"), gz(2)]),
      Buffer.from(gzipSync(gz(3)).toString("base64")),
      gz(4, { extractedFields: fields }),
    ];
    const Records = data.map((Data) => ({ Data, PartitionKey: "anything" }));
    await clients.kinesis.send(new PutRecordsCommand({ StreamName: "logging-pipeline_foo", Records }));

    const ids = [1, 2, 3, 4].map((n) => documentIdOf({ id: eventId(n), logGroup: "relayed" }));
    const documents = (await foundAll(search, ids, 4)).toSorted((a, b) => a._id.localeCompare(b._id));
    expect(documents.map(({ _source }) => _source.message)).toEqual([1, 2, 3, 4].map((n) => `relayed ${n}`));
    expect(new Set(documents.map(({ _index }) => _index)).size).toBe(1);
    expect(documents[3]!._source).toMatchObject({
      cloud: { account: { id: "222222222222" }, region: "us-east-1" },
      aws: { cloudwatch: { log_group: "/their/app", extracted_fields: { ip: "::1" } } },
    });
    const line = `${search.endpoint}/x-logging-pipeline_foo-*/_search?q=message:%22line+of+a+user+record%22`;
    expect(await (await fetch(line)).json()).toMatchObject({ hits: { total: { value: 1 } } });
  });

  it("reports each change", async () => {
    await until(() => reported.length >= 11);
    const changes = [
      "function memory 512 MiB → 256 MiB",
      "function timeout 120 s → 60 s",
      'INDEX_PREFIX "cwl-" → "x-"',
      "batching window 5 s → 1 s",
      'ARCHIVE_CONTENT "raw" → "redacted"',
    ];
    for (const group of ["foo", "bar"]) {
      const changed = reported
        .filter((line) => line.startsWith(`${group}: `))
        .map((line) => line.slice(`${group}: `.length));
      expect(changed.join(", ").split(", ").toSorted()).toEqual(changes.toSorted());
    }
    const others = reported.filter((line) => !/^(foo|bar): /.test(line));
    expect(others.toSorted()).toEqual([
      expect.stringMatching(
        /^\/app\/checkout: now delivered \(function logging-pipeline_-app-checkout_[0-9a-f]{10}\)$/,
      ),
      expect.stringMatching(
        /^\/aws\/vendedlogs\/cloudfront: now delivered \(function logging-pipeline_-aws-vendedlogs-cloudfront_[0-9a-f]{10}\)$/,
      ),
      expect.stringMatching(/^\/aws\/vendedlogs\/network: now delivered \(/),
      expect.stringMatching(/^\/aws\/vendedlogs\/resolver: now delivered \(/),
      `${NEW_LOG_GROUP}: no longer delivered`,
      "aws-waf-logs-shop: now delivered (function logging-pipeline_aws-waf-logs-shop)",
      "baz: no longer delivered",
    ]);
  });

  it("has a plan without changes, and no error", async () => {
    expect(await session.pipeline.plan()).toMatch(/^No changes\./);
    expect(lastErrors(session.logDirectory)).toBe("");
  });

  it("counts what the functions did in CloudWatch", async () => {
    const { Metrics } = await clients.cloudwatch.send(new ListMetricsCommand({ Namespace: "logging-pipeline" }));
    expect(Metrics!.map(({ MetricName }) => MetricName).toSorted()).toEqual(Object.keys(METRICS).toSorted());
    const MetricStat = { Metric: { Namespace: "logging-pipeline", MetricName: "Events" }, Period: 86_400, Stat: "Sum" };
    const { MetricDataResults } = await clients.cloudwatch.send(
      new GetMetricDataCommand({
        StartTime: new Date(Date.now() - 86_400_000),
        EndTime: new Date(Date.now() + 60_000),
        MetricDataQueries: [{ Id: "events", MetricStat }],
      }),
    );
    const counted = MetricDataResults![0]!.Values!.reduce((sum, value) => sum + value, 0);
    expect(counted).toBeGreaterThanOrEqual(lines.length + put.length);
  });
});

// After the plans: Terraform would put the code back.
describe("npm run dev, on the running pipeline", () => {
  let root: string;
  let watch: Watch;
  const printed: string[] = [];

  beforeAll(async () => {
    root = copyFunctionSources();
    const { emulatorUrl, searchEndpoint, directory, search } = session;
    const services = { emulatorUrl, searchEndpoint, indexPattern: search.indexPattern };
    watch = await dev({
      ...{ root, name: "forwarder", logGroup: "foo", file: undefined },
      pipeline: async () => ({ pid: process.pid, directory, services }),
      print: (text) => printed.push(text),
    });
  });

  afterAll(async () => {
    await watch?.stop();
    rmSync(root, { recursive: true, force: true });
  });

  async function nextPrinted(change: () => void = () => {}): Promise<string | undefined> {
    const before = printed.length;
    change();
    await until(() => printed.length > before);
    return printed[before];
  }

  const handler = () => join(root, "functions/forwarder/index.ts");

  it("puts sample events through the code that runs already, and prints the function's report", async () => {
    expect(await nextPrinted()).toMatch(
      /^\d\d:\d\d:\d\d built in \d+ ms, unchanged, 8 events put into foo\n {2}first invocation: \{"Records":\d+,.*"Events":\d+,/,
    );
  });

  it("runs the changed code, and prints its output", async () => {
    const source = readFileSync(handler(), "utf8");
    const change = () =>
      writeFileSync(
        handler(),
        source.replace(/log: \((line[^)]*)\) =>/, 'log: ($1) => console.log("changed by dev") ??'),
      );
    expect(await nextPrinted(change)).toMatch(
      /built in \d+ ms, deployed to \d functions, 8 events put into foo\n {2}first invocation: \{"Records":.*\}\n {2}changed by dev$/,
    );
  });

  it("prints why an invocation fails, then continues with the corrected code", async () => {
    const source = readFileSync(handler(), "utf8");
    const fail = () => writeFileSync(handler(), `${source}throw new TypeError("broken by dev");\n`);
    expect(await nextPrinted(fail)).toMatch(
      /deployed to \d functions, .*\n {2}first invocation: TypeError: broken by dev\n {2}.* at /,
    );
    expect(await nextPrinted(() => writeFileSync(handler(), source))).toMatch(
      /8 events put into foo\n {2}first invocation, which may be .*: \{"Records":/,
    );
  }, 120_000);
});

// At the end: the provider waits for a minute after a bucket's lifecycle configuration.
describe("the archive", () => {
  it("has a plan without changes once it is applied", async () => {
    await session.archiveApplied;
    expect(await session.logArchive.plan()).toMatch(/^No changes\./);
  }, 120_000);
});

const lineOf = ({ logGroup, logStream, timestamp, message }: LogLine) => ({ logGroup, logStream, timestamp, message });

/** Whether a line of text, which `generateLines` made, has the level behind its time. */
const isGeneratedWith =
  (level: string) =>
  ({ logStream, message }: LogLine): boolean =>
    logStream.startsWith("generated-") && message.slice(24).startsWith(` ${level.toUpperCase()} `);

function expected({ id, logGroup, logStream, timestamp, message }: StoredEvent) {
  return { id, time: new Date(timestamp).toISOString(), logGroup, logStream, content: contentOfMessage(message) };
}

const documentIdOf = ({ id, logGroup }: Pick<StoredEvent, "id" | "logGroup">) => emulatorDocumentId(id, logGroup);

/** Counts what a query string finds. */
async function countOf({ endpoint, indexPattern }: SearchLocation, query: string): Promise<number> {
  const answer = await fetch(`${endpoint}/${indexPattern}/_count?q=${encodeURIComponent(query)}`);
  return ((await answer.json()) as { count: number }).count;
}

/** Searches until `count` documents of these ids are found, or patience is at its end. */
async function foundAll(search: SearchLocation, ids: readonly string[], count: number): Promise<FoundDocument[]> {
  let documents: FoundDocument[] = [];
  await until(async () => {
    documents = await findByIds(search, ids);
    return documents.length >= count;
  }, 250);
  return documents;
}

/** What the document says of the event. */
function readBack({ _id, _source }: FoundDocument, { message }: StoredEvent) {
  const { log_group, log_stream } = (_source.aws as { cloudwatch: Record<string, unknown> }).cloudwatch;
  return {
    id: eventIdOf(_id),
    time: _source["@timestamp"],
    logGroup: log_group,
    logStream: log_stream,
    content: contentOfDocument(_source, message),
  };
}
