import { Readable } from "node:stream";
import fc from "fast-check";
import type { StoredObject } from "../../archive/bucket";
import type { SdkBucket } from "../../archive/sdk-bucket";
import { layoutsOfEnvironment, layoutsOfSettings } from "../../core/events/configured-layouts";
import { encodeLogGroup } from "../../core/events/encode-log-group";
import type { Envelope, LogEvent } from "../../core/events/envelope";
import { laneSettings } from "../../core/pipelines/message-settings";
import type { ArchiveLayout } from "../../core/pipelines/storable-parts";
import { parseEnvironment } from "../../core/settings/environment";
import { parseIndexSettings } from "../../core/settings/index-settings";
import { forward } from "../../functions/forwarder/forward";
import type { ReplayArguments, Selection } from "../../replay/arguments/arguments";
import { KIND_READERS } from "../../replay/kinds";
import { LaneMessages } from "../../replay/lane-messages";
import { Report } from "../../replay/report";
import { replay } from "../../replay/run";
import { searchSink } from "../../replay/sinks/search";
import type { ReplaySink } from "../../replay/sinks/sink";
import type { MemoryBucket } from "../support/bucket";
import { prepareForwarding } from "../support/forwarding";
import { ARRIVAL, envelope, kinesisEvent, logEvent } from "../support/kinesis";
import { FakeRunDeadline } from "../support/run-deadline";
import { MAPPING_CONFLICT, SearchEngine } from "../support/search-engine";

const HOUR_MS = 3_600_000;
const STREAM = "logging-pipeline_foo";
const ACCOUNTS = ["111111111111", "222222222222"];
/** Of an event of a centralized log group. */
const SOURCE_ACCOUNT = "333333333333";
const LOG_GROUPS = ["/a", "b", "stream=b", STREAM];

const OWN = { PARSER: "auto", RULES: '[{"action":"redact","what":["email"]}]', ARCHIVE_CONTENT: "raw" };
const OF_A = { PARSER: "none", JOIN_LINES: "^\\S", RULES: '[{"action":"drop","pattern":"debug"}]' };

const environment = parseEnvironment({
  ...{ SEARCH_ENDPOINT: "https://search.example", ARCHIVE_BUCKET: "logs-archive", AWS_REGION: "eu-central-1" },
  ...{ INDEX_NAME: "all", ...OWN, LOG_GROUPS: JSON.stringify([{ names: ["/a"], INDEX_NAME: "a", ...OF_A }]) },
});

/** Of the same pipeline. @param others log groups whose messages the file has besides those of "/a" and of the stream */
function indexSettings(others: readonly string[]) {
  const { settings } = parseIndexSettings(
    JSON.stringify({
      ...{ name: "logs", prefix: "cwl-", period: "day", indices: { "/a": "a" }, default_index: "all", history: [] },
      ...{ retention_days: 0, shards: 1, refresh_interval_seconds: 1, sort: "none", template: "none" },
      messages: {
        ...{ "/a": { ...OWN, ...OF_A }, [STREAM]: OWN },
        ...Object.fromEntries(others.map((name) => [name, OWN])),
      },
    }),
  );
  return settings!;
}

const anyEvent = fc.tuple(
  fc.constantFrom("debug", "a line of jane@example.com", "\tand its rest", '{"level":"info"}', "reject me"),
  fc.boolean(),
);

const anyEnvelope = fc.record({
  owner: fc.constantFrom(...ACCOUNTS),
  logGroup: fc.constantFrom(...LOG_GROUPS),
  events: fc.array(anyEvent, { minLength: 1, maxLength: 4 }),
  /** After the first record. */
  hours: fc.nat(1),
});

const anyRecords = fc.array(anyEnvelope, { minLength: 1, maxLength: 8 }).map((some) => {
  let n = 0;
  const envelopes = some.map(({ owner, logGroup, events }) =>
    envelope(
      events.map(([message, isCentralized]) => ({
        ...logEvent(++n, message),
        ...(isCentralized && { extractedFields: { "@aws.account": SOURCE_ACCOUNT, "@aws.region": "us-east-1" } }),
      })),
      { owner, logGroup },
    ),
  );
  const event = kinesisEvent(...envelopes);
  // In their order, as those of a shard.
  const hours = some.map((one) => one.hours).sort();
  for (const [i, { kinesis }] of event.Records.entries()) kinesis.approximateArrivalTimestamp += 3_600 * hours[i]!;
  return { envelopes, event };
});

