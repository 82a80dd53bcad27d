import { documentId } from "../../../core/events/document-id";
import { type EventSettings, kinesisBatch } from "../../../core/pipelines/kinesis-to-opensearch";
import { kinesisProgress, type RecordProgress } from "../../../core/pipelines/record-progress";
import { type BulkItem, itemsOf, linesIn } from "../../../core/sinks/opensearch/bulk-request";
import { pack } from "../../../core/sinks/opensearch/pack";
import { kinesisRecord } from "../../../core/sources/kinesis/record";
import { RECORD_RULES } from "../../../core/sources/kinesis/record-rules";
import { linesOf } from "../../support/delivery";
import { CONTROL_MESSAGE, documentIdOf, envelope, kinesisEvent, logEvent } from "../../support/kinesis";
import { CWL } from "../../support/layouts";

const MIB = 1024 * 1024;
const SETTINGS: EventSettings = { indexLayouts: CWL, recordMaxBytes: MIB, timeField: "", fastPath: true };

const recordsOf = (...data: unknown[]): readonly RecordProgress[] =>
  kinesisProgress(kinesisEvent(...data).Records.map(kinesisRecord)).records;

const batchOf = (records: readonly RecordProgress[]) => kinesisBatch(records, SETTINGS, () => 1);

const requestsOf = (records: readonly RecordProgress[], maxBytes = MIB): BulkItem[][] =>
  [...pack(batchOf(records).lines(), maxBytes)].map(itemsOf);

/** Action and document of an item. */
const parsed = (item: BulkItem) =>
  linesOf(item)
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("kinesisBatch", () => {
  it("writes each event of each record, in order, with its place in the batch", () => {
    const records = recordsOf(envelope([logEvent(1), logEvent(2)]), envelope([logEvent(3)], { logGroup: "bar" }));
    const [items, ...more] = requestsOf(records);
    expect(more).toEqual([]);
    expect(items!.map(({ record, position }) => [record, position])).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
    ]);
    expect(items!.map((item) => parsed(item)[0].create)).toEqual([
      { _index: "cwl-foo-2026.11.21", _id: documentIdOf(1) },
      { _index: "cwl-foo-2026.11.21", _id: documentIdOf(2) },
      { _index: "cwl-bar-2026.11.21", _id: documentIdOf(3, { logGroup: "bar" }) },
    ]);
    expect(parsed(items![0]!)[1]).toEqual({
      "@timestamp": "2026-11-21T02:59:59.001Z",
      message: "line 1",
      cloud: { account: { id: "111111111111" }, region: "eu-central-1" },
      aws: { cloudwatch: { log_group: "foo", log_stream: "stream-1" } },
    });
  });

  it("names the index after the event's own day, not the day it arrived", () => {
    const midnight = Date.UTC(2026, 10, 20);
    const records = recordsOf(envelope([logEvent(1, "before", midnight - 1), logEvent(2, "after", midnight)]));
    const indices = requestsOf(records)[0]!.map((item) => parsed(item)[0].create._index);
    expect(indices).toEqual(["cwl-foo-2026.11.19", "cwl-foo-2026.11.20"]);
  });

  it("names an event without an id after shard, sequence number and position", () => {
    const records = recordsOf(envelope([logEvent(1), { ...logEvent(2), id: "" }]));
    const { shardId, sequenceNumber } = records[0]!.record;
    expect(parsed(requestsOf(records)[0]![1]!)[0].create._id).toBe(
      documentId(`${shardId}:${sequenceNumber}:1`, envelope([])),
    );
  });

  it("leaves a record with events pending until each is settled, and settles every other", () => {
    const records = recordsOf(
      envelope([logEvent(1), logEvent(2)]),
      CONTROL_MESSAGE,
      Buffer.from("\0ilikecats"),
      envelope([]),
    );
    requestsOf(records);
    expect(records.map(({ isSettled }) => isSettled)).toEqual([false, true, true, true]);
    expect(records.map(({ archiveMembers }) => archiveMembers.map(({ logGroup }) => logGroup))).toEqual([
      ...[["foo"], []],
      ...[[], ["foo"]],
    ]);
    expect(records.map(({ deadLetters }) => deadLetters.map(({ reason }) => reason))).toEqual([
      ...[[], []],
      ...[["neither gzip nor text"], []],
    ]);
    records[0]!.delivered(2);
    expect(records[0]!.isSettled).toBe(true);
  });

  it("does with each kind of record what RECORD_RULES says", () => {
    const [events, control, undecodable] = recordsOf(
      envelope([logEvent(1)]),
      CONTROL_MESSAGE,
      Buffer.from("\0ilikecats"),
    );
    const outcomeOf = ({ isSettled, deadLetters }: RecordProgress) =>
      deadLetters.length > 0 ? "dead-lettered" : isSettled ? "acknowledged" : "per item";
    requestsOf([events!, control!, undecodable!]);
    expect({
      events: outcomeOf(events!),
      control: outcomeOf(control!),
      undecodable: outcomeOf(undecodable!),
    }).toEqual(Object.fromEntries(Object.entries(RECORD_RULES).map(([kind, { outcome }]) => [kind, outcome])));
  });

  it("fills requests up to the limit and never beyond", () => {
    const records = recordsOf(...[0, 10, 20].map((n) => envelope([...Array(10).keys()].map((i) => logEvent(n + i)))));
    const bytes = requestsOf(records)[0]![0]!.end;
    const requests = requestsOf(records, 7 * bytes + bytes / 2);
    expect(requests.map((items) => items.length)).toEqual([7, 7, 7, 7, 2]);
    expect(requests.flat().map((item) => parsed(item)[0].create._id)).toEqual(
      [...Array(30).keys()].map((n) => documentIdOf(n)),
    );
  });

  it("measures requests in bytes, not characters", () => {
    const records = recordsOf(envelope([logEvent(1, "\u20ac".repeat(1000)), logEvent(2, "\u20ac".repeat(1000))]));
    expect(requestsOf(records, 5000)).toHaveLength(2);
  });

  it("gives an event that is larger than the limit a request of its own", () => {
    const records = recordsOf(envelope([logEvent(1), logEvent(2, "x".repeat(9000)), logEvent(3)]));
    expect(requestsOf(records, 5000).map((items) => items.length)).toEqual([1, 1, 1]);
  });

  it("reads a record only when its events are asked for, so that few are in memory", () => {
    const records = recordsOf(...[1, 2, 3, 4].map((n) => envelope([logEvent(n)])));
    const requests = pack(batchOf(records).lines(), 1);
    requests.next();
    expect(records.map(({ archiveMembers }) => archiveMembers.length)).toEqual([1, 1, 0, 0]);
  });

  it("reads no further record after the deadline, and leaves it pending", () => {
    const records = recordsOf(...[1, 2, 3, 4].map((n) => envelope([logEvent(n)])));
    let left = 2;
    const items = [...pack(kinesisBatch(records, SETTINGS, () => left--).lines(), MIB)].flatMap(itemsOf);
    expect(items.map(({ record }) => record)).toEqual([0, 1]);
    expect(records.map(({ isSettled }) => isSettled)).toEqual([false, false, false, false]);
    expect(records[2]!.archiveMembers).toEqual([]);
  });
});

