import { getEventListeners } from "node:events";
import { withinTime } from "../../../../packages/node-logger/src/sender/within-time";

describe("withinTime", () => {
  it("leaves nothing behind at the signal, however many calls there were", async () => {
    const { signal } = new AbortController();
    for (let n = 0; n < 20; n++) await withinTime(10_000, signal, async () => n);
    await withinTime(10_000, signal, () => Promise.reject(new Error("no"))).catch(() => {});
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("ends a call that does not obey its signal, after its time and when the logger is closed", async () => {
    const signals: AbortSignal[] = [];
    const never = (signal: AbortSignal) => {
      signals.push(signal);
      return new Promise<never>(() => {});
    };
    await expect(withinTime(1, new AbortController().signal, never)).rejects.toThrow("no answer within 0.001 s");
    const closing = new AbortController();
    const call = withinTime(10_000, closing.signal, never);
    closing.abort();
    await expect(call).rejects.toThrow("the logger was closed");
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
  });
});
