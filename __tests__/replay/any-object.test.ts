import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import type { KinesisClient, PutRecordsCommand } from "@aws-sdk/client-kinesis";
import fc from "fast-check";
import type { StoredObject } from "../../archive/bucket";
import type { SdkBucket } from "../../archive/sdk-bucket";
import { failureObject } from "../../local/event-source-mapping/kinesis/on-failure";
import type { ReplayArguments } from "../../replay/arguments/arguments";
import { RECORD_KINDS, type RecordKind } from "../../replay/arguments/kinds";
import { LaneMessages } from "../../replay/lane-messages";
import { Report } from "../../replay/report";
import { replay } from "../../replay/run";
import { searchSink } from "../../replay/sinks/search";
import { streamSink } from "../../replay/sinks/stream";
import { ARRIVAL, envelope, eventId, kinesisEvent, logEvent } from "../support/kinesis";
import { CWL } from "../support/layouts";
import { FakeRunDeadline } from "../support/run-deadline";
import { MAPPING_CONFLICT, SearchEngine } from "../support/search-engine";

interface Written {
  key: string;
  body: Buffer;
  metadata: Record<string, string>;
}

const odd = fc.oneof(
  fc.constantFrom<unknown>(null, true, -1, 0, 1.5, 1e300, -1e300, 8.64e15, 2 ** 53, "", "x", "..", "/", "\ud800", "\n"),
  fc.constantFrom<unknown>("2026-11-21", "CONTROL_MESSAGE", "DATA_MESSAGE", "x".repeat(2000), [], {}, [null], [[]]),
  fc.string({ unit: "binary" }),
  fc.double(),
  fc.jsonValue(),
);

/** `value` with something odd in some of its places, at any depth, or without them. */
function mutated(value: unknown): fc.Arbitrary<unknown> {
  const change = fc.record({ at: fc.nat(), to: fc.option(odd, { nil: undefined, freq: 5 }) });
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => {
    const copy: Record<string, unknown> = structuredClone({ value });
    for (const { at, to } of changes) {
      const places = [...placesIn(copy)];
      const [holder, name] = places[at % places.length] ?? [copy, "value"];
      if (to === undefined) delete holder[name];
      // A further change may go into it.
      else holder[name] = structuredClone(to);
    }
    return copy.value;
  });
}

function* placesIn(value: unknown): Generator<[Record<string, unknown>, string]> {
  if (typeof value !== "object" || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    yield [value as Record<string, unknown>, name];
    yield* placesIn(member);
  }
}

/** Bytes of `body` that are cut off, changed or followed by others. */
function damaged(body: Buffer): fc.Arbitrary<Buffer> {
  const bytes = fc.uint8Array({ maxLength: 20 }).map((some) => Buffer.from(some));
  return fc.oneof(
    fc.constant(body),
    fc.nat({ max: body.length }).map((length) => body.subarray(0, length)),
    bytes.map((more) => Buffer.concat([body, more])),
    fc.tuple(fc.nat({ max: Math.max(0, body.length - 1) }), bytes).map(([at, some]) => {
      const copy = Buffer.from(body);
      copy.set(some.subarray(0, copy.length - at), at);
      return copy;
    }),
    bytes,
  );
}

const text = (value: unknown): string => JSON.stringify(value) ?? "";
const good = envelope([logEvent(1), logEvent(2, '{"level":"info"}')]);
const anyEnvelope = fc.oneof(mutated(good), odd).map(text);
const anyRecord = fc
  .oneof(
    anyEnvelope.map((line) => gzipSync(line)),
    anyEnvelope.map((line) => Buffer.from(line)),
    fc.constant(gzipSync(text(good))),
  )
  .chain(damaged);

/** A key of the form that the forwarder gives, with other parts. */
const anyKey = (folder: string, ...parts: string[]): fc.Arbitrary<string> => {
  const part = fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("", "..", "99", "2026", "-1.gz", "shard-1"));
  const others = fc
    .array(fc.tuple(fc.nat({ max: parts.length }), part), { maxLength: 2 })
    .map((changes) => changes.reduce((all, [at, to]) => all.toSpliced(at, 1, to), parts));
  return fc.oneof(fc.constant(parts), others).map((some) => folder + some.join("/"));
};

