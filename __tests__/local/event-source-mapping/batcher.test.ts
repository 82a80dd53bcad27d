import type { KinesisStreamRecord } from "aws-lambda";
import fc from "fast-check";
import { Batcher } from "../../../local/event-source-mapping/batcher";
import { NOW, numbers, record } from "./kinesis/factories";

const MIB = 1024 * 1024;

describe("Batcher", () => {
  it("has no batch without a record", () => {
    const batcher = new Batcher<KinesisStreamRecord>(3, 0);
    expect(batcher.take(NOW)).toBeUndefined();
    expect(batcher.dueAt).toBe(Number.POSITIVE_INFINITY);
  });

  it("returns all records at once without a batching window", () => {
    const batcher = new Batcher<KinesisStreamRecord>(3, 0);
    batcher.add(record(1), NOW);
    expect(numbers(batcher.take(NOW)!)).toEqual([1]);
    expect(batcher.take(NOW)).toBeUndefined();
  });

  it("flushes at the batch size, before the window ends", () => {
    const batcher = new Batcher<KinesisStreamRecord>(2, 60_000);
    batcher.add(record(1), NOW);
    expect(batcher.take(NOW)).toBeUndefined();
    for (const n of [2, 3]) batcher.add(record(n), NOW);
    expect(batcher.full).toBe(true);
    expect(numbers(batcher.take(NOW)!)).toEqual([1, 2]);
    expect(batcher.take(NOW)).toBeUndefined();
  });

  it("flushes when the window ends, which begins with the batch's first record", () => {
    const batcher = new Batcher<KinesisStreamRecord>(100, 5_000);
    batcher.add(record(1), NOW);
    batcher.add(record(2), NOW + 4_000);
    expect(batcher.dueAt).toBe(NOW + 5_000);
    expect(batcher.take(NOW + 4_999)).toBeUndefined();
    expect(numbers(batcher.take(NOW + 5_000)!)).toEqual([1, 2]);
  });

  it("flushes before the payload would exceed 6 MB", () => {
    const batcher = new Batcher<KinesisStreamRecord>(100, 60_000);
    for (const n of [1, 2, 3, 4, 5]) batcher.add(record(n, { data: "x".repeat(1.4 * MIB) }), NOW);
    expect(numbers(batcher.take(NOW)!)).toEqual([1, 2, 3, 4]);
    expect(batcher.take(NOW)).toBeUndefined();
  });

  it("keeps every payload within 6 MB, to the byte, and wastes none", () => {
    const padding = 6 * MIB - Buffer.byteLength(JSON.stringify({ Records: [record(1), record(2)] }));
    const fitting = new Batcher<KinesisStreamRecord>(100, 60_000);
    const tooLarge = new Batcher<KinesisStreamRecord>(100, 60_000);
    for (const [batcher, extra] of [
      [fitting, 0],
      [tooLarge, 1],
    ] as const) {
      batcher.add(record(1, { data: "x".repeat(padding + extra) }), NOW);
      batcher.add(record(2), NOW);
    }
    expect(fitting.take(NOW)).toBeUndefined();
    expect(numbers(fitting.take(NOW + 60_000)!)).toEqual([1, 2]);
    expect(numbers(tooLarge.take(NOW)!)).toEqual([1]);
  });

  it("gives a record that is too large a batch of its own", () => {
    const batcher = new Batcher<KinesisStreamRecord>(100, 60_000);
    for (const n of [1, 2]) batcher.add(record(n, { data: "x".repeat(7 * MIB) }), NOW);
    expect(numbers(batcher.take(NOW)!)).toEqual([1]);
  });

  it("returns every record once, in order, in batches within the batch size", () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 20 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 12 }), (polls, batchSize) => {
        const batcher = new Batcher<KinesisStreamRecord>(batchSize, 0);
        const batches: number[][] = [];
        let n = 0;
        for (const poll of polls) {
          for (let i = 0; i < poll; i++) batcher.add(record(++n), NOW);
          for (let batch = batcher.take(NOW); batch; batch = batcher.take(NOW)) batches.push(numbers(batch));
        }
        expect(batches.flat()).toEqual(Array.from({ length: n }, (_, i) => i + 1));
        for (const batch of batches) expect(batch.length).toBeLessThanOrEqual(batchSize);
      }),
    );
  });
});
