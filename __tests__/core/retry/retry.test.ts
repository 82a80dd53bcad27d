import { type Failure, type RetryIo, retried } from "../../../core/retry/retry";
import { FakeClock } from "../../support/clock";

const BUSY: Failure = { reason: "503", outcome: "retried" };
const REFUSED: Failure = { reason: "refused", outcome: "retried briefly", advice: "Look." };

function prepare(failures: Failure[], deadlineMs = 60_000) {
  const clock = new FakeClock(deadlineMs);
  const io: RetryIo = { ...clock, random: () => 0.5, unreachableTries: 3 };
  let tries = 0;
  return { clock, io, attempt: async () => failures[tries++], tries: () => tries };
}

describe("retried", () => {
  it("tries until nothing fails, and waits longer each time", async () => {
    const { io, attempt, clock } = prepare([BUSY, BUSY, BUSY]);
    expect(await retried(attempt, io)).toBeUndefined();
    expect(clock.waits).toEqual([100, 200, 400]);
  });

  it("waits at least as long as the other side asks", async () => {
    const { io, attempt, clock } = prepare([
      { ...BUSY, retryAfterMs: 5000 },
      { ...BUSY, retryAfterMs: 50 },
    ]);
    await retried(attempt, io);
    expect(clock.waits).toEqual([5000, 200]);
  });

  it("does not begin a wait that outlasts the time, whoever asked for it", async () => {
    const { io, attempt, clock, tries } = prepare([{ ...BUSY, retryAfterMs: 3600_000 }]);
    expect(await retried(attempt, io)).toEqual({ ...BUSY, retryAfterMs: 3600_000, isTimeOver: true });
    expect([tries(), clock.waits]).toEqual([1, []]);
  });

  it("does not begin a wait that ends with the time", async () => {
    const { io, attempt, tries } = prepare([{ ...BUSY, retryAfterMs: 5000 }], 5000);
    expect(await retried(attempt, io)).toMatchObject({ isTimeOver: true });
    expect(tries()).toBe(1);
  });

  it("gives up on what is unreachable three times in a row", async () => {
    const { io, attempt, tries } = prepare(Array(9).fill(REFUSED));
    expect(await retried(attempt, io)).toEqual({ ...REFUSED, isTimeOver: false });
    expect(tries()).toBe(3);
  });

  it("counts anew when something else failed between", async () => {
    const { io, attempt, tries } = prepare([REFUSED, REFUSED, BUSY, REFUSED, REFUSED]);
    expect(await retried(attempt, io)).toBeUndefined();
    expect(tries()).toBe(6);
  });
});