const lines = fc
  .array(fc.oneof({ weight: 3, arbitrary: fc.constant(text(good)) }, anyEnvelope), { maxLength: 4 })
  .chain((some) => damaged(gzipSync(some.join("\n"))));
const envelopes = (kind: RecordKind): fc.Arbitrary<Written> =>
  fc.record({
    key: anyKey(`${kind}/`, "2026", "11", "21", "03", "foo", "shardId-000000000000-1.gz"),
    body: lines,
    metadata: fc.constant({}),
  });
const metadata = {
  ...{ reason: "unknown", account: "111111111111", "shard-id": "shardId-000000000000", "sequence-number": "1" },
  "arrival-time": new Date(ARRIVAL).toISOString(),
};
const anyMetadata = mutated(metadata).map((some) =>
  // S3 returns texts. String() fails for an object whose "toString" is a value.
  Object.fromEntries(Object.entries(Object(some)).map(([name, value]) => [name, `${JSON.stringify(value)}`])),
);
const deadLetters: fc.Arbitrary<Written> = fc.record({
  key: anyKey("dead-letter/", "2026", "11", "21", "03", "pipeline_foo", "shardId-000000000000-1"),
  body: anyRecord,
  metadata: fc.oneof(fc.constant(metadata), anyMetadata),
});

const { Records } = kinesisEvent(good, Buffer.from("an application's line"));
const attempt = { records: Records, retryAttempts: 3, invocations: 4, functionError: "Unhandled" as const };
const discarded = failureObject(
  { attempt, condition: "RetryAttemptsExhausted" },
  { uuid: "6c1ff6d5-0000-4000-8000-000000000000", functionArn: "arn:function", streamArn: "arn:stream" },
  ARRIVAL,
);
const oddText = fc.oneof(fc.constantFrom("", "x", "..", "../../x:1", "1/2", "\ud800", "x".repeat(2000)), fc.string());
const oddTime = fc.oneof(fc.constantFrom(-1, 1e300, 8.64e15, 2 ** 53), fc.double());
/** One of a record's members that become part of keys, ids and documents is another, of the right type. */
const placed = fc
  .oneof(
    fc.record({ eventID: oddText }),
    fc.record({ eventSourceARN: oddText }),
    fc.record({ awsRegion: oddText }),
    fc.record({ kinesis: fc.record({ approximateArrivalTimestamp: oddTime }) }),
    fc.record({ kinesis: fc.record({ sequenceNumber: oddText }) }),
    fc.record({ kinesis: fc.record({ partitionKey: oddText }) }),
  )
  .map((wrong: { eventID?: string; eventSourceARN?: string; awsRegion?: string; kinesis?: object }) => {
    const [first, ...others] = Records;
    return { Records: [{ ...first, ...wrong, kinesis: { ...first!.kinesis, ...wrong.kinesis } }, ...others] };
  });
const payload = fc.oneof(
  mutated({ Records }).map(text),
  placed.map(text),
  anyRecord.map((data) => text(kinesisEvent(data))),
  fc.string(),
);
const undelivered: fc.Arbitrary<Written> = fc.record({
  key: fc.constant(discarded.key),
  body: fc
    .oneof(
      payload.map((some) => text({ ...JSON.parse(discarded.body), payload: some })),
      mutated(JSON.parse(discarded.body)).map(text),
      odd.map(text),
    )
    .chain((some) => fc.oneof(fc.constant(Buffer.from(some)), damaged(Buffer.from(some)))),
  metadata: fc.constant({}),
});

const OBJECTS: Record<RecordKind, fc.Arbitrary<Written>> = {
  archive: envelopes("archive"),
  rejected: envelopes("rejected"),
  "dead-letter": deadLetters,
  undelivered,
};

