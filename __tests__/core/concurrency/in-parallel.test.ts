import { setImmediate as turn } from "node:timers/promises";
import fc from "fast-check";
import { inParallel } from "../../../core/concurrency/in-parallel";

describe("inParallel", () => {
  it("works on each item once, never on more than the limit, for any durations", () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 4 })),
        fc.integer({ min: 1, max: 5 }),
        async (turns, limit) => {
          const done: number[] = [];
          let underWay = 0;
          let most = 0;
          await inParallel(limit, turns.keys(), async (item) => {
            most = Math.max(most, ++underWay);
            for (let i = 0; i < turns[item]!; i++) await turn();
            underWay--;
            done.push(item);
          });
          expect(done.sort((a, b) => a - b)).toEqual([...turns.keys()]);
          expect(most).toBe(Math.min(limit, turns.length));
        },
      ),
    ));

  it("takes items that come one after the other", async () => {
    async function* items() {
      for (const n of [1, 2, 3]) {
        await turn();
        yield n;
      }
    }
    const done: number[] = [];
    await inParallel(2, items(), async (item) => {
      done.push(item);
    });
    expect(done).toEqual([1, 2, 3]);
  });

  it("takes the next item only when there is a place for it", async () => {
    const taken: number[] = [];
    const releases: (() => void)[] = [];
    function* items() {
      for (const item of [0, 1, 2]) {
        taken.push(item);
        yield item;
      }
    }
    const all = inParallel(2, items(), () => new Promise((resolve) => releases.push(resolve)));
    await turn();
    expect(taken).toEqual([0, 1]);
    releases[0]!();
    await turn();
    expect(taken).toEqual([0, 1, 2]);
    for (const release of releases) release();
    await all;
  });

  it("throws the first failure after what is under way has ended, and takes no further item", async () => {
    const events: string[] = [];
    const all = inParallel(2, ["fails", "slow", "never"], async (item) => {
      events.push(`begin ${item}`);
      if (item === "fails") throw new Error("first");
      await turn();
      events.push(`end ${item}`);
      throw new Error("second");
    });
    await expect(all).rejects.toThrow("first");
    expect(events).toEqual(["begin fails", "begin slow", "end slow"]);
  });

  it("throws even a failure without a value", async () => {
    await expect(inParallel(1, [1], () => Promise.reject(undefined))).rejects.toBeUndefined();
  });
});
