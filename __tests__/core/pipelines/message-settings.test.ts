import fc from "fast-check";
import { layoutsOfEnvironment } from "../../../core/events/configured-layouts";
import type { Envelope } from "../../../core/events/envelope";
import { type EventSettings, kinesisBatch } from "../../../core/pipelines/kinesis-to-opensearch";
import { streamBatch } from "../../../core/pipelines/kinesis-to-stream";
import { laneSettings } from "../../../core/pipelines/message-settings";
import { kinesisProgress } from "../../../core/pipelines/record-progress";
import { parseEnvironment } from "../../../core/settings/environment";
import { kinesisRecord } from "../../../core/sources/kinesis/record";
import { ARRIVAL, envelope, kinesisEvent, logEvent } from "../../support/kinesis";

const HOUR_MS = 3_600_000;
const BOUNDARY = new Date(ARRIVAL).toISOString().replace(".000Z", "Z");

const history = (index: string) => JSON.stringify({ [BOUNDARY]: { prefix: "old-", index, period: "week" } });

const REQUIRED = {
  ...{ SEARCH_ENDPOINT: "https://search.example", ARCHIVE_BUCKET: "logs-archive", AWS_REGION: "eu-central-1" },
  ...{ INDEX_HISTORY: history("before"), METRICS_NAMESPACE: "logs" },
};

/** "": the variable's default, in place of the function's value. */
const anyVariables = fc.record(
  {
    INDEX_NAME: fc.constantFrom("", "one", "two"),
    INDEX_HISTORY: fc.constantFrom("", "one", "two").map(history),
    PARSER: fc.constantFrom("", "auto", "lambda", "postgresql"),
    KEEP_MESSAGE: fc.constantFrom("", "off"),
    EVENT_ORIGINAL: fc.constantFrom("", "on"),
    EXTRACT_FIELDS: fc.constantFrom("", '{"user":{"from":"message","pattern":"user=(?P<user>\\\\w+)"}}'),
    JOIN_LINES: fc.constantFrom("", "^\\S"),
    METRICS: fc.constantFrom("", '{"users":{"where":[{"pattern":"user="}],"dimensions":{"user":{"field":"user"}}}}'),
    RULES: fc.constantFrom(
      ...["", '[{"action":"redact","what":["email"]}]', '[{"action":"drop","pattern":"user="}]'],
      '[{"action":"sample","rate":0.5},{"action":"redact","pattern":"user=\\\\w+"}]',
    ),
  },
  { requiredKeys: [] },
);

const LOG_GROUPS = ["/a", "/b", "/c", "__proto__"];

const anyException = fc.record({
  names: fc.subarray(LOG_GROUPS, { minLength: 1 }),
  variables: anyVariables,
});

const MESSAGES = [
  "REPORT RequestId: 3897a7c2-8ac6-11e7-8e57-bb793172ae75\tDuration: 2.50 ms\tBilled Duration: 3 ms\tMemory Size: 128 MB\tMax Memory Used: 26 MB",
  "2026-11-21 02:59:59 UTC:10.0.0.1(50000):app@db:[1234]:LOG:  statement: select 1",
  '{"level":"INFO","message":"user=jane","mail":"jane@example.com"}',
  ...["user=bob wrote to bob@example.com", "\tat Main.main(Main.java:1)", "plain text"],
];

const anyEnvelope = fc
  .record({
    logGroup: fc.constantFrom(...LOG_GROUPS),
    events: fc.array(fc.tuple(fc.constantFrom(...MESSAGES), fc.integer({ min: -HOUR_MS, max: HOUR_MS })), {
      minLength: 1,
      maxLength: 3,
    }),
  })
  .map(({ logGroup, events }) =>
    envelope(
      events.map(([message, ms], n) => logEvent(n, message, ARRIVAL + ms)),
      { logGroup },
    ),
  );

/** A record of one envelope, or of several. */
const anyRecord = fc
  .array(anyEnvelope, { minLength: 1, maxLength: 3 })
  .map((envelopes) => Buffer.from(envelopes.map((one) => JSON.stringify(one)).join("\n")));

const settingsOf = (environment: Record<string, string>, fastPath: boolean): EventSettings => {
  const parsed = parseEnvironment(environment);
  const indexLayouts = layoutsOfEnvironment(parsed);
  return { indexLayouts, recordMaxBytes: 1024 * 1024, timeField: "", fastPath, ...laneSettings(parsed) };
};

/** What a function makes of records: documents, lines for another stream, and what the archive gets, each with its log group. */
function madeOf(data: readonly Buffer[] | readonly Envelope[], settings: EventSettings) {
  const { records } = kinesisProgress(kinesisEvent(...data).Records.map(kinesisRecord));
  const documents: [logGroup: string, line: string][] = [];
  for (const { buffer, ends } of kinesisBatch(records, settings, () => 1).lines()) {
    let start = 0;
    for (const end of Array.from(ends)) {
      const line = buffer.toString("utf8", start, end);
      documents.push([logGroupIn(line.split("\n")[1]!), line]);
      start = end;
    }
  }
  const archived = records.flatMap(({ archiveMembers }) =>
    archiveMembers.map(({ logGroup, events, member }) => [logGroup, events, member.toString("base64")] as const),
  );
  const lines = [...streamBatch(records, settings, () => 1).lines()].map(
    ({ line, partitionKey }) => [logGroupIn(line), line, partitionKey] as const,
  );
  return { documents, archived, lines, counts: settings.parsing!.takeCounts() };
}

const logGroupIn = (document: string): string => JSON.parse(document).aws.cloudwatch.log_group;

