import type { KinesisStreamEvent } from "aws-lambda";
import fc from "fast-check";
import type { Discarded } from "../../../../local/event-source-mapping/kinesis/attempt";
import { type BatchIo, processBatch } from "../../../../local/event-source-mapping/kinesis/process-batch";
import type { InvocationResult } from "../../../../local/lambda/instance";
import { NOW, numbers, records, settings } from "./factories";

const failure = (n: number) => ({ batchItemFailures: [{ itemIdentifier: String(n) }] });
const error = { payload: {}, functionError: "Unhandled" as const };

/** Runs a batch of `count` records (7, 8, …); the function sees the numbers. */
async function process(
  count: number,
  invoke: (seen: number[]) => InvocationResult | Promise<InvocationResult>,
  changes: Parameters<typeof settings>[0] = {},
  signal = new AbortController().signal,
) {
  const seen: number[][] = [];
  const discarded: Discarded[] = [];
  const delays: number[] = [];
  const io: BatchIo = {
    async invoke({ Records }: KinesisStreamEvent) {
      seen.push(numbers(Records));
      return invoke(numbers(Records));
    },
    discard: async (one) => void discarded.push(one),
    sleep: async (ms) => void delays.push(ms),
  };
  await processBatch(records(count), () => settings(changes), io, signal);
  return { seen, delays, discarded: discarded.map(({ attempt, condition }) => [numbers(attempt.records), condition]) };
}

describe("processBatch", () => {
  afterEach(() => jest.restoreAllMocks());

  it("isolates a poison record by bisecting, and processes all others", async () => {
    const { seen, discarded } = await process(4, (batch) => (batch.includes(9) ? error : { payload: null }), {
      bisectBatchOnFunctionError: true,
      maximumRetryAttempts: 1,
    });
    expect(seen).toEqual([[7, 8, 9, 10], [7, 8], [9, 10], [9], [9], [10]]);
    expect(discarded).toEqual([[[9], "RetryAttemptsExhausted"]]);
  });

  it("retries the whole batch after a failure of the first record, and discards it when no retry attempt is left", async () => {
    const failedAtFirst = ([first]: number[]) => ({ payload: failure(first!) });
    const { seen, discarded } = await process(3, failedAtFirst, { maximumRetryAttempts: 2 });
    expect(seen).toEqual(Array(3).fill([7, 8, 9]));
    expect(discarded).toEqual([[[7, 8, 9], "RetryAttemptsExhausted"]]);
  });

  it("retries only the last record after a failure of the last", async () => {
    const { seen, discarded } = await process(3, ({ length }) => ({ payload: length > 1 ? failure(9) : null }));
    expect(seen).toEqual([[7, 8, 9], [9]]);
    expect(discarded).toEqual([]);
  });

  it("uses up no retry attempt of a record by bisecting its batch", async () => {
    const { seen } = await process(8, () => error, { bisectBatchOnFunctionError: true, maximumRetryAttempts: 2 });
    const alone = seen.filter(({ length }) => length === 1).map(([n]) => n);
    expect(alone).toEqual([7, 8, 9, 10, 11, 12, 13, 14].flatMap((n) => [n, n, n]));
    expect(seen.filter(({ length }) => length > 1)).toHaveLength(7);
  });

  it("discards a record that becomes too old while the function fails or cannot be invoked", async () => {
    let now = NOW;
    jest.spyOn(Date, "now").mockImplementation(() => now);
    const throttle = (): never => {
      throw new Error("TooManyRequestsException");
    };
    for (const fail of [() => error, throttle]) {
      now = NOW;
      const stopping = new AbortController();
      const invoke = () => {
        now += 25_000;
        if (now > NOW + 100_000) stopping.abort();
        return fail();
      };
      const limit = { maximumRecordAgeSeconds: 60 };
      const { seen, discarded } = await process(2, invoke, limit, stopping.signal);
      expect(seen).toEqual(Array(3).fill([7, 8]));
      expect(discarded).toEqual([[[7, 8], "RecordAgeExceeded"]]);
    }
  });

  it("does not count it as an attempt when the function could not be invoked", async () => {
    let throttled = 5;
    const invoke = async () => {
      if (throttled-- > 0) throw new Error("TooManyRequestsException");
      return { payload: null };
    };
    const { seen, discarded } = await process(1, invoke, { maximumRetryAttempts: 0 });
    expect(seen).toHaveLength(6);
    expect(discarded).toEqual([]);
  });

  it("waits longer with each failure, and not between the halves of a batch", async () => {
    const failing = await process(1, () => error, { maximumRetryAttempts: 9 });
    expect(failing.delays).toEqual([100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000]);
    const bisecting = await process(4, (batch) => (batch.length > 1 ? error : { payload: null }), {
      bisectBatchOnFunctionError: true,
    });
    expect(bisecting.delays).toEqual([]);
  });

  it("does nothing after it is stopped", async () => {
    const stopping = new AbortController();
    const invoke = () => {
      stopping.abort();
      return error;
    };
    const { seen, discarded } = await process(2, invoke, { maximumRetryAttempts: 0 }, stopping.signal);
    expect([seen, discarded]).toEqual([[[7, 8]], []]);
  });

  it("processes or discards each record, in order, whatever the function returns", async () => {
    const response = fc.oneof(
      fc.constant("success"),
      fc.constant("error"),
      fc.constant("malformed"),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    );
    const cases = fc.record({
      count: fc.integer({ min: 1, max: 20 }),
      responses: fc.array(response, { maxLength: 60 }),
      bisectBatchOnFunctionError: fc.boolean(),
      maximumRetryAttempts: fc.integer({ min: 0, max: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ count, responses, ...changes }) => {
        const settled: number[] = [];
        const script = responses.values();
        const invoke = (batch: number[]): InvocationResult => {
          const step = script.next().value ?? "success";
          if (step === "error") return error;
          if (step === "malformed") return { payload: { batchItemFailures: [{ itemIdentifier: "" }] } };
          const finished = step === "success" ? batch.length : Math.floor((step as number) * batch.length);
          settled.push(...batch.slice(0, finished));
          const identifiers = batch.slice(finished, finished + 1).map(String);
          return { payload: { batchItemFailures: identifiers.map((itemIdentifier) => ({ itemIdentifier })) } };
        };
        const all = numbers(records(count));
        const { seen, discarded } = await process(count, invoke, changes);
        const givenUp = discarded.flatMap(([batch]) => batch as number[]);
        expect([...settled, ...givenUp].toSorted((a, b) => a - b)).toEqual(all);
        expect(settled.toSorted((a, b) => a - b)).toEqual(settled);
        // Lambda never goes back before a record that is finished.
        for (let i = 1; i < seen.length; i++) expect(seen[i]![0]).toBeGreaterThanOrEqual(seen[i - 1]![0]!);
      }),
    );
  });
});
