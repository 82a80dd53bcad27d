import { gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { archiveObjects, storablePrefix } from "../../../core/pipelines/kinesis-to-archive";
import { kinesisBatch } from "../../../core/pipelines/kinesis-to-opensearch";
import { kinesisProgress, RecordProgress } from "../../../core/pipelines/record-progress";
import { decodeRecord } from "../../../core/sources/kinesis/decode-record";
import { kinesisRecord } from "../../../core/sources/kinesis/record";
import { ARRIVAL, CONTROL_MESSAGE, envelope, kinesisEvent, logEvent } from "../../support/kinesis";
import { CWL } from "../../support/layouts";

const DECODE = { recordMaxBytes: 1024 * 1024, timeField: "" };

/** The progress of records when their events have been read. `arrivals`: in ms since the epoch; default: one by one. */
function progressOf(data: unknown[], arrivals: number[] = []): readonly RecordProgress[] {
  const records = kinesisEvent(...data).Records.map(kinesisRecord);
  const batch = kinesisProgress(records.map((record, i) => ({ ...record, arrival: arrivals[i] ?? record.arrival })));
  for (const _ of kinesisBatch(batch.records, { ...DECODE, indexLayouts: CWL, fastPath: true }, () => 1).lines());
  return batch.records;
}

const recordsOf = (...data: unknown[]) => progressOf(data);
const sequenceNumberOf = (progress: RecordProgress | undefined) => progress!.record.sequenceNumber;

const foo = (n: number, message?: string) => envelope([logEvent(n, message)]);
const of = (kind: string) => (kind.startsWith("foo") ? foo : bar);
const bar = (n: number) => envelope([logEvent(n)], { logGroup: "/aws/lambda/Bar" });

describe("archiveObjects", () => {
  it("keeps each log group's records in one object, an envelope per line, under the first one's sequence number", () => {
    const records = recordsOf(foo(1), bar(2), foo(3), bar(4));
    const objects = archiveObjects("logs/", records, DECODE);
    const [first, second] = records;
    expect(objects.map(({ key }) => key)).toEqual([
      `logs/archive/2026/11/21/03/foo/shardId-000000000000-${sequenceNumberOf(first)}.gz`,
      expect.stringMatching(
        new RegExp(
          `^logs/archive/2026/11/21/03/aws-lambda-bar~[0-9a-f]{16}/shardId-000000000000-${sequenceNumberOf(second)}.gz$`,
        ),
      ),
    ]);
    expect(objects.map(({ body }) => gunzipSync(body).toString())).toEqual([
      `${JSON.stringify(foo(1))}\n${JSON.stringify(foo(3))}\n`,
      `${JSON.stringify(bar(2))}\n${JSON.stringify(bar(4))}\n`,
    ]);
    expect(objects[0]).toMatchObject({ contentType: "application/gzip", metadata: { records: "2" } });
  });

  it("keeps the records of all log groups of a stream in one object, in their order, if that is the layout", () => {
    const records = recordsOf(foo(1), bar(2), foo(3));
    records[1]!.rejected({ position: 0, rejection: "no" });
    records[2]!.rejected({ position: 0, rejection: "never" });
    const objects = archiveObjects("logs/", records, { ...DECODE, archiveLayout: "stream" });
    const place = "2026/11/21/03/stream=logging-pipeline_foo/shardId-000000000000";
    expect(objects.map(({ key }) => key)).toEqual([
      `logs/archive/${place}-${sequenceNumberOf(records[0])}.gz`,
      `logs/rejected/${place}-${sequenceNumberOf(records[1])}.gz`,
    ]);
    expect(objects.map(({ metadata }) => metadata)).toMatchObject([{ records: "3" }, { events: "2" }]);
    expect(gunzipSync(objects[0]!.body).toString()).toBe(
      [foo(1), bar(2), foo(3)].map((one) => `${JSON.stringify(one)}\n`).join(""),
    );
    const rejections = gunzipSync(objects[1]!.body).toString().trimEnd().split("\n");
    expect(rejections.map((line) => JSON.parse(line))).toEqual([
      { ...bar(2), rejection: "no" },
      { ...foo(3), rejection: "never" },
    ]);
  });

  it("names a stream's object after the hour's first record that has events: what is acknowledged before it changes nothing", () => {
    const arrivals = [3, 4, 4, 4].map((hour) => Date.UTC(2026, 10, 21, hour));
    const records = progressOf([foo(0), CONTROL_MESSAGE, bar(1), foo(2)], arrivals);
    const keysOf = (some: readonly RecordProgress[]) =>
      archiveObjects("", some, { ...DECODE, archiveLayout: "stream" }).map(({ key }) => key);
    const later = `archive/2026/11/21/04/stream=logging-pipeline_foo/shardId-000000000000-${sequenceNumberOf(records[2])}.gz`;
    expect(keysOf(records)).toEqual([expect.stringContaining("/03/"), later]);
    expect([1, 2].map((start) => keysOf(records.slice(start)))).toEqual([[later], [later]]);
  });

  it("compresses nothing again: each record's own bytes are in the object", () => {
    const data = gzipSync(JSON.stringify(foo(1)), { level: 1 });
    const [object] = archiveObjects("", recordsOf(data, foo(2)), DECODE);
    expect(object!.body.subarray(0, data.length)).toEqual(data);
  });

  it("keeps the records of each hour in an object of their own, where a replay looks for them", () => {
    const arrivals = [3, 3, 4, 4].map((hour) => Date.UTC(2026, 10, 21, hour, 59, 59, 999));
    const records = progressOf([foo(1), foo(2), foo(3), foo(4)], arrivals);
    for (const record of records) record.rejected({ position: 0, rejection: "no" });
    const objects = archiveObjects("", records, DECODE);
    expect(objects.map(({ key }) => key)).toEqual([
      `archive/2026/11/21/03/foo/shardId-000000000000-${sequenceNumberOf(records[0])}.gz`,
      `rejected/2026/11/21/03/foo/shardId-000000000000-${sequenceNumberOf(records[0])}.gz`,
      `archive/2026/11/21/04/foo/shardId-000000000000-${sequenceNumberOf(records[2])}.gz`,
      `rejected/2026/11/21/04/foo/shardId-000000000000-${sequenceNumberOf(records[2])}.gz`,
    ]);
    expect(gunzipSync(objects[2]!.body).toString()).toBe(`${JSON.stringify(foo(3))}\n${JSON.stringify(foo(4))}\n`);
    expect([1, 2, 3, 4].map((max) => storablePrefix(records, max).length)).toEqual([1, 2, 2, 4]);
  });

  it("names the hour in which the first record arrived, in UTC", () => {
    const records = progressOf([foo(1)], [Date.UTC(2027, 0, 1) - 1]);
    expect(archiveObjects("", records, DECODE)[0]!.key).toMatch(/^archive\/2026\/12\/31\/23\/foo\//);
  });

  it("keeps what can't be decoded byte for byte, with the reason", () => {
    const junk = Buffer.from([0xff, 0, 10, 13]);
    const records = recordsOf(foo(1), junk);
    expect(archiveObjects("logs/", records, DECODE)[1]).toEqual({
      key: `logs/dead-letter/2026/11/21/03/logging-pipeline_foo/shardId-000000000000-${sequenceNumberOf(records[1])}`,
      body: junk,
      contentType: "application/octet-stream",
      metadata: {
        reason: "neither gzip nor text",
        account: "111111111111",
        "shard-id": "shardId-000000000000",
        "sequence-number": sequenceNumberOf(records[1]),
        "arrival-time": new Date(ARRIVAL + 1).toISOString(),
      },
    });
  });

  it("has nothing for control messages", () => {
    expect(archiveObjects("", recordsOf(CONTROL_MESSAGE), DECODE)).toEqual([]);
  });

  it("gives no object a key of more than 1,024 bytes, for any log group under the longest prefix", () => {
    const [{ record }] = recordsOf(foo(1)) as [RecordProgress];
    const longest = { ...record, sequenceNumber: "9".repeat(128), stream: "s".repeat(128) };
    const prefix = `${"p".repeat(255)}/`;
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 512 }), (logGroup) => {
        const [events, poison] = [new RecordProgress(longest), new RecordProgress(longest)];
        events.read([{ logGroup, events: 1, member: record.data, receipt: [] }]);
        events.rejected({ position: 0, rejection: "no" });
        poison.read([], [{ kind: "undecodable", reason: "no", record: longest }]);
        const objects = archiveObjects(prefix, [events, poison], DECODE);
        expect(objects.map(({ key }) => key.slice(256).split("/", 1)[0])).toEqual([
          ...["archive", "rejected", "dead-letter"],
        ]);
        for (const { key } of objects) {
          expect(Buffer.byteLength(key)).toBeLessThanOrEqual(1024);
          expect(key).toMatch(/^([A-Za-z0-9][A-Za-z0-9._~-]*\/)+[A-Za-z0-9][A-Za-z0-9._~-]*$/);
        }
      }),
    );
  });
});