/** An object of each kind that holds event 9. */
const neighbor = envelope([logEvent(9)]);
const line = gzipSync(`${text(neighbor)}\n`);
const NEIGHBORS: Record<RecordKind, Written> = {
  archive: { key: "archive/2026/11/21/03/foo/shardId-000000000000-9.gz", body: line, metadata: {} },
  rejected: { key: "rejected/2026/11/21/03/foo/shardId-000000000000-9.gz", body: line, metadata: {} },
  "dead-letter": {
    ...{ key: "dead-letter/2026/11/21/03/pipeline_foo/shardId-000000000000-9", body: gzipSync(text(neighbor)) },
    metadata: { ...metadata, "sequence-number": "9" },
  },
  undelivered: {
    key: `${discarded.key}-9`,
    body: Buffer.from(text({ payload: text(kinesisEvent(neighbor)) })),
    metadata: {},
  },
};

/** A run over `objects`, to a search engine that rejects what the index of a real one might, or to a stream. */
async function replayed(kind: RecordKind, objects: Written[], to: "endpoint" | "stream") {
  const put: string[] = [];
  const bucket = {
    name: "the-archive",
    async *list(): AsyncGenerator<StoredObject> {
      for (const { key, body } of objects) yield { key, etag: "1", bytes: body.length };
    },
    async open({ key }: StoredObject) {
      const { body, metadata } = objects.find((object) => object.key === key)!;
      return { metadata, chunks: Readable.from([body]) };
    },
    put: async ({ key }: { key: string }) => void put.push(key),
  } as unknown as SdkBucket;
  const engine = new SearchEngine();
  engine.reject = ({ document }) => (JSON.stringify(document).includes("info") ? MAPPING_CONFLICT : undefined);
  const entries: PutRecordsCommand["input"]["Records"] = [];
  const send = async ({ input }: PutRecordsCommand) => {
    entries.push(...input.Records!);
    return { Records: input.Records!.map(() => ({ SequenceNumber: "1", ShardId: "0" })) };
  };
  const args: ReplayArguments = {
    ...{ bucket: "the-archive", archivePrefix: "", kind, lateHours: 1, timeField: "" },
    ...{ selection: { fromMs: 0, toMs: 1e15 }, recordMaxBytes: 2 ** 20, objectMaxBytes: 2 ** 24 },
    sink: { to: "stdout" },
  };
  const deadline = new FakeRunDeadline();
  const sink =
    to === "stream"
      ? streamSink({ send } as unknown as KinesisClient, "s", deadline)
      : searchSink({
          ...{ send: engine.send, endpoint: "https://search.example", indexLayouts: CWL, archivePrefix: "" },
          messages: new LaneMessages(undefined),
          ...{ timeField: "", recordMaxBytes: args.recordMaxBytes, bucket, deadline },
        });
  const report = new Report();
  const region = "eu-central-1";
  await replay([`${kind}/`], { args, bucket, region, sink, report, journal: undefined, deadline });
  return { report, engine, put, entries };
}

describe.each(RECORD_KINDS)("a replay of --kind %s", (kind) => {
  const object = OBJECTS[kind];
  const other = NEIGHBORS[kind];

  it("delivers what is beside an object of any content, and names that object or delivers it", () =>
    fc.assert(
      fc.asyncProperty(object, async (any) => {
        const { report, engine, put } = await replayed(kind, [any, other], "endpoint");
        expect(report.stopped).toBeUndefined();
        expect(report.failed.named).toEqual([]);
        expect(report.done + report.skipped.count).toBe(2);
        expect(report.skipped.named.every(({ key }) => key === any.key)).toBe(true);
        expect(engine.ids()).toContain(eventId(9));
        for (const key of put)
          expect(key).toMatch(/^(archive|rejected|dead-letter)(\/\d{4}(\/\d\d){3})\/[^/]+\/[^/]+$/);
      }),
      { numRuns: 300 },
    ));

  it("puts only records that a stream accepts, whatever an object holds", () =>
    fc.assert(
      fc.asyncProperty(object, async (any) => {
        const { report, entries } = await replayed(kind, [any, other], "stream");
        expect([report.stopped, report.failed.named]).toEqual([undefined, []]);
        expect(entries).not.toEqual([]);
        for (const { PartitionKey } of entries) expect(PartitionKey).toMatch(/^.{1,256}$/s);
      }),
      { numRuns: 100 },
    ));
});
