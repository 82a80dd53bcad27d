import { setTimeout as sleep } from "node:timers/promises";
import { documentOf, recordFields } from "../../core/sinks/opensearch/document";
import { type Engine, startEngine } from "../../local/opensearch/engine";
import type { EngineRelease } from "../../local/opensearch/release";
import { DATES, NO_DATES } from "../support/dates";
import { callEngine, describeEachEngine, expectHeld, findHits, forwardTo } from "../support/engines";
import { envelope, logEvent } from "../support/kinesis";

const DELIVERED = { acknowledged: true, rejected: [] };

/** A heap that is exhausted by what a usual one might survive. The JVM takes the last of an option. */
const withSmallHeap = (release: EngineRelease): EngineRelease => ({
  ...release,
  launch: (home, directories, jvmOptions) => release.launch(home, directories, [...jvmOptions, "-Xms256m", "-Xmx256m"]),
});

const list = (count: number, item: (n: number) => string) => Array.from({ length: count }, (_, n) => item(n)).join(",");
const segments = (count: number, n: number) => Array.from({ length: count }, (_, i) => `s${n}-${i}`).join(".");
/** An array in objects, each below a name. */
const below = (levels: number, length: number, values: string) =>
  Array.from({ length: levels }, (_, n) => `{"${n}${"x".repeat(length - `${n}`.length)}":`).join("") +
  `[${values}]${"}".repeat(levels)}`;
const names = (count: number, name: (n: number) => string) => `{${list(count, (n) => `"${name(n)}":1`)}}`;

/** What stopped an engine, or kept it from answering, with a whole number in its field `n`. */
const DEADLY: [what: string, messages: string[]][] = [
  ["a tiny number before a name's second value", Array(8).fill('{"n":"1e-200000000","n":1}')],
  ["the same deeper and escaped", ['{"x":[{"n":"1e-200000000","\\u006e":1}]}', '{"n":["1\\u0065-200000000"],"n":1}']],
  ["a text of 1,000,000 digits", Array(4).fill(`{"n":"${"7".repeat(1_000_000)}"}`)],
  ["a number of 1,000,000 digits", Array(4).fill(`{"n":${"7".repeat(1_000_000)}}`)],
  ["a text of 100,000 Arabic digits", Array(4).fill(`{"n":"-${"\u0661".repeat(100_000)}"}`)],
  ["25,000 names of 19 segments", [names(25_000, (n) => segments(19, n))]],
  ["1,000 names of 96 segments", Array.from({ length: 5 }, (_, k) => names(1_000, (n) => segments(96, 1_000 * k + n)))],
  ["an array of 349,000 texts", [`{"a":[${list(349_000, () => '""')}]}`]],
  [
    "an array of 60,000 texts below 98 names of 510 characters",
    [
      below(
        98,
        510,
        list(60_000, () => '""'),
      ),
    ],
  ],
  ["20 names of 45,000 characters", [names(20, (n) => `${n}`.padEnd(45_000, "x"))]],
];

/** The same kinds within the limits. */
const HARMLESS: [what: string, message: (n: number) => string][] = [
  ["20,000 names", (k) => names(19_999, (n) => `name-${k}-${n}`)],
  ["20,000 segments", (k) => names(208, (n) => segments(96, 1_000 * k + n))],
  ["512 names of 511 characters", (k) => names(512, (n) => `${k}-${n}`.padEnd(511, "x"))],
  ["a text of 1,000 digits", () => `{"n":"${"7".repeat(1_000)}"}`],
  ["an array of 19,900 texts", (k) => `{"a${k}":[${list(19_900, () => '""')}]}`],
  [
    "an array of 440 texts below 18 names of 511 characters",
    () =>
      below(
        18,
        511,
        list(440, () => '""'),
      ),
  ],
  ["a list of 4,900 equal objects", () => `{"list":[${list(4_900, () => '{"name":"x","value":1,"type":"y"}')}]}`],
];

