import type { ServerResponse } from "node:http";
import { ensureIndices } from "../../core/indices/ensure-indices";
import { BULK_PATH, bodyOfItems, linesIn, neverWritten } from "../../core/sinks/opensearch/bulk-request";
import { isAllCreated } from "../../core/sinks/opensearch/bulk-response";
import { deliver } from "../../core/sinks/opensearch/deliver";
import { CONTROL, probeItems } from "../../core/sinks/opensearch/probe";
import { type Engine, startEngine } from "../../local/opensearch/engine";
import { bulkItems, linesOf, prepareDelivery, requestOf } from "../support/delivery";
import { forwardSearched } from "../support/documented-searches";
import {
  callEngine,
  describeEachEngine,
  expectHeld,
  findHits,
  forwardTo,
  indexOf,
  searchClient,
} from "../support/engines";
import { startServer } from "../support/http-server";
import { documentIdOf, eventId, logEvent } from "../support/kinesis";
import { expectPageSearch, expectPageSearchOfOddIndices } from "../support/page-search";
import { pipelineIndices } from "../support/pipeline-indices";

const DELIVERED = { acknowledged: true, rejected: [] };
const NDJSON = { "Content-Type": "application/x-ndjson" };
const RETURNED = { acknowledged: false, rejected: [] };

/** Without a second try, events of each of 60 became text. */
const FRESH_INDICES = 12;

type Change = (engine: Engine, logGroup: string) => Promise<void>;

/** What an operator, or a full disk, does to an index or to the cluster; only an operator can fix it. */
interface Trouble {
  what: string;
  /** Whether the log group has its index before. */
  hasIndex: boolean;
  begin: Change;
  end: Change;
}

const ofCluster = (what: string, hasIndex: boolean, setting: string, value: unknown): Trouble => {
  const change = (to: unknown) => (engine: Engine) =>
    callEngine(engine, "PUT", "/_cluster/settings", { transient: { [setting]: to } });
  return { what, hasIndex, begin: change(value), end: change(null) };
};

const blockOfIndex = (block: string): Trouble => {
  const change =
    (to: unknown): Change =>
    (engine, logGroup) =>
      callEngine(engine, "PUT", `/${indexOf(logGroup)}/_settings`, { [`index.blocks.${block}`]: to });
  return { what: `index.blocks.${block}`, hasIndex: true, begin: change(true), end: change(null) };
};

const TROUBLES: Trouble[] = [
  ...["write", "read_only", "read_only_allow_delete", "metadata"].map(blockOfIndex),
  ...["read_only", "read_only_allow_delete"].flatMap((block) => [
    ofCluster(`cluster.blocks.${block}`, true, `cluster.blocks.${block}`, true),
    ofCluster(`cluster.blocks.${block}, without an index`, false, `cluster.blocks.${block}`, true),
  ]),
  ofCluster("action.auto_create_index: false", false, "action.auto_create_index", "false"),
  ofCluster("a reached cluster.max_shards_per_node", false, "cluster.max_shards_per_node", 1),
  {
    what: "a closed index",
    hasIndex: true,
    begin: (engine, logGroup) => callEngine(engine, "POST", `/${indexOf(logGroup)}/_close`),
    end: (engine, logGroup) => callEngine(engine, "POST", `/${indexOf(logGroup)}/_open`),
  },
  ...["default_pipeline", "final_pipeline"].map((name): Trouble => {
    const change =
      (to: unknown): Change =>
      (engine, logGroup) =>
        callEngine(engine, "PUT", `/${indexOf(logGroup)}/_settings`, { [`index.${name}`]: to });
    return { what: `index.${name}, which does not exist`, hasIndex: true, begin: change("none"), end: change(null) };
  }),
  {
    what: "an alias of two indices in its index's place",
    hasIndex: false,
    begin: async (engine, logGroup) => {
      const body = { aliases: { [indexOf(logGroup)]: {} } };
      for (const name of ["alias-1", "alias-2"]) await callEngine(engine, "PUT", `/${name}`, body);
    },
    end: async (engine) => {
      for (const name of ["alias-1", "alias-2"]) await callEngine(engine, "DELETE", `/${name}`);
    },
  },
];