describe("kinesisBatch, source", () => {
  const json = (n: number) => logEvent(n, `{"level":"warn","n":${n}}`);

  it("writes an event as text under the same index and id, with its rejection", () => {
    const records = recordsOf(envelope([json(1), json(2)]), envelope([json(3)], { logGroup: "bar" }));
    const items = requestsOf(records).flat();
    const batch = batchOf(records);
    for (const item of [items[1]!, items[2]!, items[0]!]) {
      const lines = batch.textLines(item, "400 no");
      const [action, document] = parsed({ ...item, ...linesIn(lines) });
      expect(action).toEqual(parsed(item)[0]);
      expect(document).toMatchObject({ message: expect.stringContaining('"level":"warn"') });
      expect(document.aws.cloudwatch.rejection).toBe("rejected: 400 no");
      expect(document["@timestamp"]).toBe(parsed(item)[1]["@timestamp"]);
    }
  });

  it("decodes a record once for all its neighbouring rejections, not once for each", () => {
    const records = recordsOf(envelope([...Array(50).keys()].map(json)), envelope([...Array(50).keys()].map(json)));
    const items = requestsOf(records).flat();
    let decoded = 0;
    for (const { record } of records) {
      const { data } = record;
      const counted = () => {
        decoded++;
        return data;
      };
      Object.defineProperty(record, "data", { get: counted });
    }
    const batch = batchOf(records);
    for (const item of items) batch.probeLines(item);
    expect(decoded).toBe(2);
  });
});
