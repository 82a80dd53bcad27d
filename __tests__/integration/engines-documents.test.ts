import { eventIdOf } from "../../core/events/document-id";
import { type Engine, startEngine } from "../../local/opensearch/engine";
import { SAMPLE_LINES } from "../../tools/sample-logs/by-parser";
import { itEachLog } from "../support/corpus";
import { callEngine, describeEachEngine, expectHeld, findHits, forwardTo, type Hit, indexOf } from "../support/engines";
import { logEvent } from "../support/kinesis";

const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
const arrays = (levels: number) => `{"a":${"[".repeat(levels)}1${"]".repeat(levels)}}`;
const dotted = (levels: number) => `{"${Array(levels).fill("a").join(".")}":1}`;

/** What no engine, or not every engine, takes as fields. */
const HOSTILE: [what: string, message: string][] = [
  ...["a..b", ".", "..", "", "a.", ".a", " ", "a. .b", "*", "a\\nb", "a\\u0000b", "\\ud800", "n".repeat(200_000)].map(
    (name): [string, string] => [`the name "${name.slice(0, 10)}"`, `{"${name}":1}`],
  ),
  ...['{"x":{"":1}}', '{"x":{".":1}}', '{"a":1,"a.b":2}', '{"a.b":1,"a":{"b":2}}', '{"x":[1,"a",{"b":1}]}'].map(pair),
  ...['{"a":1,"a":2}', '{"a":1,"\\u0061":2}', '{"x":{"a":1,"a":2}}', '{"a":null}', "{}"].map(pair),
  ...['{"n":123456789012345678901234567890}', '{"n":-9223372036854775809}', '{"n":1e999}', '{"n":1e-999}'].map(pair),
  ["a number of 2,000 digits", `{"n":${"9".repeat(2000)}}`],
  ["a word of 40 KB", "w".repeat(40_000)],
  ["a word of 40 KB in a member", `{"x":"${"w".repeat(40_000)}"}`],
];

/** Engines reject some of these; others would crash them by a StackOverflowError if sent unchanged. */
const DEEP: [what: string, message: string][] = [
  ...[25, 100, 900, 5_000, 50_000].map((levels): [string, string] => [
    `${levels} objects in each other`,
    nested(levels),
  ]),
  ...[25, 100, 900, 5_000].map((levels): [string, string] => [`${levels} arrays in each other`, arrays(levels)]),
  ...[25, 100, 1_200, 5_000].map((levels): [string, string] => [`a name of ${levels} segments`, dotted(levels)]),
];

/** Lines that `auto` knows. */
const AWS_LINES = (["alb_access", "alb_connection", "waf", "cloudtrail", "vpc_flow"] as const).flatMap((parser) =>
  SAMPLE_LINES[parser][0]!.lines.slice(0, 2),
);

/** What engines, or Lucene below them, keep for themselves. */
const INTERNAL = [
  ...["_data_stream_timestamp", "_doc_count", "_feature", "_field_names", "_id", "_ignored", "_ignored_source"],
  ...["_index", "_nested_path", "_primary_term", "_routing", "_seq_no", "_size", "_source", "_tier", "_tsid", "_type"],
  ...["_uid", "_version", "__soft_deletes", "_tombstone"],
];

