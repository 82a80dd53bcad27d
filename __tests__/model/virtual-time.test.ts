import { VirtualTime } from "./virtual-time";

describe("VirtualTime", () => {
  it("wakes timers in the order in which they are due, and stops when the work is done", async () => {
    const time = new VirtualTime();
    const woken: number[] = [];
    const wait = async (ms: number) => {
      await time.sleep(ms);
      woken.push(time.nowMs);
    };
    const later = wait(86_400_000);
    await time.passUntil(Promise.all([wait(300), wait(0), wait(20).then(() => wait(30))]));
    expect(woken).toEqual([0, 20, 50, 300]);
    await time.passUntil(later);
    expect(time.nowMs).toBe(86_400_000);
  });

  it("fails for work that waits for ever", async () => {
    await expect(new VirtualTime().passUntil(new Promise(() => {}))).rejects.toThrow("waits for ever");
  });
});