const ofGroup = (made: ReturnType<typeof madeOf>, logGroup: string) => ({
  documents: made.documents.filter(([one]) => one === logGroup),
  archived: made.archived.filter(([one]) => one === logGroup),
  lines: made.lines.filter(([one]) => one === logGroup),
});

describe("laneSettings with LOG_GROUPS", () => {
  it("make of each log group's events what a function of the group's own settings makes, on both paths", () => {
    fc.assert(
      fc.property(
        anyVariables,
        fc.array(anyException, { maxLength: 3 }),
        fc.array(fc.oneof(anyRecord, anyEnvelope), { minLength: 1, maxLength: 6 }),
        (own, given, data) => {
          const named = new Set<string>();
          const exceptions = given.flatMap(({ names, variables }) => {
            const others = names.filter((name) => !named.has(name));
            for (const name of others) named.add(name);
            return others.length > 0 ? [{ names: others, ...variables }] : [];
          });
          const function_ = { ...REQUIRED, ...own };
          const shared = { ...function_, LOG_GROUPS: JSON.stringify(exceptions) };
          const [fast, plain] = [true, false].map((fastPath) => madeOf(data as Buffer[], settingsOf(shared, fastPath)));
          expect(fast).toEqual(plain);
          for (const logGroup of LOG_GROUPS) {
            const { names: _, ...variables } = exceptions.find(({ names }) => names.includes(logGroup)) ?? {
              names: [],
            };
            const alone = madeOf(data as Buffer[], settingsOf({ ...function_, ...variables }, true));
            expect(ofGroup(fast!, logGroup)).toEqual(ofGroup(alone, logGroup));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("make the same of events that metrics count, on both paths", () => {
    fc.assert(
      fc.property(
        anyVariables,
        fc.array(fc.oneof(anyRecord, anyEnvelope), { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        (variables, data, fastPath) => {
          const METRICS = JSON.stringify({ all: { where: [{ pattern: "." }] } });
          const [counted, plain] = [METRICS, ""].map((metrics) =>
            madeOf(data as Buffer[], settingsOf({ ...REQUIRED, ...variables, METRICS: metrics }, fastPath)),
          );
          expect(counted).toEqual(plain);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("share a metric's values of dimensions among all log groups that have the same metrics", () => {
    const METRICS = '{"m":{"where":[{"pattern":"."}]}}';
    const LOG_GROUPS = JSON.stringify([
      { names: ["/a"], PARSER: "lambda", METRICS },
      { names: ["/b"], METRICS: "{}" },
      { names: ["/c"], METRICS: METRICS.replace("m", "n") },
    ]);
    const { metrics, byLogGroup } = laneSettings(parseEnvironment({ ...REQUIRED, METRICS, LOG_GROUPS }));
    expect(["/a", "/b", "/c"].map((name) => byLogGroup!.get(name)!.metrics === metrics)).toEqual([true, false, false]);
    expect(byLogGroup!.get("/b")!.metrics).toBeUndefined();
  });

  it("count the messages of all log groups, whichever parser has them", () => {
    const exceptions = [{ names: ["/a", "/b"], PARSER: "lambda" }];
    const settings = settingsOf({ ...REQUIRED, LOG_GROUPS: JSON.stringify(exceptions), PARSER: "auto" }, true);
    const report = (logGroup: string) => envelope([logEvent(1, MESSAGES[0]!)], { logGroup });
    // Once for documents, and once for lines.
    expect(madeOf([report("/a"), report("/b"), report("/c")], settings).counts).toEqual({ parsed: 6, failed: 0 });
    expect(settings.parsing!.takeCounts()).toEqual({ parsed: 0, failed: 0 });
  });

  it("shares the parsers of settings that parse alike: the encoder keeps programs of few", () => {
    const exceptions = ["a", "b", "c"].map((name) => ({
      ...{ names: [`/${name}`], INDEX_NAME: name, JOIN_LINES: `^${name}` },
      RULES: JSON.stringify([{ action: "drop", pattern: name }]),
    }));
    const redacting = { names: ["/d"], RULES: '[{"action":"redact","what":["email"]}]' };
    const LOG_GROUPS = JSON.stringify([...exceptions, redacting]);
    const { parsing, byLogGroup } = settingsOf({ ...REQUIRED, PARSER: "auto", LOG_GROUPS }, true);
    const parserOf = (logGroup: string) => parsing!.of({ logGroup, logStream: "s" })!.parse;
    expect(new Set(["/a", "/b", "/c", "/other"].map(parserOf)).size).toBe(1);
    expect(parserOf("/d")).not.toBe(parserOf("/a"));
    expect(byLogGroup!.get("/a")!.rules).not.toBe(byLogGroup!.get("/b")!.rules);
  });

  it("shares the settings of equal variables, and looks nothing up where there are no others than the function's", () => {
    const { byLogGroup } = settingsOf(
      {
        ...REQUIRED,
        LOG_GROUPS: JSON.stringify([
          { names: ["/a"], PARSER: "lambda", INDEX_NAME: "one" },
          { names: ["/b"], PARSER: "lambda" },
          { names: ["/c"], INDEX_NAME: "two" },
        ]),
      },
      true,
    );
    expect([...byLogGroup!.keys()]).toEqual(["/a", "/b"]);
    expect(byLogGroup!.get("/a")).toBe(byLogGroup!.get("/b"));
    const named = JSON.stringify([{ names: ["/c"], INDEX_NAME: "two" }]);
    expect(settingsOf({ ...REQUIRED, LOG_GROUPS: named }, true)).not.toHaveProperty("byLogGroup");
  });
});