describeEachEngine("documents on", (release) => {
  let engine: Engine;
  let groups = 0;
  const newLogGroup = () => `group-${groups++}`;
  beforeAll(async () => {
    engine = await startEngine(release);
  }, 300_000);
  afterAll(() => engine.stop());

  it.each([...HOSTILE, ...DEEP])("indexes %s, and the events sent with it", async (_what, message) => {
    const logGroup = newLogGroup();

    const events = [logEvent(0, "before"), logEvent(1, message), logEvent(2, "after")];

    expect(await forwardTo(engine, logGroup, events)).toEqual({ acknowledged: true, rejected: [] });
    await expectHeld(engine, logGroup, events);
  });

  it.each([
    ['{"level":1}', '{"level":"kitten"}'],
    ['{"level":1}', '{"level":{"name":"kitten"}}'],
    ['{"level":{"name":1}}', '{"level":"kitten"}'],
    ['{"level":"a"}', '{"level":{"name":"kitten"}}'],
    ['{"level":1}', '{"level.name":"kitten"}'],
    ['{"level":"2026-11-21"}', '{"level":"kitten"}'],
    ['{"level":true}', '{"level":"kitten"}'],
  ])("after %s finds %s as text, by its words and by its tag", async (first, second) => {
    const logGroup = newLogGroup();
    await forwardTo(engine, logGroup, [logEvent(0, first)]);

    const outcome = await forwardTo(engine, logGroup, [logEvent(1, second), logEvent(2)]);

    expect(outcome).toEqual({ acknowledged: true, rejected: [] });
    const asText = [expect.objectContaining({ _source: expect.objectContaining({ message: second }) })];
    expect(await findHits(engine, logGroup, { match: { message: "kitten" } })).toEqual(asText);
    expect(await findHits(engine, logGroup, { match: { "aws.cloudwatch.rejection": "rejected" } })).toEqual(asText);
  });

  it.each([
    ["all", '{"event":[{"dataset":{"a":1}}],"source":"x","http":1,"url":true,"tls":"1","rule":[1]}', AWS_LINES.length],
    ["one", '{"tls":1}', AWS_LINES.filter((line) => /TLS|ja3/.test(line)).length],
    ["none", '{"network_":1}', 0],
  ])(
    "holds each line of AWS once, as text those of which a stranger has taken a field before: %s of them",
    async (_which, stranger, refused) => {
      const logGroup = newLogGroup();
      await forwardTo(engine, logGroup, [logEvent(0, stranger)]);

      const events = AWS_LINES.map((line, n) => logEvent(1 + n, line));
      const outcome = await forwardTo(engine, logGroup, events, {}, { parser: "auto" });

      expect(outcome).toEqual({ acknowledged: true, rejected: [] });
      const hits = (await findHits(engine, logGroup)).filter(({ _id }) => eventIdOf(_id) !== logEvent(0).id);
      expect(hits).toHaveLength(AWS_LINES.length);
      const isParsed = ({ _source }: Hit) => JSON.stringify(_source).includes('"dataset":"aws.');
      expect(hits.filter((hit) => !isParsed(hit))).toHaveLength(refused);
      const texts = hits.filter((hit) => !isParsed(hit)).map(({ _source }) => _source.message);
      expect(AWS_LINES).toEqual(expect.arrayContaining(texts));
    },
  );

  /** From now on the log group's index takes no new field. */
  const limitFields = (logGroup: string) =>
    callEngine(engine, "PUT", `/${indexOf(logGroup)}/_settings`, { "index.mapping.total_fields.limit": 1 });

  it("indexes every event although its index is at its limit of fields, once it has had a rejected one", async () => {
    const logGroup = newLogGroup();
    const first = [logEvent(0, '{"a":1}'), logEvent(1, '{"a":{"b":1}}')];
    const started = await forwardTo(engine, logGroup, first);
    await limitFields(logGroup);

    const late = ['{"new":"kitten"}', '{"a":"kitten"}', "a kitten", '{"cloud":"kitten"}', '{"a":2}'];
    const events = late.map((message, n) => logEvent(2 + n, message));
    const outcome = await forwardTo(engine, logGroup, events);

    expect([started, outcome]).toEqual(Array(2).fill({ acknowledged: true, rejected: [] }));
    await expectHeld(engine, logGroup, [...first, ...events]);
    const asText = await findHits(engine, logGroup, { match: { "aws.cloudwatch.rejection": "rejected" } });
    expect(asText.map(({ _source }) => _source.message).sort()).toEqual(
      [first[1]!.message, late[0], late[1], late[3]].sort(),
    );
    expect(await findHits(engine, logGroup, { match: { message: "kitten" } })).toHaveLength(4);
  });

  it("rejects, of an index at its limit of fields that has no message, what is or becomes text, and goes on", async () => {
    const logGroup = newLogGroup();
    await forwardTo(engine, logGroup, [logEvent(0, '{"a":1}')]);
    await limitFields(logGroup);

    const [taken, ...refused] = ['{"a":2}', '{"new":"kitten"}', '{"a":"kitten"}', "a kitten"].map((message, n) =>
      logEvent(1 + n, message),
    );
    const outcome = await forwardTo(engine, logGroup, [...refused, taken!]);

    expect(outcome.acknowledged).toBe(true);
    const kept = outcome.rejected.map((line) => JSON.parse(line));
    expect(kept.flatMap(({ logEvents }) => logEvents)).toEqual(refused);
    expect(kept.map(({ rejection }) => rejection)).toEqual(
      refused.map(() => expect.stringMatching(/^400 .*[Ll]imit of total fields/)),
    );
    await expectHeld(engine, logGroup, [logEvent(0, '{"a":1}'), taken!]);
  });

  it("finds what has an internal field's name, and what comes after it", async () => {
    const logGroup = newLogGroup();
    const values = ["1", '"text"', "true", '{"x":1}', "null"];
    const messages = INTERNAL.flatMap((name) =>
      values.flatMap((value) => [`{"${name}":${value}}`, `{"${name}.x":${value}}`]),
    );
    const events = [...messages, "after"].map((message, n) => logEvent(n, message));

    expect(await forwardTo(engine, logGroup, events)).toEqual({ acknowledged: true, rejected: [] });
    await expectHeld(engine, logGroup, events);
  });

  itEachLog(
    "holds each line of %s",
    async (lines) => {
      const logGroup = newLogGroup();
      const events = lines.map((line, n) => logEvent(n, line));

      expect(await forwardTo(engine, logGroup, events)).toEqual({ acknowledged: true, rejected: [] });
      await expectHeld(engine, logGroup, events);
    },
    60_000,
  );
});

function pair(message: string): [string, string] {
  return [message, message];
}
