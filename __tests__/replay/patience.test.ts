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
});
