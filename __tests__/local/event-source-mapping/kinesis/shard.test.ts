import type { KinesisStreamRecord } from "aws-lambda";
import { partitionOf } from "../../../../local/event-source-mapping/kinesis/partitions";
import { pollShard } from "../../../../local/event-source-mapping/kinesis/shard";
import { LiveSettings } from "../../../../local/event-source-mapping/live-settings";
import { numbers, record, settings } from "./factories";

/** Polls a shard that holds `all`, `perRead` at a time, until the function has seen all of it. */
async function poll(
  all: KinesisStreamRecord[],
  handle: (batch: KinesisStreamRecord[]) => Promise<void> | void,
  changes: Parameters<typeof settings>[0] = {},
  perRead = 5,
) {
  const stopping = new AbortController();
  let reads = 0;
  let seen = 0;
  await pollShard(
    {
      async read() {
        const start = perRead * reads++;
        return {
          records: all.slice(start, start + perRead),
          isBehindLatest: start + perRead < all.length,
          ended: false,
        };
      },
      async invoke({ Records }) {
        await handle(Records);
        seen += Records.length;
        if (seen === all.length) stopping.abort();
        return { payload: null };
      },
      async discard() {},
    },
    new LiveSettings(settings(changes)),
    stopping.signal,
  );
}

describe("pollShard", () => {
  afterEach(() => jest.useRealTimers());

  it("delivers all records once, in order, in batches within the batch size", async () => {
    const all = Array.from({ length: 23 }, (_, n) => record(n));
    const batches: number[][] = [];
    await poll(all, (batch) => void batches.push(numbers(batch)), { batchSize: 4 });
    expect(batches.flat()).toEqual(numbers(all));
    expect(Math.max(...batches.map((batch) => batch.length))).toBeLessThanOrEqual(4);
  });

  it("waits for the window to gather a batch", async () => {
    const all = Array.from({ length: 12 }, (_, n) => record(n));
    const batches: number[][] = [];
    await poll(all, (batch) => void batches.push(numbers(batch)), {
      batchSize: 100,
      maximumBatchingWindowSeconds: 0.2,
    });
    expect(batches).toEqual([numbers(all)]);
  });

  it("processes as many batches concurrently as the parallelization factor, in order for each partition key", async () => {
    const all = Array.from({ length: 60 }, (_, n) => record(n, { key: `key-${n % 9}` }));
    const byKey = new Map<string, number[]>();
    let running = 0;
    let most = 0;
    await poll(
      all,
      async (batch) => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setImmediate(resolve));
        for (const { kinesis } of batch) {
          byKey.set(kinesis.partitionKey, [...(byKey.get(kinesis.partitionKey) ?? []), Number(kinesis.sequenceNumber)]);
        }
        running--;
      },
      { batchSize: 2, parallelizationFactor: 3 },
      60,
    );
    expect(most).toBe(3);
    expect([...byKey.values()].flat().toSorted((a, b) => a - b)).toEqual(numbers(all));
    for (const inOrder of byKey.values()) expect(inOrder.toSorted((a, b) => a - b)).toEqual(inOrder);
  });

  it("does not continue after a failed batch, except with records of other partitions", async () => {
    jest.useFakeTimers();
    const stopping = new AbortController();
    const keys = ["key-0", "key-1"];
    expect(new Set(keys.map((key) => partitionOf(key, 2))).size).toBe(2);
    const all = Array.from({ length: 12 }, (_, n) => record(n, { key: keys[n % 2]! }));
    const seen: number[][] = [];
    const polling = pollShard(
      {
        read: async () => ({ records: all.splice(0), isBehindLatest: false, ended: false }),
        async invoke({ Records }) {
          seen.push(numbers(Records));
          const blocked = numbers(Records).includes(2) && seen.length < 10;
          return { payload: blocked ? { batchItemFailures: [{ itemIdentifier: "2" }] } : null };
        },
        async discard() {},
      },
      new LiveSettings(settings({ batchSize: 2, parallelizationFactor: 2 })),
      stopping.signal,
    );
    await jest.advanceTimersByTimeAsync(60_000);
    stopping.abort();
    await polling;
    expect(seen.filter(([n]) => n! % 2 === 0)).toEqual([[0, 2], ...Array(6).fill([2]), [4, 6], [8, 10]]);
    expect(seen.slice(0, 9)).toEqual(
      expect.arrayContaining([
        [1, 3],
        [5, 7],
        [9, 11],
      ]),
    );
  });

  it("polls once a second, however long a poll takes, and at once while it is behind latest", async () => {
    jest.useFakeTimers();
    const stopping = new AbortController();
    const start = performance.now();
    const reads: number[] = [];
    const io = {
      async read() {
        reads.push(performance.now() - start);
        const isBehindLatest = reads.length <= 3;
        if (!isBehindLatest) await new Promise((resolve) => setTimeout(resolve, 300));
        return { records: [], isBehindLatest, ended: false };
      },
      invoke: async () => ({ payload: null }),
      async discard() {},
    };
    const polling = pollShard(io, new LiveSettings(settings()), stopping.signal);
    await jest.advanceTimersByTimeAsync(2_500);
    stopping.abort();
    await polling;
    expect(reads).toEqual([0, 0, 0, 0, 1000, 2000]);
  });

  it("does not read further while a full batch waits", async () => {
    const stopping = new AbortController();
    let reads = 0;
    await pollShard(
      {
        async read() {
          reads++;
          return { records: [record(reads), record(reads)], isBehindLatest: true, ended: false };
        },
        async invoke() {
          // Time for reads that must not come.
          for (let i = 0; i < 50; i++) await new Promise((resolve) => setImmediate(resolve));
          stopping.abort();
          return { payload: null };
        },
        async discard() {},
      },
      new LiveSettings(settings({ batchSize: 2 })),
      stopping.signal,
    );
    expect(reads).toBe(2);
  });
});
