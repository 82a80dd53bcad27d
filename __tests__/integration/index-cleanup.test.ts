import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RunDeadline } from "../../archive/deadlines";
import { periodName } from "../../core/events/index-period";
import { type OpenSearch, startOpenSearch } from "../../local/opensearch/opensearch";
import { Protection } from "../../replay/sinks/protection";
import { callEngine, searchClient } from "../support/engines";
import { invoke, unzipInto, zipOf } from "../support/function-zip";
import { envelope } from "../support/kinesis";
import { CWL } from "../support/layouts";

const DAY_MS = 86_400_000;
const NOW = Date.now();

let opensearch: OpenSearch;
let folder: string;

beforeAll(async () => {
  opensearch = await startOpenSearch();
  folder = await mkdtemp(join(tmpdir(), "index-cleanup-"));
  unzipInto(folder, zipOf("index-cleanup"));
}, 300_000);

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await opensearch.stop();
});

/** The index of a log group, as long ago. */
const ofDay = (stem: string, daysAgo: number): string =>
  `${stem}-${periodName("day", new Date(NOW - daysAgo * DAY_MS).toISOString())}`;

const create = (index: string, body: object = {}) =>
  callEngine(opensearch, "PUT", `/${index}`, {
    settings: { number_of_shards: 1, number_of_replicas: 0, ...("settings" in body ? (body.settings as object) : {}) },
    ...("mappings" in body && { mappings: body.mappings }),
  });

async function names(): Promise<string[]> {
  const response = await fetch(`${opensearch.url}/_cat/indices?format=json&h=index&expand_wildcards=all`);
  const rows = JSON.parse(await response.text()) as { index: string }[];
  return rows.map(({ index }) => index).sort();
}