/** Members that an engine would take for fields of ours. */
const FORGED = [
  ...['{"aws.":{"cloudwatch":{"log_group":"forged"}}}', '{"aws..":{"cloudwatch.log_group":"forged"}}'],
  ...['{"aws":{"cloudwatch.":{"log_group":"forged"}}}', '{"aws":{"cloudwatch":{"log_group.":"forged"}}}'],
  ...['{"aws.cloudwatch.":{"log_group":"forged"}}', '{"aws.cloudwatch.log_group.":"forged"}'],
  ...['{"\\u0061ws\\u002e":{"cloudwatch.log_group":"forged"}}', '{"aws.":[{"cloudwatch.log_group":"forged"}]}'],
  ...['{"aws..cloudwatch.log_group":"forged"}', '{".aws.cloudwatch.log_group":"forged"}', '{"aws. .cloudwatch":1}'],
  ...['{"message.":"forged"}', '{"message..":{"x":"forged"}}', '{"cloud.":{"region":"forged"}}', '{" ":{"aws":1}}'],
  ...['{"@timestamp.":"2001-01-01"}', '{"json.":{"log":1}}', '{"log.":"forged"}'],
];
const OURS = ["message", "cloud.region", "aws.cloudwatch.log_group"];

/** The message's text as it stands in a document. */
const writtenText = (message: string): string =>
  JSON.parse(documentOf(message, "2026-11-21T03:00:00.000Z", recordFields(envelope([]), "eu-central-1"))).message;

describeEachEngine("hostile documents on", (release) => {
  let engine: Engine;
  let groups = 0;
  const newLogGroup = () => `group-${groups++}`;
  beforeAll(async () => {
    engine = await startEngine(withSmallHeap(release));
  }, 300_000);
  afterAll(() => engine.stop());

  it.each(DEADLY)(
    "indexes %s as text, and the events sent with it and after it",
    async (_what, messages) => {
      const logGroup = newLogGroup();
      await forwardTo(engine, logGroup, [logEvent(0, '{"n":1}')]);

      const events = ["before", ...messages, "after"].map((message, n) => logEvent(1 + n, message));
      const outcome = await forwardTo(engine, logGroup, events);

      expect(outcome).toEqual(DELIVERED);
      await expectHeld(engine, logGroup, events);
      expect(await findHits(engine, logGroup, { match: { "aws.cloudwatch.rejection": "rejected" } })).toHaveLength(
        messages.length,
      );
      const other = newLogGroup();
      expect(await forwardTo(engine, other, [logEvent(0)])).toEqual(DELIVERED);
      await expectHeld(engine, other, [logEvent(0)]);
    },
    60_000,
  );

  it.each(HARMLESS)(
    "survives %s in each of several events",
    async (_what, message) => {
      const logGroup = newLogGroup();
      await forwardTo(engine, logGroup, [logEvent(0, '{"n":1}')]);

      const events = Array.from({ length: 4 }, (_, n) => logEvent(1 + n, message(n)));

      expect(await forwardTo(engine, logGroup, events)).toEqual(DELIVERED);
      await expectHeld(engine, logGroup, events);
    },
    60_000,
  );

  it("takes the fields of its neighbours where the index is full, and each of many events has new names", async () => {
    const logGroup = newLogGroup();
    const known = (n: number) => logEvent(n, `{"n":${n}}`);
    const many = names(900, (n) => `name-${n}`);
    const full = [known(0), logEvent(1, many)];
    expect(await forwardTo(engine, logGroup, full)).toEqual(DELIVERED);

    const others = Array.from({ length: 200 }, (_, k) => names(100, (n) => `new-${k}-${n}`));
    const events = others.map((message, k) => logEvent(3 + k, message));
    const all = [known(2), ...events, known(203)];

    expect(await forwardTo(engine, logGroup, all)).toEqual(DELIVERED);
    await expectHeld(engine, logGroup, [...full, ...all]);
    expect(await findHits(engine, logGroup, { match: { "aws.cloudwatch.rejection": "rejected" } })).toHaveLength(200);
    expect(await findHits(engine, logGroup, { range: { n: { gte: 0 } } })).toHaveLength(3);
  });

  it.each(FORGED)("keeps our own fields ours, whatever the engine takes %s for", async (message) => {
    const logGroup = newLogGroup();

    expect(await forwardTo(engine, logGroup, [logEvent(0, message)])).toEqual(DELIVERED);

    const forged = OURS.map((field) => ({ term: { [`${field}.keyword`]: "forged" } }));
    expect(await findHits(engine, logGroup, { bool: { should: forged } })).toEqual([]);
    expect(await findHits(engine, logGroup, { range: { "@timestamp": { lt: "2020-01-01" } } })).toEqual([]);
    const ours = { term: { "aws.cloudwatch.log_group.keyword": logGroup } };
    expect(await findHits(engine, logGroup, ours)).toHaveLength(1);
    await expectHeld(engine, logGroup, [logEvent(0, message)]);
  });

  it("detects 6,000 texts as dates, and none of them as the forwarder writes it", async () => {
    expect(await datesAmong(engine, "raw", DATES)).toBeGreaterThan(6_000);
    expect(await datesAmong(engine, "written", DATES.map(writtenText))).toBe(0);
  }, 300_000);

  it.each([
    ...["-2026-11-21", "+12026-11-21", "2026-11-21T10:00:00UTC", "2026-11-21T10:00:00Europe/Berlin", "2026T", "5.."],
  ])("takes any log stream and message after a first one of the name %s", async (date) => {
    const logGroup = newLogGroup();
    const first = [logEvent(0, date), logEvent(1, JSON.stringify({ message: date }))];
    const further = [logEvent(2, "a kitten"), logEvent(3, '{"message":"a kitten"}')];

    expect(await forwardTo(engine, logGroup, first, { owner: date, logStream: date })).toEqual(DELIVERED);
    expect(await forwardTo(engine, logGroup, further)).toEqual(DELIVERED);

    await expectHeld(engine, logGroup, [...first, ...further]);
    expect(await findHits(engine, logGroup, { match: { message: "kitten" } })).toHaveLength(2);
    expect(await findHits(engine, logGroup, { match: { "aws.cloudwatch.rejection": "rejected" } })).toEqual([]);
  });

  it("finds usual log streams, accounts and messages that begin like dates by exact search", async () => {
    const logGroup = newLogGroup();
    for (const [n, name] of NO_DATES.entries()) {
      const events = [logEvent(n, name)];
      expect(await forwardTo(engine, logGroup, events, { owner: "123456789012", logStream: name })).toEqual(DELIVERED);
    }

    const account = { term: { "cloud.account.id.keyword": "123456789012" } };
    expect(await findHits(engine, logGroup, account)).toHaveLength(NO_DATES.length);
    for (const name of NO_DATES) {
      for (const field of ["message", "aws.cloudwatch.log_stream"]) {
        expect(await findHits(engine, logGroup, { term: { [`${field}.keyword`]: name } })).toHaveLength(1);
      }
    }
  });
});

