import { BatchProgress, EventProgress } from "../../../core/pipelines/batch-progress";
import { kinesisProgress } from "../../../core/pipelines/record-progress";
import { kinesisRecord } from "../../../core/sources/kinesis/record";
import { envelope, kinesisEvent } from "../../support/kinesis";

const batchOf = (...events: number[]) => new BatchProgress(events.map((count) => new EventProgress(count)));

describe("BatchProgress", () => {
  it("settles a record when each of its events is delivered or rejected", () => {
    const batch = batchOf(3);
    const [record] = batch.records;
    batch.delivered({ record: 0, position: 0, count: 2 });
    expect([record!.isSettled, record!.pending]).toEqual([false, 1]);
    batch.rejected({ record: 0, position: 2 }, "no");
    expect([record!.isSettled, record!.pending]).toEqual([true, 0]);
    expect(record!.rejections).toEqual([{ position: 2, rejection: "no" }]);
  });

  it("keeps of rejections beyond 4 MiB of text only their kind, each kind once", () => {
    const batch = batchOf(6000);
    const long = `400 mapper_parsing_exception: ${"x".repeat(970)}`;
    for (let position = 0; position < 6000; position++) batch.rejected({ record: 0, position }, long);
    const kept = batch.records[0]!.rejections.map(({ rejection }) => rejection);
    expect(kept[0]).toBe(long);
    expect(kept.at(-1)).toBe("400 mapper_parsing_exception");
    expect(kept.join("").length).toBeLessThan(4 * 1024 * 1024 + 6000 * 30);
  });

  it("has no room for further records once 200,000 events are rejected", () => {
    const batch = batchOf(200_000);
    const room: boolean[] = [];
    for (let position = 0; position < 200_000; position++) {
      batch.rejected({ record: 0, position }, "no");
      if (position >= 199_998) room.push(batch.hasRoom);
    }
    expect(room).toEqual([true, false]);
  });

  it("counts the pending events of all records", () => {
    const batch = batchOf(3, 0, 4);
    batch.delivered({ record: 2, position: 0, count: 1 });
    expect(batch.pending).toBe(6);
  });

  it("has a settled prefix that ends at the first record with a pending event", () => {
    const batch = batchOf(0, 2, 1);
    batch.delivered({ record: 2, position: 0, count: 1 });
    expect(batch.settledPrefix).toEqual(batch.records.slice(0, 1));
    batch.delivered({ record: 1, position: 0, count: 2 });
    expect(batch.settledPrefix).toEqual(batch.records);
  });

  it("throws when a sink reports more events than are pending, and settles nothing by that", () => {
    const batch = batchOf(2, 1);
    expect(() => batch.delivered({ record: 0, position: 0, count: 3 })).toThrow(
      "a sink reports 3 events of a record that has 2 pending",
    );
    batch.rejected({ record: 1, position: 0 }, "no");
    expect(() => batch.rejected({ record: 1, position: 0 }, "no")).toThrow("has 0 pending");
    expect(batch.settledPrefix).toEqual([]);
  });
});

describe("RecordProgress", () => {
  it("is not settled before its record is read, whatever a sink reports", () => {
    const [record] = kinesisEvent(envelope([])).Records.map(kinesisRecord);
    const batch = kinesisProgress([record!]);
    expect(() => batch.delivered({ record: 0, position: 0, count: 1 })).toThrow("has 0 pending");
    expect(batch.settledPrefix).toEqual([]);
    batch.records[0]!.read([]);
    expect(batch.settledPrefix).toEqual(batch.records);
  });
});