/** Runs the built function once. */
async function cleanUp(variables: Record<string, string>) {
  const env = {
    SEARCH_ENDPOINT: opensearch.url,
    PIPELINE_NAME: "logs",
    INDEX_PREFIX: "cwl-",
    AWS_REGION: "eu-central-1",
    AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
    AWS_SECRET_ACCESS_KEY: "secret",
    ...variables,
  };
  const { lines, exitCode, stderr } = await invoke(folder, env, {});
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  return lines.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe("the clean-up function", () => {
  it("deletes exactly the indices of its pipeline that no rule keeps, one log line for each", async () => {
    const meta = (_meta: object) => ({ mappings: { _meta } });
    const doomed = [ofDay("cwl-foo", 9), ofDay("cwl-foo", 10), ofDay("cwl-aws-lambda-x~0123456789abcdef", 300)];
    const own = { pipeline: "logs", index_prefix: "cwl-", version: 1 };
    const staying: [index: string, body?: object][] = [
      // Of the pipeline, and young enough.
      [ofDay("cwl-foo", -1)],
      [ofDay("cwl-foo", 0)],
      [ofDay("cwl-foo", 7)],
      // Of somebody else: AWS's own function, other periods, other prefixes, other forms.
      [`cwl-${periodName("day", new Date(NOW - 30 * DAY_MS).toISOString())}`],
      ["cwl-foo-2020.01"],
      ["cwl-foo-2020.w01"],
      ["cwl-foo-2020.01.01-reindexed"],
      ["cwl-foo-2020.02.30"],
      ["other-foo-2020.01.01"],
      ["xcwl-foo-2020.01.01"],
      // Hidden, whatever its name.
      ["cwl-hidden-2020.01.01", { settings: { "index.hidden": true } }],
      // Of another pipeline on the same engine, by prefix and by name.
      ["cwl-b-foo-2020.01.01", meta({ pipeline: "logs-b", index_prefix: "cwl-b-", version: 1 })],
      ["cwl-twin-2020.01.01", meta({ ...own, pipeline: "twin" })],
      // Replayed.
      ["cwl-replayed-2020.01.01", meta({ ...own, protected_until: new Date(NOW + DAY_MS).toISOString() })],
    ];
    for (const index of doomed) await create(index, index === doomed[0] ? meta(own) : {});
    await create("cwl-replayed-2020.01.02", meta({ ...own, protected_until: new Date(NOW - DAY_MS).toISOString() }));
    await create("cwl-closed-2020.01.01");
    await callEngine(opensearch, "POST", "/cwl-closed-2020.01.01/_close");
    for (const [index, body] of staying) await create(index, body);
    await callEngine(opensearch, "POST", "/_aliases", {
      actions: [{ add: { index: "other-foo-2020.01.01", alias: "cwl-alias-2020.01.01" } }],
    });
    const toGo = [...doomed, "cwl-replayed-2020.01.02", "cwl-closed-2020.01.01"].sort();
    const before = await names();

    const rehearsal = await cleanUp({ KEEP_DAYS: "8", DRY_RUN: "on" });
    expect(rehearsal.flatMap(({ wouldDelete }) => wouldDelete ?? []).sort()).toEqual(toGo);
    expect(await names()).toEqual(before);

    const lines = await cleanUp({ KEEP_DAYS: "8", METRICS_NAMESPACE: "logs" });
    expect(lines.flatMap(({ deleted }) => deleted ?? []).sort()).toEqual(toGo);
    expect(lines.at(-1)).toMatchObject({
      DeletedIndices: 5,
      ProtectedIndices: 1,
      OtherOwnersIndices: 2,
      FailedDeletions: 0,
      _aws: { CloudWatchMetrics: [{ Namespace: "logs" }] },
    });
    expect(await names()).toEqual(staying.map(([index]) => index).sort());

    expect((await cleanUp({ KEEP_DAYS: "8" })).at(-1)).toMatchObject({ DeletedIndices: 0, FailedDeletions: 0 });
  }, 120_000);

  it("keeps the newest of each log group, and deletes the oldest while the disks are too full, no more than allowed", async () => {
    await callEngine(opensearch, "DELETE", "/*?expand_wildcards=all");
    for (let daysAgo = 0; daysAgo < 5; daysAgo++) {
      for (const group of ["a", "b"]) await create(ofDay(`cwl-${group}`, daysAgo));
    }

    await cleanUp({ KEEP_COUNT: "3" });
    const kept = [2, 1, 0].flatMap((daysAgo) => [ofDay("cwl-a", daysAgo), ofDay("cwl-b", daysAgo)]).sort();
    expect(await names()).toEqual(kept);

    // A real disk is never that empty, so all but the current indices may go.
    const lines = await cleanUp({ MAX_DISK_PERCENT: "1", MAX_DELETIONS_PER_RUN: "3" });
    expect(lines.flatMap(({ deleted }) => deleted ?? [])).toEqual([
      ofDay("cwl-a", 2),
      ofDay("cwl-b", 2),
      ofDay("cwl-a", 1),
    ]);
    expect(lines.at(-1)).toMatchObject({ PostponedDeletions: 1 });
    await cleanUp({ MAX_DISK_PERCENT: "1" });
    expect(await names()).toEqual([ofDay("cwl-a", 0), ofDay("cwl-b", 0)]);
  }, 120_000);

  it("leaves an index that a replay protects, whatever is written to it afterwards, until that time", async () => {
    await callEngine(opensearch, "DELETE", "/*?expand_wildcards=all");
    await callEngine(opensearch, "PUT", "/_index_template/logs", {
      index_patterns: ["cwl-*-20*.*.*"],
      template: { mappings: { _meta: { pipeline: "logs", index_prefix: "cwl-", version: 1 } } },
    });
    const at = Date.parse("2020-01-01T12:00:00Z");
    const events = [{ id: "1", timestamp: at, message: "replayed" }];
    const records = ["new", "old"].map((logGroup) => ({
      origin: { shardId: "shard", sequenceNumber: "1", region: "eu-central-1", arrival: at },
      envelopes: [envelope(events, { logGroup })],
    }));
    await create("cwl-old-2020.01.01");
    await create("cwl-other-2020.01.01");
    const until = new Date(NOW + 30 * DAY_MS);

    await new Protection(until, searchClient(opensearch), CWL, new RunDeadline()).protect(records);
    for (const index of ["cwl-new-2020.01.01", "cwl-old-2020.01.01"]) {
      await callEngine(opensearch, "POST", `/${index}/_doc`, { later: 1 });
    }

    expect((await cleanUp({ KEEP_DAYS: "1" })).at(-1)).toMatchObject({ DeletedIndices: 1, ProtectedIndices: 2 });
    expect(await names()).toEqual(["cwl-new-2020.01.01", "cwl-old-2020.01.01"]);
    const mapping = await (await fetch(`${opensearch.url}/cwl-new-2020.01.01/_mapping`)).text();
    expect(JSON.parse(mapping)["cwl-new-2020.01.01"].mappings).toMatchObject({
      _meta: { pipeline: "logs", index_prefix: "cwl-", version: 1, protected_until: until.toISOString() },
      properties: { later: expect.anything() },
    });
  }, 120_000);
});
