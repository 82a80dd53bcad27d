import type { Send } from "../../core/http/send";
import { indexSetup } from "../../core/indices/index-setup";
import { fieldExtractor } from "../../core/messages/extraction";
import { lineJoining } from "../../core/messages/joining";
import { parseWaf } from "../../core/parsers/waf";
import type { ParserName } from "../../core/settings/parser-names";
import { type Engine, startEngine } from "../../local/opensearch/engine";
import type { EngineRelease } from "../../local/opensearch/release";
import { Random } from "../../tools/random";
import { SAMPLE_LINES } from "../../tools/sample-logs/by-parser";
import { generatedLogs, realFiles } from "../support/corpus";
import {
  callEngine,
  describeEachEngine,
  expectHeld,
  findHits,
  forwardTo,
  indexOf,
  searchClient,
} from "../support/engines";
import { logEvent } from "../support/kinesis";
import { CWL } from "../support/layouts";
import { LOGGERS } from "../support/logger-lines";

/** In Elasticsearch 8.17 `best_compression` is zstd, whose library is not in the distribution that Maven Central has: no segment could be written. */
function withCodecOf({ name, version }: EngineRelease, send: Send): Send {
  if (name !== "elasticsearch" || !version.startsWith("8.")) return send;
  return (request) =>
    send({ ...request, body: Buffer.from(request.body.toString().replace("best_compression", "default")) });
}

/** Parsers of what applications write: many of them share an index. */
const APPLICATIONS = ["lambda", "python", "log4j", "key_value"] as const;