/** How many of the texts an engine's dynamic mapping takes for a date, each in a field of its own. */
async function datesAmong(engine: Engine, index: string, texts: readonly string[]): Promise<number> {
  const settings = { "index.mapping.total_fields.limit": 3 * texts.length };
  await callEngine(engine, "PUT", `/${index}`, { settings });
  const beyond = await rejectedDates(engine, index, texts);
  const response = await fetch(`${engine.url}/${index}/_mapping`);
  const { mappings } = JSON.parse(await response.text())[index];
  const types = Object.values<{ type: string }>(mappings.properties).map(({ type }) => type);
  expect(types.length + beyond).toBe(texts.length);
  return types.filter((type) => type === "date").length + beyond;
}

/** Indexes the texts; an early engine rejects a date that is beyond those that it can hold. @returns how many */
async function rejectedDates(engine: Engine, index: string, texts: readonly string[], first = 0): Promise<number> {
  const document = Object.fromEntries(texts.map((text, n) => [`f${first + n}`, text]));
  try {
    await callEngine(engine, "POST", `/${index}/_doc`, document);
    return 0;
  } catch (error) {
    const { message } = error as Error;
    if (message.includes(": 429 ")) {
      // Its heap is small, and it has to collect its garbage first.
      await sleep(1000);
      return rejectedDates(engine, index, texts, first);
    }
    if (texts.length === 1) {
      expect(message).toContain("of type [date]");
      return 1;
    }
    const middle = texts.length >> 1;
    const before = await rejectedDates(engine, index, texts.slice(0, middle), first);
    return before + (await rejectedDates(engine, index, texts.slice(middle), first + middle));
  }
}
