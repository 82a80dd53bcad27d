import type { KinesisStreamEvent } from "aws-lambda";
import { IdHash } from "../../audit/id-hash";
import { HOUR_MS } from "../../core/events/durations";
import { encodeLogGroup } from "../../core/events/encode-log-group";
import { replayKey } from "../../core/sources/kinesis/replay-key";
import { Audited } from "../support/audited";
import { ARRIVAL, envelope, kinesisStreamRecord } from "../support/kinesis";

const INDEX = `cwl-${encodeLogGroup("logging-pipeline_foo")}-2026.11.21`;

/** A record of one line of an application. @param ms after the hour at which it arrives */
function put(n: number, line: object | string, ms = n): KinesisStreamEvent {
  const text = typeof line === "string" ? line : JSON.stringify(line);
  const record = kinesisStreamRecord(n, Buffer.from(text));
  record.kinesis.approximateArrivalTimestamp = (ARRIVAL + ms) / 1000;
  return { Records: [record] };
}

const INDEX_OF_FOO = "cwl-foo-2026.11.21";

/** Ids that applications may choose. */
const ULID = "01JD8QK7ZC3V9RFYM2B4T6W8XA";
const OTHER_ULID = "01JD8QK7ZC3V9RFYM2B4T6W8XB";
const UUID = "0f8fad5b-d9cb-469f-a165-70867728950e";

/** Ids that only a record with the partition key of a replay can have: each of 495 bytes, or made to be taken for something else. */
const HOSTILE = [
  "a".repeat(495),
  "/".repeat(495),
  `${"🐈".repeat(123)}abc`,
  `${"a".repeat(478)}.AAAAAAAAAAAAAAAA`,
  "0".repeat(56),
  "x.Q5CD84lWulHs6QYx",
  "../../_all",
  '"},"y":{"',
  "shardId-000000000000:1:0",
  "*",
  ",",
  "\u2028\u202e",
];

describe("an audit of applications' ids", () => {
  let audited: Audited;
  beforeEach(async () => {
    audited = await Audited.start();
  });
  afterEach(() => audited.s3.stop());

  /** The `_id` of an application's event. */
  function idOf(id: string): string {
    const keys = [...audited.searched.documents.keys()].map((key) => key.slice(key.indexOf("/") + 1));
    return keys.find((key) => key.slice(0, -17) === id)!;
  }

  const clean = { missing: 0, duplicate: 0, extra: 0, altered: 0 };

  it("finds whatever a record says that it was replayed, and heals", async () => {
    const events = HOSTILE.map((id, n) => ({ id, timestamp: ARRIVAL - n, message: `of ${id}` }));
    const replayed = kinesisStreamRecord(0, envelope(events));
    replayed.kinesis.partitionKey = replayKey("any");
    await audited.deliver([{ Records: [replayed] }, put(1, "no id\nnor here")]);
    const ids = HOSTILE.map(idOf);
    expect(new Set(ids).size).toBe(HOSTILE.length);
    expect((await audited.audit({ isDeep: true })).counts.sum).toMatchObject({
      ...clean,
      archived: HOSTILE.length + 2,
    });
    const gone = ids.filter((_, n) => n % 2 === 0);
    for (const id of gone) audited.searched.documents.delete(`${INDEX_OF_FOO}/${id}`);
    const altered = ids[1]!;
    audited.searched.documents.set(`${INDEX_OF_FOO}/${altered}`, { "@timestamp": new Date(ARRIVAL + 1).toISOString() });
    audited.searched.documents.set(
      `cwl-foo-2026.11.20/${ids[3]}`,
      audited.searched.documents.get(`${INDEX_OF_FOO}/${ids[3]}`)!,
    );
    await audited.audit({ isDeep: true });
    const done = [...gone.map((id) => `missing ${id}`), `altered ${altered}`, `duplicate ${ids[3]}`];
    expect(audited.names).toEqual(done.sort());
    await audited.audit({ isDeep: true, heal: { isDone: true, deletes: true } });
    const healed = await audited.audit({ isDeep: true });
    expect([audited.names, healed.isClean]).toEqual([[], true]);
  });

  it("takes an id that was put twice for one event, whichever of its lines is indexed", async () => {
    const timed = { "@timestamp": new Date(ARRIVAL).toISOString(), message: "a", "event.id": ULID };
    const lines = [timed, { message: "first", "event.id": OTHER_ULID }, { message: "x", "event.id": UUID }];
    // What comes first is indexed; the other one comes first in the archive.
    await audited.deliver([
      ...[timed, { message: "again", "event.id": OTHER_ULID }].map((line, n) => put(10 + n, line)),
      ...lines.map((line, n) => put(n, line)),
    ]);
    for (const isDeep of [false, true]) {
      const report = await audited.audit({ isDeep });
      expect([audited.names, report.counts.sum]).toEqual([
        [],
        expect.objectContaining({ ...clean, archived: 3, indexed: 3 }),
      ]);
    }
    const key = `${INDEX}/${idOf(OTHER_ULID)}`;
    const other = audited.searched.documents.get(key)!;
    audited.searched.documents.delete(key);
    await audited.audit({ isDeep: true, heal: { isDone: true, deletes: false } });
    expect((await audited.audit({ isDeep: true })).isClean).toBe(true);
    audited.searched.documents.set(key, { ...other, message: "neither" });
    await audited.audit({ isDeep: true });
    expect(audited.names).toEqual([`altered ${idOf(OTHER_ULID)}`]);
  });

  it("takes an id that was put again in another hour for neither missing nor altered", async () => {
    const line = { message: "without a time", "event.id": ULID };
    await audited.deliver([put(0, line), put(1, line, HOUR_MS)]);
    const hours = [ARRIVAL, ARRIVAL + HOUR_MS].map((fromMs) => ({ fromMs, toMs: fromMs + HOUR_MS }));
    for (const selection of hours) {
      const report = await audited.audit({ isDeep: true, selection });
      expect([audited.names, report.counts.sum]).toEqual([[], expect.objectContaining({ archived: 1, indexed: 1 })]);
    }
  });

  it.each([
    ["low", "01JD8QK7ZCA000000000051815", "01JD8QK7ZCA000000000076205"],
    ["high", "01JD8QK7ZCB000000000068943", "01JD8QK7ZCB000000000111722"],
  ] as const)("tells two ids apart whose hashes have the same %s half", async (half, ...pair) => {
    await audited.deliver(pair.map((id, n) => put(n, { message: "a", "event.id": id })));
    const [one, other] = pair.map(idOf) as [string, string];
    const halves = [one, other].map((id) => {
      // With the seeds that the audit of these tests has.
      const hash = new IdHash([1, 2]);
      hash.of(id);
      return hash[half];
    });
    expect(halves[0]).toBe(halves[1]);
    audited.searched.documents.delete(`${INDEX}/${one}`);
    await audited.audit();
    expect(audited.names).toEqual([`missing ${one}`]);
  });
});
