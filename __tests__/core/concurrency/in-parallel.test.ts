import { setImmediate as turn } from "node:timers/promises";
import fc from "fast-check";
import { inParallel } from "../../../core/concurrency/in-parallel";

describe("inParallel", () => {
  it("works on each item once, and never on more than the limit at a time, for any durations", () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 4 })),
        fc.integer({ min: 1, max: 5 }),
        async (turns, limit) => {
          const done: number[] = [];
          let inFlight = 0;
          let most = 0;
          await inParallel(limit, turns.keys(), async (item) => {
            most = Math.max(most, ++inFlight);
            for (let i = 0; i < turns[item]!; i++) await turn();
            inFlight--;
            done.push(item);
          });
          expect(done.sort((a, b) => a - b)).toEqual([...turns.keys()]);
          expect(most).toBe(Math.min(limit, turns.length));
        },
      ),
    ));

  it("accepts items that arrive asynchronously", async () => {
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

  it("pulls the next item only when there is room for it", async () => {
    const pulled: number[] = [];
    const releases: (() => void)[] = [];
    function* items() {
      for (const item of [0, 1, 2]) {
        pulled.push(item);
        yield item;
      }
    }
    const all = inParallel(2, items(), () => new Promise((resolve) => releases.push(resolve)));
    await turn();
    expect(pulled).toEqual([0, 1]);
    releases[0]!();
    await turn();
    expect(pulled).toEqual([0, 1, 2]);
    for (const release of releases) release();
    await all;
  });

  it("throws the first failure after the items in flight have ended, and pulls no further item", async () => {
    const events: string[] = [];
    const all = inParallel(2, ["fails", "slow", "never"], async (item) => {
      events.push(`begin ${item}`);
      await turn();
      if (item === "fails") throw new Error("first");
      await turn();
      events.push(`end ${item}`);
      throw new Error("second");
    });
    await expect(all).rejects.toThrow("first");
    expect(events).toEqual(["begin fails", "begin slow", "end slow"]);
  });

  it("works on no item that arrives after a failure", async () => {
    const begun: string[] = [];
    async function* items() {
      yield "fails";
      await turn();
      yield "late";
    }
    const all = inParallel(2, items(), async (item) => {
      begun.push(item);
      throw new Error("first");
    });
    await expect(all).rejects.toThrow("first");
    expect(begun).toEqual(["fails"]);
  });

  it("awaits the items in flight when no further one can be pulled, and throws why", async () => {
    const ended: string[] = [];
    function* items() {
      yield "slow";
      throw new Error("no further item");
    }
    const all = inParallel(2, items(), async (item) => {
      await turn();
      ended.push(item);
    });
    await expect(all).rejects.toThrow("no further item");
    expect(ended).toEqual(["slow"]);
  });

  it("throws even a failure without a value", async () => {
    await expect(inParallel(1, [1], () => Promise.reject(undefined))).rejects.toBeUndefined();
  });
});
