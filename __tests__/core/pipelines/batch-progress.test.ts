import { BatchProgress, EventProgress } from "../../../core/pipelines/batch-progress";

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
});
