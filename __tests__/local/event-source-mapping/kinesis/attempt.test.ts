import {
  type Attempt,
  afterInvocation,
  type NextAttempts,
  withoutExpired,
} from "../../../../local/event-source-mapping/kinesis/attempt";
import { NOW, numbers, record, records, settings } from "./factories";

const error = { payload: {}, functionError: "Unhandled" as const };
const failedFrom = (n: number) => ({ payload: { batchItemFailures: [{ itemIdentifier: String(n) }] } });
const attempt = (count: number, changes: Partial<Attempt> = {}): Attempt => ({
  records: records(count),
  retryAttempts: 0,
  invocations: 0,
  ...changes,
});

/** What is open, as [sequence numbers, retries used up], and what is given up. */
const shape = ({ pending: open, discarded }: NextAttempts) => ({
  open: open.map((one) => [numbers(one.records), one.retryAttempts]),
  ...(discarded && { discarded: [numbers(discarded.attempt.records), discarded.condition] }),
});

describe("afterInvocation", () => {
  it("retries nothing after a success", () => {
    expect(shape(afterInvocation(attempt(3), { payload: null }, settings()))).toEqual({ open: [] });
  });

  it("retries the same records after an error", () => {
    expect(shape(afterInvocation(attempt(3, { retryAttempts: 4 }), error, settings()))).toEqual({
      open: [[[7, 8, 9], 5]],
    });
  });

  it("retries from the sequence number that the function returned, inclusive", () => {
    expect(shape(afterInvocation(attempt(4), failedFrom(9), settings()))).toEqual({ open: [[[9, 10], 1]] });
  });

  it("discards records without retry attempts left, and only unprocessed ones", () => {
    const limited = settings({ maximumRetryAttempts: 2 });
    const used = attempt(3, { retryAttempts: 2 });
    const condition = "RetryAttemptsExhausted";
    expect(shape(afterInvocation(used, error, limited))).toEqual({ open: [], discarded: [[7, 8, 9], condition] });
    expect(shape(afterInvocation(used, failedFrom(9), limited))).toEqual({ open: [], discarded: [[9], condition] });
    expect(shape(afterInvocation(attempt(3, { retryAttempts: 1 }), error, limited))).toEqual({
      open: [[[7, 8, 9], 2]],
    });
  });

  it("discards records after the first invocation when no retry attempts are allowed", () => {
    const next = afterInvocation(attempt(1), error, settings({ maximumRetryAttempts: 0 }));
    expect(shape(next)).toEqual({ open: [], discarded: [[7], "RetryAttemptsExhausted"] });
  });

  describe("with BisectBatchOnFunctionError", () => {
    const bisecting = settings({ bisectBatchOnFunctionError: true, maximumRetryAttempts: 1 });

    it("splits a failed batch in two, which does not use up a retry attempt", () => {
      const halves = {
        open: [
          [[7, 8, 9], 1],
          [[10, 11], 1],
        ],
      };
      expect(shape(afterInvocation(attempt(5, { retryAttempts: 1 }), error, bisecting))).toEqual(halves);
    });

    it("splits after a malformed response, too", () => {
      const malformed = { payload: { batchItemFailures: [{ itemIdentifier: "" }] } };
      expect(shape(afterInvocation(attempt(2), malformed, bisecting))).toEqual({
        open: [
          [[7], 0],
          [[8], 0],
        ],
      });
    });

    it("uses up retry attempts for a single record", () => {
      expect(shape(afterInvocation(attempt(1), error, bisecting))).toEqual({ open: [[[7], 1]] });
      const exhausted = afterInvocation(attempt(1, { retryAttempts: 1 }), error, bisecting);
      expect(shape(exhausted)).toEqual({ open: [], discarded: [[7], "RetryAttemptsExhausted"] });
    });

    it("splits at the sequence number that the function returned, which does not use up a retry attempt", () => {
      const next = afterInvocation(attempt(4, { retryAttempts: 1 }), failedFrom(10), bisecting);
      expect(shape(next)).toEqual({ open: [[[10], 1]] });
    });

    it("uses up a retry attempt when the split would leave the batch unchanged", () => {
      expect(shape(afterInvocation(attempt(3), failedFrom(7), bisecting))).toEqual({ open: [[[7, 8, 9], 1]] });
    });
  });

  it("counts invocations and keeps the last one's error", () => {
    const failed = afterInvocation(attempt(2, { invocations: 3 }), error, settings()).pending[0]!;
    expect(failed).toMatchObject({ invocations: 4, functionError: "Unhandled" });
    const partial = afterInvocation(failed, failedFrom(8), settings()).pending[0]!;
    expect(partial.invocations).toBe(5);
    expect(partial).not.toHaveProperty("functionError");
  });
});

describe("withoutExpired", () => {
  const limited = settings({ maximumRecordAgeSeconds: 60 });
  const aged = (...seconds: number[]) =>
    attempt(0, { records: seconds.map((age, i) => record(7 + i, { arrival: NOW - age * 1000 })) });

  it("keeps records up to the maximum age", () => {
    expect(shape(withoutExpired(aged(60, 0), limited, NOW))).toEqual({ open: [[[7, 8], 0]] });
  });

  it("discards records that are too old, and continues with the others", () => {
    const next = withoutExpired(aged(62, 61, 60, 1), limited, NOW);
    expect(shape(next)).toEqual({ open: [[[9, 10], 0]], discarded: [[7, 8], "RecordAgeExceeded"] });
  });

  it("discards a batch of which all records are too old", () => {
    const next = withoutExpired(aged(62, 61), limited, NOW);
    expect(shape(next)).toEqual({ open: [], discarded: [[7, 8], "RecordAgeExceeded"] });
  });

  it("keeps all without a limit", () => {
    expect(shape(withoutExpired(aged(10 ** 8), settings(), NOW))).toEqual({ open: [[[7], 0]] });
  });
});