/** An attempt at a batch: how many records it acknowledges, and, if it is killed before that, how many objects it has put. */
const anyAttempt = fc.record({ acknowledged: fc.integer({ min: 1, max: 8 }), putBeforeKill: fc.option(fc.nat(8)) });

describe.each(["log-group", "stream"] as const)("archiveObjects, by %s", (archiveLayout) => {
  it("has each envelope, and each rejected event, once in the end, whatever attempts were killed", () => {
    const kind = fc.constantFrom("foo", "bar", "foo, rejected", "bar, rejected", "control", "poison");
    fc.assert(
      fc.property(
        fc.array(fc.tuple(kind, fc.nat(1)), { minLength: 1, maxLength: 8 }),
        fc.array(anyAttempt, { maxLength: 8 }),
        (kinds, attempts) => {
          const data = kinds.map(([kind], n) =>
            kind === "control" ? CONTROL_MESSAGE : kind === "poison" ? Buffer.from([0xff, 0]) : of(kind)(n),
          );
          const hours = kinds.map(([, hour]) => hour).sort();
          const records = progressOf(
            data,
            hours.map((hour) => Date.UTC(2026, 10, 21, hour)),
          );
          for (const [n, [kind]] of kinds.entries())
            if (kind.endsWith("rejected")) records[n]!.rejected({ position: 0, rejection: "no" });
          const bucket = new Map<string, Buffer>();
          let first = 0;
          const rest = { acknowledged: kinds.length, putBeforeKill: null };
          for (const { acknowledged, putBeforeKill } of [...attempts, rest]) {
            const prefix = records.slice(first, first + acknowledged);
            const objects = archiveObjects("", prefix, { ...DECODE, archiveLayout });
            for (const { key, body } of objects.slice(0, putBeforeKill ?? objects.length)) bucket.set(key, body);
            if (putBeforeKill === null) first += prefix.length;
          }
          const idsUnder = (folder: string) =>
            [...bucket]
              .filter(([key]) => key.startsWith(folder))
              .flatMap(([, body]) => gunzipSync(body).toString().trimEnd().split("\n"))
              .map((line) => JSON.parse(line).logEvents[0].id)
              .sort();
          const ids = (chosen: (kind: string) => boolean) =>
            kinds.flatMap(([kind], n) => (chosen(kind) ? logEvent(n).id : []));
          expect(idsUnder("archive/")).toEqual(ids((kind) => /^(foo|bar)/.test(kind)));
          expect(idsUnder("rejected/")).toEqual(ids((kind) => kind.endsWith("rejected")));
          expect([...bucket.keys()].filter((key) => key.startsWith("dead-letter/"))).toHaveLength(
            kinds.filter(([kind]) => kind === "poison").length,
          );
        },
      ),
    );
  });
});

