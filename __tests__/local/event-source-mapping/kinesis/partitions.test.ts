import type { KinesisStreamRecord } from "aws-lambda";
import fc from "fast-check";
import { Partitions, partitionOf } from "../../../../local/event-source-mapping/kinesis/partitions";
import { NOW, numbers, record } from "./factories";

const batching = (changes: Partial<ConstructorParameters<typeof Partitions>[0]> = {}) => ({
  parallelizationFactor: 1,
  batchSize: 100,
  maximumBatchingWindowSeconds: 0,
  ...changes,
});

/** Keys of which the first two are in different partitions of two. */
const KEYS = ["key-0", "key-1"];

const takeAll = (partitions: Partitions) => {
  const taken: KinesisStreamRecord[][] = [];
  for (let batch = partitions.take(NOW); batch; batch = partitions.take(NOW)) taken.push(batch);
  return taken;
};

describe("Partitions", () => {
  it("returns the next batch of a partition after the previous one has ended", () => {
    const partitions = new Partitions(batching({ batchSize: 1 }));
    for (const n of [1, 2]) partitions.add(record(n), NOW);
    const [first, ...others] = takeAll(partitions);
    expect(others).toEqual([]);
    expect(partitions.dueAt).toBe(Number.POSITIVE_INFINITY);
    partitions.finish(first!);
    expect(takeAll(partitions).map(numbers)).toEqual([[2]]);
  });

  it("applies a new batch size and window at once", () => {
    const partitions = new Partitions(batching({ maximumBatchingWindowSeconds: 60 }));
    for (const n of [1, 2, 3]) partitions.add(record(n), NOW);
    expect(partitions.take(NOW)).toBeUndefined();
    partitions.configure(batching({ batchSize: 2, maximumBatchingWindowSeconds: 60 }));
    expect(partitions.full).toBe(true);
    expect(takeAll(partitions).map(numbers)).toEqual([[1, 2]]);
  });

  it("keeps a window that began when the record was read", () => {
    const partitions = new Partitions(batching({ maximumBatchingWindowSeconds: 60 }));
    partitions.add(record(1), NOW);
    partitions.configure(batching({ maximumBatchingWindowSeconds: 5 }));
    expect(partitions.dueAt).toBe(NOW + 5_000);
  });

  it("keeps buffered records in the order of the shard when partitions are merged", () => {
    const partitions = new Partitions(batching({ parallelizationFactor: 2 }));
    for (let n = 8; n < 14; n++) partitions.add(record(n, { key: KEYS[n % 2]! }), NOW);
    partitions.configure(batching());
    expect(takeAll(partitions).map(numbers)).toEqual([[8, 9, 10, 11, 12, 13]]);
  });

  it("blocks only the partitions whose keys a batch in flight has", () => {
    const partitions = new Partitions(batching());
    partitions.add(record(1, { key: KEYS[0]! }), NOW);
    const [inFlight] = takeAll(partitions);
    partitions.configure(batching({ parallelizationFactor: 2 }));
    for (const n of [2, 3]) partitions.add(record(n, { key: KEYS[n % 2]! }), NOW);
    expect(takeAll(partitions).map(numbers)).toEqual([[3]]);
    partitions.finish(inFlight!);
    expect(takeAll(partitions).map(numbers)).toEqual([[2]]);
  });

  it("returns no more concurrent batches than the current parallelization factor", () => {
    const keys = Array.from({ length: 100 }, (_, n) => `key-${n}`);
    // Two keys in different partitions of three, and in the same one of two.
    const first = keys.find((key) => partitionOf(key, 2) === 0)!;
    const second = keys.find((key) => partitionOf(key, 2) === 0 && partitionOf(key, 3) !== partitionOf(first, 3))!;
    const third = keys.find((key) => partitionOf(key, 2) === 1)!;
    const partitions = new Partitions(batching({ parallelizationFactor: 3 }));
    partitions.add(record(1, { key: first }), NOW);
    partitions.add(record(2, { key: second }), NOW);
    const inFlight = takeAll(partitions);
    expect(inFlight).toHaveLength(2);
    partitions.configure(batching({ parallelizationFactor: 2 }));
    partitions.add(record(3, { key: third }), NOW);
    expect(partitions.take(NOW)).toBeUndefined();
    partitions.finish(inFlight[0]!);
    expect(takeAll(partitions).map(numbers)).toEqual([[3]]);
    expect(partitions.idle).toBe(false);
  });

  it("delivers each record once, in order for each key, whatever changes when", () => {
    const settings = fc.record({
      parallelizationFactor: fc.integer({ min: 1, max: 10 }),
      batchSize: fc.integer({ min: 1, max: 8 }),
      maximumBatchingWindowSeconds: fc.constant(0),
    });
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.record({ add: fc.integer({ min: 0, max: 7 }) }) },
      { weight: 2, arbitrary: fc.constant("take" as const) },
      { weight: 2, arbitrary: fc.record({ finish: fc.nat() }) },
      { weight: 1, arbitrary: fc.record({ configure: settings }) },
    );
    fc.assert(
      fc.property(settings, fc.array(step, { maxLength: 80 }), (first, steps) => {
        const partitions = new Partitions(first);
        const inFlight: KinesisStreamRecord[][] = [];
        const finished: KinesisStreamRecord[] = [];
        let factor = first.parallelizationFactor;
        let n = 0;
        const take = () => {
          const batch = partitions.take(NOW);
          if (!batch) return false;
          expect(inFlight.length).toBeLessThan(factor);
          const keys = new Set(inFlight.flat().map(({ kinesis }) => kinesis.partitionKey));
          expect(batch.some(({ kinesis }) => keys.has(kinesis.partitionKey))).toBe(false);
          expect(numbers(batch).toSorted((a, b) => a - b)).toEqual(numbers(batch));
          inFlight.push(batch);
          return true;
        };
        const finish = (index: number) => {
          const [batch] = inFlight.splice(index, 1);
          partitions.finish(batch!);
          finished.push(...batch!);
        };
        for (const one of steps) {
          if (one === "take") take();
          else if ("add" in one) partitions.add(record(++n, { key: `key-${one.add}` }), NOW);
          else if ("finish" in one && inFlight.length > 0) finish(one.finish % inFlight.length);
          else if ("configure" in one) {
            partitions.configure(one.configure);
            factor = one.configure.parallelizationFactor;
          }
        }
        while (take() || inFlight.length > 0) if (inFlight.length > 0) finish(0);

        expect(partitions.idle).toBe(true);
        expect(numbers(finished).toSorted((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i + 1));
        for (let key = 0; key < 8; key++) {
          const ofKey = numbers(finished.filter(({ kinesis }) => kinesis.partitionKey === `key-${key}`));
          expect(ofKey.toSorted((a, b) => a - b)).toEqual(ofKey);
        }
      }),
    );
  });
});

describe("partitionOf", () => {
  it("is less than the parallelization factor, and the same for the same key", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 10 }), (key, factor) => {
        const partition = partitionOf(key, factor);
        expect(partition).toBeGreaterThanOrEqual(0);
        expect(partition).toBeLessThan(factor);
        expect(partitionOf(key, factor)).toBe(partition);
      }),
    );
  });

  it("uses every partition", () => {
    const partitions = new Set(Array.from({ length: 200 }, (_, n) => partitionOf(`stream-${n}`, 10)));
    expect(partitions.size).toBe(10);
  });
});
