import { UnfinishedError } from "../../replay/outcome-errors";
import { Interruption, Patience, RETRY_MS } from "../../replay/patience";
import { FakeInterruption } from "../support/interruption";

describe("Patience", () => {
  it("lasts for five minutes from the last success on", async () => {
    const interruption = new FakeInterruption();
    const patience = new Patience(interruption);
    await interruption.sleep(RETRY_MS - 1);
    expect(patience.remainingMs()).toBe(1);
    patience.succeeded();
    expect(patience.remainingMs()).toBe(5 * 60 * 1000);
  });

  it("lasts for ten seconds after an interruption, whatever succeeds", async () => {
    const interruption = new FakeInterruption();
    const patience = new Patience(interruption);
    interruption.interrupt();
    await interruption.sleep(4_000);
    patience.succeeded();
    expect(patience.remainingMs()).toBe(6_000);
    expect(new Patience(interruption).remainingMs()).toBe(6_000);
  });

  it("is cut short by an interruption, but not by one that comes when it is over anyway", async () => {
    const interruption = new FakeInterruption();
    const early = new Patience(interruption);
    await interruption.sleep(RETRY_MS - 5_000);
    const late = new Patience(interruption);
    expect(late.isCutShort).toBe(false);
    interruption.interrupt();
    expect([early.isCutShort, late.isCutShort]).toEqual([false, true]);
  });

  it("counts in whole milliseconds, as timers want them", () => {
    expect(Number.isInteger(new Patience(new Interruption()).remainingMs())).toBe(true);
  });
});

describe("Interruption", () => {
  it("wakes what sleeps", async () => {
    const interruption = new Interruption();
    const slept = interruption.sleep(60_000);
    expect(interruption.isInterrupted).toBe(false);
    interruption.interrupt();
    await slept;
    expect(interruption.isInterrupted).toBe(true);
  });

  it("is over at once when it is said again", async () => {
    const interruption = new FakeInterruption();
    interruption.interrupt();
    await interruption.sleep(1_000);
    const waiting = interruption.beforeDeadline(new Promise(() => {}));
    interruption.endNow();
    await expect(waiting).rejects.toThrow(UnfinishedError);
    await expect(interruption.beforeDeadline(new Promise(() => {}))).rejects.toThrow(UnfinishedError);
    expect([interruption.over.aborted, interruption.deadline]).toEqual([true, 1_000]);
  });

  it("leaves what settles before the deadline as it is", async () => {
    const interruption = new FakeInterruption();
    await expect(interruption.beforeDeadline(Promise.resolve("an answer"))).resolves.toBe("an answer");
    await expect(interruption.beforeDeadline(Promise.reject(new Error("reset")))).rejects.toThrow("reset");
  });
});
