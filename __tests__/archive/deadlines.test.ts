import { RETRY_MS, RetryDeadline, RunDeadline } from "../../archive/deadlines";
import { UnfinishedError } from "../../archive/outcome-errors";
import { FakeRunDeadline } from "../support/run-deadline";

describe("RetryDeadline", () => {
  it("lasts for five minutes from the last success on", async () => {
    const deadline = new FakeRunDeadline();
    const retryDeadline = new RetryDeadline(deadline);
    await deadline.sleep(RETRY_MS - 1);
    expect(retryDeadline.remainingMs()).toBe(1);
    retryDeadline.succeeded();
    expect(retryDeadline.remainingMs()).toBe(5 * 60 * 1000);
  });

  it("lasts for ten seconds after an interruption, whatever succeeds", async () => {
    const deadline = new FakeRunDeadline();
    const retryDeadline = new RetryDeadline(deadline);
    deadline.interrupt();
    await deadline.sleep(4_000);
    retryDeadline.succeeded();
    expect(retryDeadline.remainingMs()).toBe(6_000);
    expect(new RetryDeadline(deadline).remainingMs()).toBe(6_000);
  });

  it("is cut short by an interruption, but not by one after which it passes anyway", async () => {
    const deadline = new FakeRunDeadline();
    const early = new RetryDeadline(deadline);
    await deadline.sleep(RETRY_MS - 5_000);
    const late = new RetryDeadline(deadline);
    expect(late.isCutShort).toBe(false);
    deadline.interrupt();
    expect([early.isCutShort, late.isCutShort]).toEqual([false, true]);
  });

  it("counts in whole milliseconds, as timers require", () => {
    expect(Number.isInteger(new RetryDeadline(new RunDeadline()).remainingMs())).toBe(true);
  });
});

describe("RunDeadline", () => {
  it("ends a wait between attempts when the run is interrupted", async () => {
    const deadline = new RunDeadline();
    const slept = deadline.sleep(60_000);
    expect(deadline.isInterrupted).toBe(false);
    deadline.interrupt();
    await slept;
    expect(deadline.isInterrupted).toBe(true);
  });

  it("passes at once by a second signal", async () => {
    const deadline = new FakeRunDeadline();
    deadline.interrupt();
    await deadline.sleep(1_000);
    const waiting = deadline.beforeDeadline(new Promise(() => {}));
    deadline.endNow();
    await expect(waiting).rejects.toThrow(UnfinishedError);
    await expect(deadline.beforeDeadline(new Promise(() => {}))).rejects.toThrow(UnfinishedError);
    expect([deadline.signal.aborted, deadline.atMs]).toEqual([true, 1_000]);
  });

  it("passes on the outcome of a promise that settles before it", async () => {
    const deadline = new FakeRunDeadline();
    await expect(deadline.beforeDeadline(Promise.resolve("an answer"))).resolves.toBe("an answer");
    await expect(deadline.beforeDeadline(Promise.reject(new Error("reset")))).rejects.toThrow("reset");
  });
});