describeEachEngine("an index of the template on", (release) => {
  let engine: Engine;
  let groups = 0;
  const newLogGroup = () => `group-${groups++}`;

  beforeAll(async () => {
    engine = await startEngine(release);
    const indices = {
      name: "pipeline",
      layouts: CWL,
      shards: 1,
      replicas: 1,
      refreshIntervalSeconds: 1,
      sort: "none" as const,
      retentionDays: 0,
    };
    const setup = indexSetup(indices, {
      send: withCodecOf(release, searchClient(engine)),
      monotonicMs: () => performance.now(),
    });
    expect(await setup(60_000)).toEqual([]);
  }, 300_000);
  afterAll(() => engine.stop());

  /** The index of a log group with these messages, all of which it takes. */
  async function indexed(messages: readonly string[], parser: ParserName | "none" = "none"): Promise<string> {
    const logGroup = newLogGroup();
    const events = messages.map((message, n) => logEvent(n, message));
    expect(await forwardTo(engine, logGroup, events, {}, { parser })).toEqual({ acknowledged: true, rejected: [] });
    return logGroup;
  }

  const found = async (logGroup: string, query: object) =>
    (await findHits(engine, logGroup, query)).map(({ _id }) => Number(_id.split(".")[0]));

  async function search(logGroup: string, body: object) {
    await callEngine(engine, "POST", `/${indexOf(logGroup)}/_refresh`);
    const response = await fetch(`${engine.url}/${indexOf(logGroup)}/_search`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    return JSON.parse(await response.text());
  }

  /** The messages of which the index took no fields. */
  async function textsIn(logGroup: string): Promise<unknown[]> {
    const hits = await findHits(engine, logGroup, { prefix: { "aws.cloudwatch.rejection": "rejected" } });
    return hits.map(({ _source }) => _source);
  }

  /** Whether the engine has a type for objects whose names are data, and survives it. Without, the calls of CloudTrail are fields, and others are not searched. */
  const hasOneField = !/^(opensearch-(1|2\.(3|1[1-7]))|elasticsearch-7\.(9|10))\./.test(
    `${release.name}-${release.version}`,
  );

  const mixed = Object.values(LOGGERS).flatMap((line) => Array.from({ length: 12 }, (_, n) => line(n)));

  it.each([1, 2, 3, 4])(
    "holds the lines of all loggers with their fields, in whatever order they come: %i",
    async (seed) => {
      const lines = new Random(seed).shuffled(mixed);

      const logGroup = await indexed(lines);

      expect(await textsIn(logGroup)).toEqual([]);
      await expectHeld(
        engine,
        logGroup,
        lines.map((line, n) => logEvent(n, line)),
      );
    },
  );

  it("finds fields of the user's own, in objects that are one field, too, and the number of joined events", async () => {
    const logGroup = newLogGroup();
    const own = (name: string) => ({ name, from: "message", pattern: "[a-z]+" });
    const extract = fieldExtractor([own("labels.page"), own("log.level"), own("order_time")]);
    const lines = ['{"labels":{"app.x":1},"log":"warn"}', "cats 1", "\tat a.B", "dogs 2"];
    const events = lines.map((line, n) => logEvent(n, line));
    const options = { extract, joining: lineJoining("^\\S") };

    expect(await forwardTo(engine, logGroup, events, {}, options)).toEqual({ acknowledged: true, rejected: [] });

    expect(await textsIn(logGroup)).toEqual([]);
    expect(await found(logGroup, { range: { "aws.cloudwatch.event_count": { gte: 2 } } })).toEqual([1]);
    expect(await found(logGroup, { term: { "log.level": "warn" } })).toEqual([0]);
    expect(await found(logGroup, { term: { order_time: "dogs" } })).toEqual([3]);
    if (hasOneField) expect(await found(logGroup, { term: { "labels.page": "cats" } })).toEqual([1]);
  });

  it("holds at least 99 % of the lines of all logs with their fields, in one index", async () => {
    const lines = [...generatedLogs, ...realFiles].flatMap(([, all]) => all.slice(0, 1_000));

    const logGroup = await indexed(new Random(1).shuffled([...lines, ...mixed]));

    expect((await textsIn(logGroup)).length).toBeLessThanOrEqual((lines.length + mixed.length) / 100);
  });

  it("holds at least 99 % of the lines of all applications with their fields, parsed text beside JSON, in one index", async () => {
    const texts = APPLICATIONS.flatMap((name) => SAMPLE_LINES[name].flatMap(({ lines }) => lines));
    const lines = new Random(1).shuffled([...mixed, ...Array.from({ length: 12 }, () => texts).flat()]);

    const logGroup = newLogGroup();
    const events = lines.map((message, n) => logEvent(n, message));
    const outcome = await forwardTo(engine, logGroup, events, {}, { parser: "auto" });

    expect(outcome).toEqual({ acknowledged: true, rejected: [] });
    expect((await textsIn(logGroup)).length).toBeLessThanOrEqual(lines.length / 100);
    for (const field of ["aws.lambda.duration_ms", "faas.execution", "log.logger", "error.stack_trace", "took"]) {
      expect((await found(logGroup, { exists: { field } })).length).toBeGreaterThanOrEqual(12);
    }
  });

  it("finds phrases in the messages of text, of JSON and of loggers with names of their own", async () => {
    const logGroup = await indexed([
      "the quick brown fox",
      '{"message":"a quick brown dog"}',
      '{"msg":"quick brown cats"}',
      '{"@mt":"brown and quick"}',
    ]);

    expect(await found(logGroup, { match_phrase: { message: "quick brown" } })).toEqual([0, 1]);
    expect(await found(logGroup, { match_phrase: { msg: "quick brown" } })).toEqual([2]);
    expect(await found(logGroup, { match_phrase: { "@mt": "quick brown" } })).toEqual([]);
  });

  it.each(["7", "7.5", "true"])(
    "finds messages and levels alike when one event's are %s, the first of all",
    async (value) => {
      const logGroup = await indexed([
        `{"msg":${value},"level":${value},"err":{"stack":${value}}}`,
        '{"msg":"the quick brown fox","level":"error","err":{"stack":"at the lazy dog"}}',
      ]);

      expect(await textsIn(logGroup)).toEqual([]);
      expect(await found(logGroup, { match_phrase: { msg: "quick brown" } })).toEqual([1]);
      expect(await found(logGroup, { match_phrase: { "err.stack": "lazy dog" } })).toEqual([1]);
      expect(await found(logGroup, { term: { level: "error" } })).toEqual([1]);
      expect(await found(logGroup, { match: { msg: value } })).toEqual([0]);
    },
  );

  it.each<[ParserName, string, object]>([
    ["alb_access", "web/1", { term: { "http.response.status_code": 502 } }],
    ["vpc_flow", "eni-1235b8ca123456789-all", { term: { "source.ip": "172.31.0.0/16" } }],
    ["cloudtrail", "123456789012_CloudTrail_us-east-1", { term: { "event.action": "StartInstances" } }],
    ["postgresql", "web/1", { term: { "log.level": "error" } }],
    ["lambda", "2026/11/21/[$LATEST]0", { range: { "aws.lambda.billed_duration_ms": { gte: 79, lte: 81 } } }],
  ])(
    "finds lines of %s by their fields, beside text of no format, with the parser auto",
    async (format, logStream, query) => {
      const logGroup = newLogGroup();
      const lines = ["order 7 placed", ...SAMPLE_LINES[format][0]!.lines];
      const events = lines.map((line, n) => logEvent(n, line));

      const outcome = await forwardTo(engine, logGroup, events, { logStream }, { parser: "auto" });

      expect(outcome).toEqual({ acknowledged: true, rejected: [] });
      expect(await textsIn(logGroup)).toEqual([]);
      const ids = await found(logGroup, query);
      expect(ids.length).toBeGreaterThan(0);
      expect(ids).not.toContain(0);
      expect(await found(logGroup, { match_phrase: { message: "order 7 placed" } })).toEqual([0]);
    },
  );

  it("finds addresses by their network, and keeps what is none", async () => {
    const address = (ip: string) => `{"source":{"ip":"${ip}"},"client":{"ip":"${ip}"},"server":{"ip":"${ip}"}}`;
    const logGroup = await indexed([
      ...["unknown", "10.1.2.3", "11.0.0.1", "2001:db8::1"].map(address),
      '{"source":7}',
    ]);

    expect(await textsIn(logGroup)).toHaveLength(1);
    expect(await found(logGroup, { term: { "source.ip": "10.0.0.0/8" } })).toEqual([1]);
    expect(await found(logGroup, { term: { "client.ip": "2001:db8::/32" } })).toEqual([3]);
    expect(await found(logGroup, { term: { "server.ip": "unknown" } })).toEqual([0]);
    expect(await found(logGroup, { exists: { field: "server.ip" } })).toEqual([0, 1, 2, 3]);
  });

  it("finds times that lines have by ranges, and keeps what is none", async () => {
    const hostile = [
      "9".repeat(40),
      "-1e999",
      "2026-13-45T99:99:99Z",
      "9999-12-31T23:59:59.999999999Z",
      "x".repeat(40_000),
    ];
    const events = [...hostile.map((start) => ({ start })), { start: 7 }, { start: "2026-11-21T03:00:00.5Z" }];
    const logGroup = await indexed(
      [...SAMPLE_LINES.alb_access[0]!.lines.slice(0, 1), ...events.map((event) => JSON.stringify({ event }))],
      "alb_access",
    );

    expect(await textsIn(logGroup)).toEqual([]);
    const within = (gte: string, lt: string) => found(logGroup, { range: { "event.start": { gte, lt } } });
    expect(await within("2026-11-21T00:00:00Z", "2026-11-22T00:00:00Z")).toEqual([events.length]);
    expect(await within("2018-07-02T00:00:00Z", "2018-07-03T00:00:00Z")).toEqual([0]);
  });

  it.each([
    ['{"ms":18}', '{"ms":18.593}'],
    ['{"ms":18.593}', '{"ms":18}'],
  ])("finds %s and %s by ranges, whichever comes first", async (...lines) => {
    const logGroup = await indexed(lines);
    const fraction = lines.indexOf('{"ms":18.593}');

    expect(await found(logGroup, { range: { ms: { gt: 18.5, lt: 19 } } })).toEqual([fraction]);
    const { aggregations } = await search(logGroup, { size: 0, aggs: { most: { max: { field: "ms" } } } });
    expect(aggregations.most.value).toBe(18.593);
  });

  it("finds values by field, prefix and query text, and counts and sorts by them", async () => {
    const lines = ["lee", "kim", "kit", "kim"].map((user, n) =>
      JSON.stringify({ user: { name: user }, ok: n > 1, n: 3 - n }),
    );
    const logGroup = await indexed(lines);

    expect(await found(logGroup, { term: { "user.name": "kim" } })).toEqual([1, 3]);
    expect(await found(logGroup, { prefix: { "user.name": "ki" } })).toEqual([1, 2, 3]);
    expect(await found(logGroup, { query_string: { query: "user.name:kim AND ok:true AND n:[0 TO 2]" } })).toEqual([3]);
    const { hits, aggregations } = await search(logGroup, {
      sort: [{ "user.name": "asc" }, { n: "asc" }],
      aggs: { names: { terms: { field: "user.name" } } },
    });
    expect(hits.hits.map(({ sort }: { sort: unknown }) => sort)).toEqual([
      ["kim", 0],
      ["kim", 2],
      ["kit", 1],
      ["lee", 3],
    ]);
    expect(aggregations.names.buckets).toMatchObject([{ key: "kim", doc_count: 2 }, { key: "kit" }, { key: "lee" }]);
  });

  it("finds ids beyond 2^53 exactly, and what else comes where a number came first", async () => {
    const logGroup = await indexed([
      '{"id":9007199254740993}',
      '{"id":9007199254740992}',
      '{"id":"order-7"}',
      '{"id":123456789012345678901234567890}',
      '{"id":1e999}',
    ]);

    expect(await textsIn(logGroup)).toEqual([]);
    for (const [n, id] of ["9007199254740993", "9007199254740992", "order-7"].entries()) {
      expect(await found(logGroup, { term: { "id.exact": id } })).toEqual([n]);
    }
    expect(await found(logGroup, { term: { "id.exact": "123456789012345678901234567890" } })).toEqual([3]);
  });

  it("takes no text for a date or a number", async () => {
    const first = ["2026-11-21", "2026/11/21 03:00:00", "1795230000000", "12"];
    const logGroup = await indexed(first.flatMap((at) => [`{"at":"${at}"}`, '{"at":"-"}', '{"at":"yesterday"}']));

    expect(await textsIn(logGroup)).toEqual([]);
    expect(await found(logGroup, { term: { at: "2026-11-21" } })).toEqual([0]);
  });

  it("finds long texts, and holds longer ones than Lucene has terms for", async () => {
    const long = "\u{1f408}".repeat(5_461);
    const longer = "\u6f22".repeat(10_923);
    const logGroup = await indexed([JSON.stringify({ x: long }), JSON.stringify({ x: longer })]);

    expect(await textsIn(logGroup)).toEqual([]);
    expect(await found(logGroup, { term: { x: long } })).toEqual([0]);
  });

  it("takes labels of any names, depth and values, and those that are none as text, which changes nothing for others", async () => {
    const deep = `${'{"a":'.repeat(97)}"x"${"}".repeat(97)}`;
    const names = Object.fromEntries(Array.from({ length: 19_000 }, (_, n) => [`name-${n}`, n]));
    const objects = [
      ...["null", "[]", "{}", '{"":"x",".":1,"a..b":[null,[true,{}]],"a.":1e999}', '[{"a":"b"},null]'],
      ...[deep, '{"app":"shop"}', JSON.stringify(names)],
    ];
    const others = [
      '"a"',
      "7",
      "true",
      '["a"]',
      '[["a"]]',
      '[{"a":1},"b"]',
      JSON.stringify({ a: "\u6f22".repeat(10_923) }),
    ];
    const logGroup = await indexed([...others, ...objects].map((labels) => `{"labels":${labels}}`));

    // Where labels are kept and not searched, an engine takes whatever is there.
    expect(await textsIn(logGroup)).toHaveLength(hasOneField ? others.length : 0);
    const shops = await found(logGroup, { term: { "labels.app": "shop" } });
    expect(shops).toEqual(hasOneField ? [others.length + 6] : []);
  });

  it("finds the calls of CloudTrail by their parameters, also when those are more than an index has fields", async () => {
    const call = (n: number) => ({
      ...{ eventVersion: "1.11", eventName: `Call${n}`, responseElements: null },
      requestParameters: Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`name${n}x${i}`, `value ${n}`])),
    });
    const messages = Array.from({ length: 30 }, (_, n) => JSON.stringify(call(n)));
    const logGroup = await indexed(hasOneField ? messages : messages.slice(0, 15));
    expect(await textsIn(logGroup)).toEqual([]);
    expect(await found(logGroup, { term: { "requestParameters.name7x3": "value 7" } })).toEqual([7]);
  });

  it("finds what parsers keep of a request by its members, also when those are more than an index has fields", async () => {
    const logGroup = newLogGroup();
    for (let n = 0; n < 30; n++) {
      const headers = Array.from({ length: 100 }, (_, i) => ({ name: `x.y-${n}-${i}`, value: `value ${n}` }));
      const rules = [{ ruleGroupId: `group-${n}`, terminatingRule: { ruleId: `rule-${n}` } }, { ruleGroupId: "other" }];
      const record = { webaclId: "acl", httpRequest: { headers }, ruleGroupList: rules };
      await callEngine(engine, "POST", `/${indexOf(logGroup)}/_create/${n}`, parseWaf(JSON.stringify(record))!.fields);
    }
    if (!hasOneField) return;
    expect(await found(logGroup, { term: { "aws.waf.request.headers.x.y-7-3": "value 7" } })).toEqual([7]);
    const byRule = { term: { "aws.waf.rule_group_list.terminatingRule.ruleId": "rule-8" } };
    expect(await found(logGroup, byRule)).toEqual([8]);
  });

  it("finds rejected events and texts although the index is at its limit of fields, and had neither before", async () => {
    const logGroup = await indexed(['{"a":"kitten"}']);
    const limit = { "index.mapping.total_fields.limit": 1 };
    await callEngine(engine, "PUT", `/${indexOf(logGroup)}/_settings`, limit);

    const late = ['{"new":"kitten"}', '{"a":{"b":"kitten"}}', "a kitten"];
    const events = late.map((message, n) => logEvent(1 + n, message));

    expect(await forwardTo(engine, logGroup, events)).toEqual({ acknowledged: true, rejected: [] });
    expect((await found(logGroup, { match: { message: "kitten" } })).sort()).toEqual([1, 2, 3]);
    const texts = (await textsIn(logGroup)) as { message: unknown }[];
    expect(texts.map(({ message }) => message).sort()).toEqual(late.slice(0, 2).sort());
  });

  it("keeps labels whose names begin with each other's", async () => {
    const labels = { app: "shop", "app.kubernetes.io/name": "checkout" };
    const logGroup = await indexed([JSON.stringify({ kubernetes: { labels } })]);

    const [hit] = await findHits(engine, logGroup);
    expect(hit!._source).toMatchObject({ kubernetes: { labels } });
  });
});
