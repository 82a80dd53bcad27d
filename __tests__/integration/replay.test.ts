import { execFile, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzipSync, gzipSync } from "node:zlib";
import { CreateStreamCommand, GetRecordsCommand, GetShardIteratorCommand } from "@aws-sdk/client-kinesis";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import type { KinesisStreamEvent } from "aws-lambda";
import { bucketAddress } from "../../core/http/bucket-address";
import { nodeTransport } from "../../core/http/node-transport";
import { signing } from "../../core/http/signing";
import { forward } from "../../functions/forwarder/forward";
import { emulatedAccount } from "../../local/aws/account";
import { type AwsClients, awsClients } from "../../local/aws/clients";
import { type Emulator, startEmulator } from "../../local/emulator/emulator";
import { type LambdaFunction, startFunction } from "../../local/lambda/function";
import { type OpenSearch, startOpenSearch } from "../../local/opensearch/opensearch";
import { replayCommand } from "../../local/report/archive-commands";
import { aggregated } from "../../soak/traffic/aggregated";
import { repositoryRoot } from "../../tools/repository";
import { AFTER, BEFORE, ChangedNames, INDEX_SETTINGS } from "../support/changed-names";
import { printedBy } from "../support/finished";
import { prepareForwarding } from "../support/forwarding";
import { ARRIVAL, documentIdOf, envelope, kinesisEvent, logEvent } from "../support/kinesis";
import { BUCKET, type ReplayHost, startReplayHost, table } from "../support/replay";

const RANGE = ["--from", "2026-11-21T02", "--to", "2026-11-21T04"];

let opensearch: OpenSearch;
let emulator: Emulator;
let clients: AwsClients;
let host: ReplayHost;

beforeAll(async () => {
  [opensearch, emulator, host] = await Promise.all([startOpenSearch(), startEmulator(), startReplayHost()]);
  clients = awsClients(emulator.url);
  Object.assign(host.env, emulatedAccount, {
    AWS_ENDPOINT_URL: emulator.url,
    AWS_ENDPOINT_URL_S3: undefined,
    SEARCH_ENDPOINT: opensearch.url,
  });
  const LocationConstraint = emulatedAccount.AWS_REGION;
  await clients.s3.send(new CreateBucketCommand({ Bucket: BUCKET, CreateBucketConfiguration: { LocationConstraint } }));
}, 300_000);

afterAll(() => Promise.all([opensearch.stop(), emulator.stop(), host.stop()]));

/** The forwarder, as it runs in Lambda, but in this process. */
function forwarder() {
  const { io } = prepareForwarding();
  const credentials = () => ({ accessKeyId: "local", secretAccessKey: "local" });
  const region = emulatedAccount.AWS_REGION;
  const { target, pathPrefix } = bucketAddress(BUCKET, region, emulator.url);
  const search = signing(nodeTransport(opensearch.url), { origin: opensearch.url, service: "es", region }, credentials);
  return {
    ...io,
    search: { ...io.search, send: search },
    archive: {
      ...io.archive,
      bucket: BUCKET,
      pathPrefix,
      send: signing(nodeTransport(target.origin), target, credentials),
    },
  };
}

/** All documents by index and id, as they were sent. */
async function documents(pattern = "cwl-*"): Promise<Record<string, unknown>> {
  await fetch(`${opensearch.url}/_refresh`, { method: "POST" });
  const found = await fetch(`${opensearch.url}/${pattern}/_search?size=10000`);
  const { hits } = (await found.json()) as { hits: { hits: { _index: string; _id: string; _source: unknown }[] } };
  return Object.fromEntries(hits.hits.map(({ _index, _id, _source }) => [`${_index}/${_id}`, _source]));
}

