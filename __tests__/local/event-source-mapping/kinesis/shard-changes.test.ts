import type { KinesisStreamRecord } from "aws-lambda";
import fc from "fast-check";
import type { StreamMappingSettings } from "../../../../local/event-source-mapping/kinesis/settings";
import { pollShard } from "../../../../local/event-source-mapping/kinesis/shard";
import { LiveSettings } from "../../../../local/event-source-mapping/live-settings";
import type { InvocationResult } from "../../../../local/lambda/instance";
import { numbers, record, settings } from "./factories";

const failedFrom = (n: number) => ({ payload: { batchItemFailures: [{ itemIdentifier: String(n) }] } });

/** Polls a closed shard that holds `all`, with a clock that the test moves. */
function poll(
  all: KinesisStreamRecord[],
  live: LiveSettings<StreamMappingSettings>,
  invoke: (batch: number[]) => InvocationResult | Promise<InvocationResult>,
) {
  const stopping = new AbortController();
  const seen: number[][] = [];
  const discarded: number[] = [];
  let over = false;
  const polled = pollShard(
    {
      read: async () => ({ records: all.splice(0, 5), isBehindLatest: all.length > 0, ended: all.length === 0 }),
      async invoke({ Records }) {
        seen.push(numbers(Records));
        return invoke(numbers(Records));
      },
      discard: async ({ attempt }) => void discarded.push(...numbers(attempt.records)),
    },
    live,
    stopping.signal,
  ).then(() => {
    over = true;
  });
  return { seen, discarded, polled, isOver: () => over, stop: () => stopping.abort() };
}

