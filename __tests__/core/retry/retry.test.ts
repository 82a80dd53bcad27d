import { type Failure, type RetryIo, retry, retryUntil } from "../../../core/retry/retry";
import { FakeClock } from "../../support/clock";

const BUSY: Failure = { reason: "503", outcome: "retried" };
const UNREACHABLE: Failure = {
  reason: "connection refused",
  outcome: "retried briefly",
  code: "UNREACHABLE",
  advice: "Look.",
};

function prepare(failures: Failure[], deadlineMs = 60_000) {
  const clock = new FakeClock(deadlineMs);
  const io: RetryIo = { ...clock, random: () => 0.5, unreachableTries: 3 };
  let tries = 0;
  return { clock, io, attempt: async () => failures[tries++], tries: () => tries };
}

describe("retry", () => {
  it("retries until nothing fails, and waits longer each time", async () => {
    const { io, attempt, clock } = prepare([BUSY, BUSY, BUSY]);
    expect(await retry(attempt, io)).toBeUndefined();
    expect(clock.waits).toEqual([100, 200, 400]);
  });

  it("waits at least as long as the server asks", async () => {
    const { io, attempt, clock } = prepare([
      { ...BUSY, retryAfterMs: 5000 },
      { ...BUSY, retryAfterMs: 50 },
    ]);
    await retry(attempt, io);
    expect(clock.waits).toEqual([5000, 200]);
  });

  it("begins no wait that outlasts the deadline, even if the server asks for it", async () => {
    const { io, attempt, clock, tries } = prepare([{ ...BUSY, retryAfterMs: 3600_000 }]);
    expect(await retry(attempt, io)).toEqual({
      by: "deadline",
      failure: { ...BUSY, retryAfterMs: 3600_000 },
    });
    expect([tries(), clock.waits]).toEqual([1, []]);
  });

  it("begins no wait that ends at the deadline", async () => {
    const { io, attempt, tries } = prepare([{ ...BUSY, retryAfterMs: 5000 }], 5000);
    expect(await retry(attempt, io)).toMatchObject({ by: "deadline" });
    expect(tries()).toBe(1);
  });

  it("gives up when the server is unreachable three times in a row", async () => {
    const { io, attempt, tries } = prepare(Array(9).fill(UNREACHABLE));
    expect(await retry(attempt, io)).toEqual({ by: "unreachable", failure: UNREACHABLE });
    expect(tries()).toBe(3);
  });

  it("counts from 0 again after any other failure", async () => {
    const { io, attempt, tries } = prepare([UNREACHABLE, UNREACHABLE, BUSY, UNREACHABLE, UNREACHABLE]);
    expect(await retry(attempt, io)).toBeUndefined();
    expect(tries()).toBe(6);
  });
});

describe("retryUntil", () => {
  it("ends before the reserve of the invocation's time, and sends thrice to what is unreachable", async () => {
    const { io, attempt, clock, tries } = prepare([BUSY, BUSY, BUSY, BUSY], 1000);
    const inInvocation = retryUntil(600, io);
    expect(await retry(attempt, inInvocation)).toEqual({ by: "deadline", failure: BUSY });
    expect([tries(), clock.waits]).toEqual([3, [100, 200]]);
    expect(await retry(async () => UNREACHABLE, retryUntil(0, { ...io, remainingMs: () => 60_000 }))).toEqual({
      by: "unreachable",
      failure: UNREACHABLE,
    });
  });
});