describe("a replay between the emulator and OpenSearch", () => {
  const foo = envelope([logEvent(1, "ilikecats"), logEvent(2, '{"level":{"n":1}}'), logEvent(3, '{"level":"info"}')]);
  const bar = envelope([logEvent(4, "größer 🐈")], { logGroup: "/aws/lambda/Bar" });
  const fields = { "@aws.account": "222222222222", "@source.log": "/their/app", ip: "::1", at: "2026-11-21" };
  const centralized = envelope([{ ...logEvent(5), extractedFields: fields }], { logGroup: "/aws/lambda/Bar" });
  const aggregate = aggregated([gzipSync(JSON.stringify(centralized)), Buffer.from("a line"), gzipSync(gzipSync("b"))]);

  it("restores deleted indices exactly, finds them already indexed then, and fills a stream", async () => {
    await forward(kinesisEvent(foo, bar, aggregate, Buffer.from("\0junk")), forwarder());
    const before = await documents();
    expect(Object.keys(before)).toHaveLength(7);
    await fetch(`${opensearch.url}/cwl-*`, { method: "DELETE" });
    expect(await documents()).toEqual({});

    const restored = await host.run(...RANGE);
    expect(restored.stderr).not.toContain("Error");
    expect([restored.exitCode, table(restored.stdout)]).toEqual([0, { objects: 3, "events found": 7, delivered: 7 }]);
    expect(await documents()).toEqual(before);

    const again = await host.run(...RANGE);
    expect(table(again.stdout)).toEqual({ objects: 3, "events found": 7, "already indexed": 7 });
    expect(await documents()).toEqual(before);

    const printed = replayCommand({
      ...{ archive: { bucket: BUCKET, prefix: "" }, searchEndpoint: opensearch.url },
      ...{ from: new Date(ARRIVAL - 1000), to: new Date(ARRIVAL) },
    });
    const { SEARCH_ENDPOINT, ...account } = host.env;
    const { stdout } = await promisify(execFile)("bash", ["-c", printed], { cwd: host.folder, env: account });
    expect(table(stdout)).toEqual({ objects: 3, "events found": 7, "already indexed": 7 });

    await clients.kinesis.send(new CreateStreamCommand({ StreamName: "pipeline_foo", ShardCount: 1 }));
    const toStream = ["--sink", "stream", "--stream", "pipeline_foo"];
    const put = await host.run(...RANGE, "--log-group", "foo", ...toStream);
    expect([put.exitCode, table(put.stdout)]).toEqual([0, { objects: 1, "events found": 3, delivered: 3 }]);
    const { ShardIterator } = await clients.kinesis.send(
      new GetShardIteratorCommand({
        ...{ StreamName: "pipeline_foo", ShardId: "shardId-000000000000", ShardIteratorType: "TRIM_HORIZON" },
      }),
    );
    const { Records } = await clients.kinesis.send(new GetRecordsCommand({ ShardIterator }));
    expect(Records!.map(({ Data }) => JSON.parse(gunzipSync(Data!).toString()))).toEqual([foo]);
  }, 120_000);
});

describe("an audit between the emulator and OpenSearch", () => {
  const AUDIT = join(repositoryRoot, "dist", "commands", "audit.js");

  /** Runs `npm run audit` over one log group. @returns its exit code, what it names, and its summary */
  async function audit(...args: string[]) {
    const options = ["--bucket", BUCKET, ...RANGE, "--log-group", "audited", "--deep", "--json", ...args];
    const child = spawn(process.execPath, [AUDIT, ...options], { cwd: host.folder, env: host.env });
    const { exitCode, stdout, stderr } = await printedBy(child).finished;
    if (stdout === "") throw new Error(stderr);
    const lines = stdout.trim().split("\n");
    const found = lines.map((line) => JSON.parse(line) as Record<string, string>);
    const named = found.filter(({ id }) => id !== undefined).map(({ kind, index, id }) => `${kind} ${index}/${id}`);
    return { exitCode, named: named.sort(), summary: found.at(-1) };
  }

  it("names exactly what was done to the index and to the archive, and heals it", async () => {
    const where = { logGroup: "audited" };
    const numbers = Array.from({ length: 60 }, (_, n) => n + 1000);
    const events = numbers.map((n) => logEvent(n, n % 2 ? `line ${n}` : `{"n":${n},"at":"2026-11-21","x":[1.0,{}]}`));
    await forward(kinesisEvent(envelope(events, where)), forwarder());
    await documents();
    expect(await audit()).toMatchObject({ exitCode: 0, named: [], summary: { agrees: true, indexed: 60 } });

    const index = "cwl-audited-2026.11.21";
    const ids = numbers.map((n) => documentIdOf(n, where));
    const call = async (method: string, path: string, body?: object) => {
      const headers = { "Content-Type": "application/json" };
      const sent = body ? { body: JSON.stringify(body) } : {};
      const response = await fetch(`${opensearch.url}/${path}`, { method, headers, ...sent });
      expect(response.status).toBeLessThan(300);
    };
    const source = (await documents())[`${index}/${ids[0]}`] as object;
    await call("DELETE", `${index}/_doc/${ids[3]}`);
    await call("DELETE", `${index}/_doc/${ids[50]}`);
    await call("PUT", `cwl-audited-2026.11.20/_doc/${ids[5]}`, (await documents())[`${index}/${ids[5]}`] as object);
    await call("POST", `${index}/_update/${ids[7]}`, { doc: { message: "altered" } });
    await call("PUT", `${index}/_doc/${documentIdOf(2000, where)}`, source);
    await documents();
    const found = await audit();
    expect(found).toMatchObject({ exitCode: 1, summary: { agrees: false, complete: true } });
    expect(found.named).toEqual([
      `altered ${index}/${ids[7]}`,
      `duplicate cwl-audited-2026.11.20/${ids[5]}`,
      `extra ${index}/${documentIdOf(2000, where)}`,
      `missing ${index}/${ids[3]}`,
      `missing ${index}/${ids[50]}`,
    ]);
    const healed = await audit("--heal", "--delete", "--yes");
    expect(healed).toMatchObject({ exitCode: 0, named: [], summary: { agrees: true, indexed: 60 } });
    expect(await audit()).toMatchObject({ exitCode: 0, named: [], summary: { missing: 0, duplicate: 0, extra: 0 } });
  }, 120_000);
});