describe("pollShard, when its settings change", () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const keyed = (count: number) => Array.from({ length: count }, (_, n) => record(n, { key: `key-${n % 7}` }));

  it("ends when the shard is closed and all its records are processed", async () => {
    const { polled, seen } = poll(keyed(12), new LiveSettings(settings()), () => ({ payload: null }));
    await jest.advanceTimersByTimeAsync(5_000);
    await polled;
    expect(seen.flat()).toEqual(Array.from({ length: 12 }, (_, n) => n));
  });

  it("batches buffered records by the new batch size and window", async () => {
    const live = new LiveSettings(settings({ maximumBatchingWindowSeconds: 300 }));
    const { seen, polled } = poll(keyed(5), live, () => ({ payload: null }));
    await jest.advanceTimersByTimeAsync(10_000);
    expect(seen).toEqual([]);
    live.set(settings({ batchSize: 3, maximumBatchingWindowSeconds: 5 }));
    await jest.advanceTimersByTimeAsync(1);
    await polled;
    expect(seen).toEqual([
      [0, 1, 2],
      [3, 4],
    ]);
  });

  it("retries a failed batch at once by the new settings, with the same first record", async () => {
    const live = new LiveSettings(settings());
    const { seen, discarded, polled } = poll(keyed(4), live, ([first]) => failedFrom(first!));
    await jest.advanceTimersByTimeAsync(8_000);
    const before = seen.length;
    expect(before).toBeLessThan(9);
    live.set(settings({ maximumRetryAttempts: 0, batchSize: 2, parallelizationFactor: 5 }));
    await jest.advanceTimersByTimeAsync(1);
    await polled;
    expect(seen.slice(before)).toEqual([[0, 1, 2, 3]]);
    expect(discarded).toEqual([0, 1, 2, 3]);
  });

  it("waits for an invocation in flight, and applies its result", async () => {
    const live = new LiveSettings(settings({ batchSize: 4 }));
    let answer: (result: InvocationResult) => void = () => {};
    const answers = [new Promise<InvocationResult>((resolve) => (answer = resolve))];
    const { seen, polled } = poll(keyed(4), live, () => answers.shift() ?? { payload: null });
    await jest.advanceTimersByTimeAsync(1_000);
    live.set(settings({ batchSize: 1 }));
    await jest.advanceTimersByTimeAsync(5_000);
    expect(seen).toEqual([[0, 1, 2, 3]]);
    answer(failedFrom(2));
    await jest.advanceTimersByTimeAsync(1_000);
    await polled;
    expect(seen).toEqual([
      [0, 1, 2, 3],
      [2, 3],
    ]);
  });

  it("neither polls nor invokes while it is disabled, and then continues at its position", async () => {
    const live = new LiveSettings(settings({ batchSize: 2 }));
    const all = keyed(20);
    const { seen, polled } = poll(all, live, () => {
      if (seen.length !== 3) return { payload: null };
      live.set(settings({ batchSize: 2, enabled: false }));
      return failedFrom(4);
    });
    await jest.advanceTimersByTimeAsync(60_000);
    const left = all.length;
    expect(seen.at(-1)).toEqual([4, 5]);
    await jest.advanceTimersByTimeAsync(60_000);
    expect([seen.length, all.length]).toEqual([3, left]);
    live.set(settings({ batchSize: 2 }));
    await jest.advanceTimersByTimeAsync(60_000);
    await polled;
    expect(seen.flat()).toEqual([0, 1, 2, 3, 4, 5, ...Array.from({ length: 16 }, (_, n) => n + 4)]);
  });

  it("delivers each record, in order for each key and duplicated only by a retry, whatever changes when", async () => {
    const change = fc.record({
      batchSize: fc.integer({ min: 1, max: 9 }),
      parallelizationFactor: fc.integer({ min: 1, max: 10 }),
      maximumBatchingWindowSeconds: fc.integer({ min: 0, max: 3 }),
      bisectBatchOnFunctionError: fc.boolean(),
      enabled: fc.boolean(),
    });
    const outcome = fc.oneof(
      { weight: 3, arbitrary: fc.constant("success" as const) },
      { weight: 1, arbitrary: fc.constant("error" as const) },
      { weight: 1, arbitrary: fc.constant("throttled" as const) },
      { weight: 2, arbitrary: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }) },
    );
    const cases = fc.record({
      count: fc.integer({ min: 1, max: 40 }),
      outcomes: fc.array(outcome, { maxLength: 40 }),
      tookMs: fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 10 }),
      changes: fc.array(fc.tuple(fc.integer({ min: 0, max: 2_000 }), change), { maxLength: 12 }),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ count, outcomes, tookMs, changes }) => {
        const live = new LiveSettings(settings());
        const finished: number[] = [];
        const inFlight = new Set<number>();
        let invocations = 0;
        const { polled, isOver, discarded } = poll(keyed(count), live, async (batch) => {
          for (const n of batch) expect(inFlight.has(n % 7)).toBe(false);
          for (const n of batch) inFlight.add(n % 7);
          const next = outcomes[invocations] ?? "success";
          await new Promise((resolve) => setTimeout(resolve, tookMs[invocations++ % tookMs.length]));
          for (const n of batch) inFlight.delete(n % 7);
          if (next === "throttled") throw new Error("TooManyRequestsException");
          if (next === "error") return { payload: {}, functionError: "Unhandled" };
          const done = next === "success" ? batch.length : Math.floor(next * batch.length);
          finished.push(...batch.slice(0, done));
          return done === batch.length ? { payload: null } : failedFrom(batch[done]!);
        });
        for (const [afterMs, changed] of changes) {
          await jest.advanceTimersByTimeAsync(afterMs);
          live.set(settings(changed));
        }
        live.set(settings());
        for (let i = 0; i < 200 && !isOver(); i++) await jest.advanceTimersByTimeAsync(5_000);
        await polled;

        expect(discarded).toEqual([]);
        expect(finished.toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, n) => n));
        for (let key = 0; key < 7; key++) {
          const ofKey = finished.filter((n) => n % 7 === key);
          expect(ofKey.toSorted((a, b) => a - b)).toEqual(ofKey);
        }
      }),
      { numRuns: 60 },
    );
  });
});