/** The forwarder's index and bucket after these records. */
async function forwarded({ event }: { event: ReturnType<typeof kinesisEvent> }, archiveLayout: ArchiveLayout) {
  const forwarding = prepareForwarding({
    ...{ indexLayouts: layoutsOfEnvironment(environment), ...laneSettings(environment), archiveLayout },
  });
  forwarding.engine.reject = rejected;
  await forward(event, forwarding.io);
  return forwarding;
}

const rejected: SearchEngine["reject"] = ({ document }) =>
  JSON.stringify(document).includes("reject me") ? MAPPING_CONFLICT : undefined;

/** A bucket of what the forwarder has put; `listed`: the prefixes that were listed. */
function bucketOf({ objects }: MemoryBucket, listed: string[]): SdkBucket {
  return {
    name: "the-archive",
    async *list(prefix: string): AsyncGenerator<StoredObject> {
      listed.push(prefix);
      for (const [key, body] of objects) if (key.startsWith(prefix)) yield { key, etag: "1", bytes: body.length };
    },
    open: async ({ key }: StoredObject) => ({ metadata: {}, chunks: Readable.from([objects.get(key)!]) }),
  } as unknown as SdkBucket;
}

type Found = [account: string, logGroup: string, id: string, rejection?: string];

const foundIn = ({ owner, logGroup }: Envelope, { id, extractedFields }: LogEvent): Found => [
  extractedFields ? SOURCE_ACCOUNT : owner,
  logGroup,
  id,
];

/** Replays what is selected of a bucket. */
async function replayed(
  bucket: MemoryBucket,
  kind: "archive" | "rejected",
  selection: Partial<Selection>,
  to: ReplaySink,
  messages?: LaneMessages,
) {
  const listed: string[] = [];
  const args: ReplayArguments = {
    ...{ bucket: "the-archive", archivePrefix: "", kind, lateHours: 2, timeField: "" },
    ...{ recordMaxBytes: 2 ** 20, objectMaxBytes: 2 ** 24, sink: { to: "stdout" } },
    selection: { fromMs: ARRIVAL - HOUR_MS, toMs: ARRIVAL + 2 * HOUR_MS, ...selection },
  };
  const from = bucketOf(bucket, listed);
  const report = new Report();
  const deadline = new FakeRunDeadline();
  const prefixes = await KIND_READERS[kind].prefixes(from, args);
  await replay(prefixes, {
    args,
    bucket: from,
    region: "eu-central-1",
    sink: to,
    messages,
    report,
    journal: undefined,
    deadline,
  });
  expect([report.stopped, report.failed.named, report.skipped.named]).toEqual([undefined, [], []]);
  return { listed, objects: report.objects };
}

async function eventsOf(bucket: MemoryBucket, kind: "archive" | "rejected", selection: Partial<Selection>) {
  const found: Found[] = [];
  const sink: ReplaySink = {
    detectsDuplicates: false,
    async deliver(records, progress) {
      for (const [record, { envelopes }] of records.entries()) {
        for (const one of envelopes) found.push(...one.logEvents.map((event) => foundIn(one, event)));
        progress.delivered(
          { record, position: 0, count: envelopes.reduce((sum, one) => sum + one.logEvents.length, 0) },
          false,
        );
      }
    },
  };
  const { listed } = await replayed(bucket, kind, selection, sink);
  return { found: found.sort(), listed };
}

/** The engine after a replay of the whole archive by these settings. */
async function reindexed(bucket: MemoryBucket, others: readonly string[]) {
  const engine = new SearchEngine();
  engine.reject = rejected;
  const settings = indexSettings(others);
  const messages = new LaneMessages(settings.messages);
  const sink = searchSink({
    ...{ send: engine.send, endpoint: "https://search.example", indexLayouts: layoutsOfSettings(settings) },
    ...{ archivePrefix: "", timeField: "", recordMaxBytes: 2 ** 20, messages },
    ...{ bucket: bucketOf(bucket, []), deadline: new FakeRunDeadline() },
  });
  await replayed(bucket, "archive", {}, sink, messages);
  return engine;
}