describe("a change of prefix, index and period under load", () => {
  const ours = "cwl-checkout-*,cwl-orders-*,logs-*";
  const functions: LambdaFunction[] = [];

  /** The built forwarder, as Terraform configures it at a time. */
  async function configured(variables: Record<string, string>): Promise<LambdaFunction> {
    const endpoints = { SEARCH_ENDPOINT: opensearch.url, AWS_ENDPOINT_URL_S3: emulator.url };
    const lambda = await startFunction({
      zip: join(repositoryRoot, "dist", "functions", "forwarder.zip"),
      environment: { ...endpoints, ARCHIVE_BUCKET: BUCKET, ARCHIVE_PREFIX: "changed/", ...variables },
      ...{ timeoutSeconds: 60, memoryMib: 256 },
    });
    functions.push(lambda);
    return lambda;
  }

  afterAll(() => Promise.all(functions.map((lambda) => lambda.stop())));

  const invocations = (lambda: LambdaFunction, batches: KinesisStreamEvent[]) =>
    batches.map((batch) => lambda.invoke(batch));
  const invokeEach = (lambda: LambdaFunction, batches: KinesisStreamEvent[]) =>
    Promise.all(invocations(lambda, batches));

  it("leaves each event in one index, however often it is retried across the change, and replayed", async () => {
    const traffic = new ChangedNames();
    const [before, after] = await Promise.all([configured(BEFORE), configured(AFTER)]);
    const early = traffic.batches(-90, -60);
    await invokeEach(before, early);
    // The change is being applied: processes of both run, and what one has delivered is retried by the other.
    const meanwhile = [...traffic.batches(-60, -50), ...traffic.batches(-50, -40)];
    await Promise.all([invokeEach(before, meanwhile), invokeEach(after, meanwhile)]);
    // From here on only the new one runs. Its processes are killed amid the events around the boundary.
    const late = [...early, ...traffic.batches(-40, 10), ...traffic.batches(-5, 30), ...traffic.batches(30, 40)];
    const killed = invocations(after, late);
    await Promise.race(killed);
    await after.kill();
    await Promise.all(killed);
    const results = await invokeEach(after, late);
    expect(results.map(({ payload }) => payload)).toEqual(late.map(() => ({ batchItemFailures: [] })));

    const delivered = await documents(ours);
    expect(Object.keys(delivered).sort()).toEqual([...traffic.places].sort());

    const file = join(host.folder, "index-settings.json");
    writeFileSync(file, JSON.stringify(INDEX_SETTINGS));
    const range = ["--from", "2026-11-21T01", "--to", "2026-11-21T04", "--archive-prefix", "changed/"];
    const replay = () => host.run(...range, "--index-settings", file);
    const found = traffic.places.size;
    expect(table((await replay()).stdout)).toMatchObject({ "events found": found, "already indexed": found });
    expect(await documents(ours)).toEqual(delivered);

    await fetch(`${opensearch.url}/${ours}`, { method: "DELETE" });
    expect(table((await replay()).stdout)).toMatchObject({ "events found": found, delivered: found });
    expect(await documents(ours)).toEqual(delivered);
  }, 120_000);
});