describe("archiveObjects, rejected events", () => {
  it("has those of a record that only a replay takes apart: it takes more objects than an invocation has time for", () => {
    const envelopes = Array.from({ length: 101 }, (_, n) => envelope([logEvent(n)], { logGroup: `g${n}` }));
    const record = recordsOf(Buffer.from(envelopes.map((one) => JSON.stringify(one)).join("\n")))[0]!.record;
    const progress = new RecordProgress(record);
    progress.decoded(decodeRecord(record, DECODE));
    progress.rejected({ position: 100, rejection: "no" });
    const [last, ...others] = archiveObjects("", [progress], DECODE).filter(({ key }) => key.startsWith("rejected/"));
    expect(others).toEqual([]);
    expect(JSON.parse(gunzipSync(last!.body).toString())).toEqual({ ...envelopes[100], rejection: "no" });
  });

  const rejection = (position: number) => ({ position, rejection: `400 no ${position}` });

  it("keeps each rejected event as an envelope of its own, with the rejection", () => {
    const records = recordsOf(envelope([logEvent(1), logEvent(2), logEvent(3)]), bar(4));
    records[0]!.rejected(rejection(0));
    records[0]!.rejected(rejection(2));
    const objects = archiveObjects("", records, DECODE).filter(({ key }) => key.startsWith("rejected/"));
    expect(objects.map(({ key }) => key)).toEqual([
      `rejected/2026/11/21/03/foo/shardId-000000000000-${sequenceNumberOf(records[0])}.gz`,
    ]);
    const lines = gunzipSync(objects[0]!.body).toString().split("\n");
    expect(lines.pop()).toBe("");
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { rejection: "400 no 0", ...envelope([logEvent(1)]) },
      { rejection: "400 no 2", ...envelope([logEvent(3)]) },
    ]);
    expect(objects[0]).toMatchObject({ contentType: "application/gzip", metadata: { events: "2" } });
  });

  it("names them after the first record that has one, so that a retry that acknowledges less overwrites them", () => {
    const records = recordsOf(foo(1), foo(2), foo(3));
    records[1]!.rejected(rejection(0));
    const keyOf = (some: readonly RecordProgress[]) =>
      archiveObjects("", some, DECODE).find(({ key }) => key.startsWith("rej"))!.key;
    expect(keyOf(records)).toContain(sequenceNumberOf(records[1]));
    expect(keyOf(records.slice(1))).toBe(keyOf(records));
  });

  it("takes an envelope whose unknown fields are nested too deep for JSON.stringify", () => {
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    const text = JSON.stringify(foo(1)).replace("{", `{"deep":${deep},`);
    const records = recordsOf(gzipSync(text));
    records[0]!.rejected(rejection(0));
    const [, object] = archiveObjects("", records, DECODE);
    expect(JSON.parse(gunzipSync(object!.body).toString())).toEqual({ rejection: "400 no 0", ...foo(1) });
  });
});