describe("same-named log groups of two accounts", () => {
  /** The same event of each, and one of a centralized log group. */
  const event = kinesisEvent(
    ...ACCOUNTS.map((owner) => envelope([logEvent(1)], { owner, logGroup: "b" })),
    envelope([{ ...logEvent(1), extractedFields: { "@aws.account": SOURCE_ACCOUNT, "@aws.region": "us-east-1" } }], {
      ...{ owner: "444444444444", logGroup: "b" },
    }),
  );

  it.each([true, false])(
    "share an index, and no document: each has its own account (fast path: %s)",
    async (fastPath) => {
      const forwarding = prepareForwarding({
        ...{ indexLayouts: layoutsOfEnvironment(environment), ...laneSettings(environment) },
        ...{ archiveLayout: "stream", fastPath },
      });
      await forward(event, forwarding.io);
      const { documents } = forwarding.engine;
      expect(new Set([...documents.keys()].map((key) => key.split("/")[0]))).toEqual(new Set(["cwl-all-2026.11.21"]));
      expect([...documents.values()].map(({ cloud }) => cloud)).toEqual([
        ...ACCOUNTS.map((id) => ({ account: { id }, region: "eu-central-1" })),
        { account: { id: SOURCE_ACCOUNT }, region: "us-east-1" },
      ]);
      expect(forwarding.bucket.lines("archive/").map((line) => JSON.parse(line).owner)).toEqual([
        ...ACCOUNTS,
        "444444444444",
      ]);
    },
  );
});

describe("a replay of a stream that log groups of several accounts share", () => {
  it("finds by log group and account exactly their events, in either layout of the archive, and lists only their hours", () =>
    fc.assert(
      fc.asyncProperty(
        anyRecords,
        fc.option(fc.constantFrom(...LOG_GROUPS), { nil: undefined }),
        fc.option(fc.constantFrom(...ACCOUNTS, SOURCE_ACCOUNT), { nil: undefined }),
        async (records, logGroup, account) => {
          const all = records.envelopes.flatMap((one) => one.logEvents.map((event) => foundIn(one, event)));
          const selected = all.filter(
            ([owner, name]) => (logGroup ?? name) === name && (account === undefined || owner === account),
          );
          const selection = { ...(logGroup !== undefined && { logGroup }), ...(account !== undefined && { account }) };
          for (const layout of ["log-group", "stream"] as const) {
            const { bucket } = await forwarded(records, layout);
            const { found, listed } = await eventsOf(bucket, "archive", selection);
            expect(found).toEqual(selected.sort());
            const places = logGroup === undefined ? [""] : [`${encodeLogGroup(logGroup)}/`, "stream="];
            // From 2 hours before its times on, until 2 hours after them.
            expect(listed).toEqual(
              ["00", "01", "02", "03", "04", "05", "06"].flatMap((hour) =>
                places.map((place) => `archive/2026/11/21/${hour}/${place}`),
              ),
            );
            const ids = new Set((await eventsOf(bucket, "rejected", {})).found.map(([, , id]) => id));
            const ofSelection = (await eventsOf(bucket, "rejected", selection)).found;
            expect(ofSelection).toEqual(selected.filter(([, , id]) => ids.has(id)));
          }
        },
      ),
      { numRuns: 30 },
    ));

  it("writes the documents that the forwarder writes now: a log group that the settings do not have is as its stream, and has the default index", () =>
    fc.assert(
      fc.asyncProperty(anyRecords, async (records) => {
        const shared = await forwarded(records, "stream");
        expect((await reindexed(shared.bucket, [])).documents).toEqual(shared.engine.documents);
        const own = await forwarded(records, "log-group");
        expect((await reindexed(own.bucket, LOG_GROUPS.slice(1, 3))).documents).toEqual(shared.engine.documents);
      }),
      { numRuns: 30 },
    ));
});