describeEachEngine("requests to", (release) => {
  let engine: Engine;
  let groups = 0;
  const newLogGroup = () => `group-${groups++}`;
  beforeAll(async () => {
    engine = await startEngine(release, { settings: { "http.max_content_length": "1mb" } });
  }, 300_000);
  afterAll(() => engine.stop());

  it("answers the local page's search as it is asked: finds, counts, opens, surrounds and exports", async () => {
    const now = Date.now();
    await forwardSearched(engine, now);
    await expectPageSearch(engine, now);
    await expectPageSearchOfOddIndices(engine, now);
  });

  it("indexes each event once, however often and by whomever it is delivered", async () => {
    const logGroup = newLogGroup();
    const events = Array.from({ length: 2_000 }, (_, n) => logEvent(n));
    const deliveries = [events.slice(0, 500), events, events.slice(300), events];

    const outcomes = await Promise.all(deliveries.map((some) => forwardTo(engine, logGroup, some)));

    expect(outcomes).toEqual(deliveries.map(() => DELIVERED));
    expect(await findHits(engine, logGroup)).toHaveLength(events.length);
    await expectHeld(engine, logGroup, events);
  });

  it.each(TROUBLES)(
    "returns the batch to Lambda under $what, and delivers it afterwards",
    async ({ hasIndex, begin, end }) => {
      const logGroup = newLogGroup();
      const before = hasIndex ? [logEvent(0)] : [];
      // Some index exists in any case, so that the limit of shards is reached.
      await forwardTo(engine, hasIndex ? logGroup : newLogGroup(), [logEvent(0)]);
      const events = [logEvent(1, '{"new":1}'), logEvent(2, "kitten")];

      await begin(engine, logGroup);
      const during = await forwardTo(engine, logGroup, events).finally(() => end(engine, logGroup));
      const after = await forwardTo(engine, logGroup, events);

      expect([during, after]).toEqual([RETURNED, DELIVERED]);
      await expectHeld(engine, logGroup, [...before, ...events]);
    },
  );

  it("indexes a refused value as text, even if its words are those of an error that an operator can fix", async () => {
    const logGroup = newLogGroup();
    const before = logEvent(0, '{"level":1}');
    const phrases = [
      "Validation Failed: 1: this action would add [2] total shards, but this cluster currently has [1000]/[1000] maximum shards open;",
      "no write index is defined for alias [x].",
      "pipeline with id [x] does not exist",
    ];
    const values = phrases.flatMap((phrase, n) => [
      logEvent(2 * n + 1, JSON.stringify({ level: phrase })),
      logEvent(2 * n + 2, JSON.stringify({ [`${phrase.slice(0, -1)}..x`]: phrase })),
    ]);

    const outcomes = [await forwardTo(engine, logGroup, [before]), await forwardTo(engine, logGroup, values)];

    expect(outcomes).toEqual([DELIVERED, DELIVERED]);
    const texts = await findHits(engine, logGroup, { match_phrase_prefix: { "aws.cloudwatch.rejection": "rejected" } });
    expect(texts.map(({ _source }) => _source.message)).toEqual(
      expect.arrayContaining(values.map(({ message }) => message)),
    );
  });

  it.each([
    ["has a strict mapping without the pipeline's fields", { dynamic: "strict", properties: { a: { type: "text" } } }],
    ["has another type for one of them", { properties: { "@timestamp": { type: "boolean" } } }],
  ])("returns the batch to Lambda if the index %s, and rejects nothing", async (_, mappings) => {
    const logGroup = newLogGroup();
    await callEngine(engine, "PUT", `/${indexOf(logGroup)}`, { mappings });

    const forwarded = forwardTo(engine, logGroup, [logEvent(0, "kitten"), logEvent(1, '{"level":1}')]);

    await expect(forwarded).rejects.toMatchObject({ code: "ALL_EVENTS_REJECTED" });
    expect(await findHits(engine, logGroup)).toEqual([]);
  });

  it("rejects lines that all fail alike, and goes on with the lane", async () => {
    const logGroup = newLogGroup();
    const mappings = { properties: { message: { type: "keyword" } } };
    await callEngine(engine, "PUT", `/${indexOf(logGroup)}`, { mappings });
    const long = Array.from({ length: 20 }, (_, n) => logEvent(n, `${n} ${"x".repeat(40_000)}`));

    const outcomes = [await forwardTo(engine, logGroup, long), await forwardTo(engine, logGroup, [logEvent(20)])];

    expect(outcomes).toEqual([{ acknowledged: true, rejected: expect.any(Array) }, DELIVERED]);
    const rejected = outcomes[0]!.rejected.flatMap((line) => JSON.parse(line).logEvents);
    expect(rejected).toHaveLength(20);
    expect(await findHits(engine, logGroup)).toHaveLength(1);
  });

  it.each<[string, (response: ServerResponse) => unknown]>([
    ["reset", (response) => response.destroy()],
    ["answered by 500", (response) => response.writeHead(500).end("<html>")],
    ["answered by half", (response) => response.writeHead(200).end('{"items":[{"create":')],
  ])("indexes one event as text, and its 100 neighbours, if each request with its fields is %s", async (_, fail) => {
    const logGroup = newLogGroup();
    const proxy = await startServer(async ({ method, target, headers, body }, response) => {
      if (body.includes('"poison":true')) return fail(response);
      const { "content-length": _length, host: _host, ...others } = headers;
      const request = { method: method as "POST", path: target, headers: others, body };
      const answer = await searchClient(engine)({ ...request, timeoutMs: 60_000, maxResponseBytes: 16 * 1024 * 1024 });
      return response.writeHead(answer.status).end(answer.body);
    });
    const neighbours = Array.from({ length: 100 }, (_, n) => logEvent(n));
    const poisoned = logEvent(100, '{"poison":true}');
    const events = [...neighbours.slice(0, 41), poisoned, ...neighbours.slice(41)];

    const outcome = await forwardTo({ ...engine, url: proxy.origin }, logGroup, events).finally(proxy.stop);

    expect(outcome).toEqual(DELIVERED);
    await expectHeld(engine, logGroup, neighbours);
    const texts = await findHits(engine, logGroup, { match_phrase: { "aws.cloudwatch.rejection": "failed alone" } });
    expect(texts.map(({ _source }) => _source.message)).toEqual([poisoned.message]);
  });

  it("indexes all fields of events that two requests bring into a fresh index at the same time", async () => {
    const logGroups = Array.from({ length: FRESH_INDICES }, newLogGroup);
    const batches = [
      ['{"duration":18}', '{"status":200,"duration":19}'],
      ['{"duration":18.593}', '{"status":404.1,"duration":20}'],
    ].map((messages, batch) => messages.map((message, n) => logEvent(2 * batch + n, message)));

    const forwarded = logGroups.flatMap((logGroup) =>
      batches.map((events) => forwardTo(engine, logGroup, events, {}, { waits: true })),
    );
    for (const outcome of await Promise.all(forwarded)) expect(outcome).toEqual(DELIVERED);

    const rejected = { match: { "aws.cloudwatch.rejection": "rejected" } };
    const texts = await Promise.all(logGroups.map((logGroup) => findHits(engine, logGroup, rejected)));
    expect(texts.flat()).toEqual([]);
  });

  it("gives a new index the template's settings, and leaves the templates of others", async () => {
    const prefix = "templated-";
    const indices = pipelineIndices({ prefix, shards: 2, refreshIntervalSeconds: 5 });
    const io = { send: searchClient(engine), remainingMs: () => 30_000 };
    const ensure = (given: Partial<typeof indices> = {}) => ensureIndices({ ...indices, ...given }, io);
    const read = async (path: string) => JSON.parse(await (await fetch(engine.url + path)).text());
    const template = async (name: string) => (await read(`/_index_template/${name}`)).index_templates[0].index_template;

    expect(await Promise.all([ensure(), ensure(), ensure()])).toEqual([[], [], []]);
    const first = await template(indices.name);
    expect([await ensure(), await template(indices.name)]).toEqual([[], first]);
    expect(first).toMatchObject({ _meta: { pipeline: indices.name, index_prefix: prefix } });

    await callEngine(engine, "PUT", `/${prefix}app-2026.11.26/_doc/1`, { message: "new" });
    await callEngine(engine, "PUT", `/${prefix}2026.11.26/_doc/1`, { message: "somebody else's" });
    const { settings } = (await read(`/${prefix}app-2026.11.26/_settings`))[`${prefix}app-2026.11.26`];
    expect(settings.index).toMatchObject({ number_of_shards: "2", refresh_interval: "5s" });
    const { mappings } = (await read(`/${prefix}app-2026.11.26/_mapping`))[`${prefix}app-2026.11.26`];
    expect(mappings._meta).toMatchObject({ pipeline: indices.name, index_prefix: prefix });
    const others = (await read(`/${prefix}2026.11.26/_settings`))[`${prefix}2026.11.26`].settings;
    expect(others.index).not.toHaveProperty("refresh_interval");

    const { priority } = first;
    const theirs = { index_patterns: [`${prefix}a*`], priority: priority - 1 };
    await callEngine(engine, "PUT", "/_index_template/theirs", theirs);
    expect(await ensure({ name: "theirs" })).toEqual([
      expect.stringContaining("is another owner's and stays as it is"),
    ]);
    expect(await ensure({ name: "twin" })).toEqual([
      expect.stringContaining("another index template matches the same"),
    ]);
    expect(await template("theirs")).toMatchObject(theirs);
  });

  it("says so where the engine deletes no index by its age, and puts the template", async () => {
    const indices = pipelineIndices({ name: "aging", prefix: "aging-", retentionDays: 30 });
    const warnings = await ensureIndices(indices, { send: searchClient(engine), remainingMs: () => 30_000 });
    // None of the distributions on Maven Central has Index State Management or Index Lifecycle Management.
    expect(warnings).toEqual([expect.stringContaining("neither Index State Management nor")]);
    expect((await fetch(`${engine.url}/_index_template/aging`)).status).toBe(200);
  });

  it("stores nothing of a probe, and maps nothing but the fields that it has", async () => {
    const { io } = prepareDelivery();
    const index = newLogGroup();
    const document = { cloud: { region: "eu-central-1" }, message: null };
    const probeLines = () => neverWritten(index, "1", JSON.stringify(document));
    const [item] = bulkItems(1);

    const sent = { send: searchClient(engine), endpoint: engine.url, probeLines };
    const probed = await probeItems([item!], CONTROL, { ...io, ...sent });

    expect(probed).toEqual({ accepting: [item], others: [] });
    const read = async (path: string) => JSON.parse(await (await fetch(`${engine.url}/${index}/${path}`)).text());
    await callEngine(engine, "POST", `/${index}/_refresh`);
    expect((await read("_count")).count).toBe(0);
    expect(Object.keys((await read("_mapping"))[index].mappings.properties)).not.toContain("message");
  });

  it.each([
    ["", false],
    [", compressed, too", true],
  ])(
    "splits a request that is too large, and rejects only an event that is too large by itself%s",
    async (_, compressed) => {
      const logGroup = newLogGroup();
      const events = Array.from({ length: 30 }, (_, n) => logEvent(n, `${n} ${"word ".repeat(20_000)}`));
      const large = logEvent(30, "word ".repeat(250_000));

      const outcome = await forwardTo(engine, logGroup, [...events, large], {}, { compressed });

      expect(outcome.acknowledged).toBe(true);
      expect(outcome.rejected.map((line) => JSON.parse(line))).toEqual([
        expect.objectContaining({ rejection: expect.stringContaining("413"), logEvents: [large] }),
      ]);
      await expectHeld(engine, logGroup, events);
      expect(await findHits(engine, logGroup)).toHaveLength(events.length);
    },
  );

  it("responds to new events with the body that is recognized without parsing", async () => {
    const items = bulkItems(1_000).map((item) => ({
      ...item,
      ...linesIn(linesOf(item).replace("cwl-foo", "cwl-new")),
    }));
    const body = bodyOfItems(items);
    const request = {
      method: "POST",
      path: BULK_PATH,
      headers: NDJSON,
      body,
      timeoutMs: 60_000,
      maxResponseBytes: 1e6,
    } as const;

    const response = await searchClient(engine)(request);

    expect(isAllCreated(response, items.length)).toBe(true);
  });

  it("rejects only the item that causes the rejection of a whole request", async () => {
    const { io, indexed, rejected } = prepareDelivery();
    const sent = { send: searchClient(engine), endpoint: engine.url, textLines: linesOf };
    const items = bulkItems(20);
    items[7] = { ...items[7]!, ...linesIn(linesOf(items[7]!).replace('"_id":"7"', `"_id":"${"i".repeat(513)}"`)) };

    await deliver(requestOf(items), { ...io, ...sent });

    expect(indexed.toSorted((a, b) => a - b)).toEqual([...Array(20).keys()].filter((n) => n !== 7));
    expect(rejected).toEqual([[7, expect.stringContaining("400")]]);
  });

  it("keeps CloudWatch's ids, and gives events with any other an id of their place", async () => {
    const logGroup = newLogGroup();
    const ids = ["i".repeat(512), "\u00e4".repeat(256), "i".repeat(513), '"\\\n', eventId(1)];

    const outcome = await forwardTo(
      engine,
      logGroup,
      ids.map((id) => ({ ...logEvent(0, id.slice(0, 5)), id })),
    );

    expect(outcome).toEqual(DELIVERED);
    const taken = (await findHits(engine, logGroup)).map(({ _id }) => _id);
    const own = taken.filter((id) => /^shardId-\d+:\d+:[0-3]\.[\w-]{16}$/.test(id));
    expect(taken.filter((id) => !own.includes(id))).toEqual([documentIdOf(1, { logGroup })]);
    expect(new Set(own).size).toBe(4);
  });

  it("makes two documents of one id in two log groups, so that none hides the other", async () => {
    const [victim, forger] = [newLogGroup(), newLogGroup()];
    await forwardTo(engine, forger, [logEvent(1, "forged")]);
    expect(await forwardTo(engine, victim, [logEvent(1, "real")])).toEqual(DELIVERED);
    expect(await findHits(engine, victim)).toMatchObject([{ _id: documentIdOf(1, { logGroup: victim }) }]);
    expect(await findHits(engine, forger)).toMatchObject([{ _id: documentIdOf(1, { logGroup: forger }) }]);
  });
});
