import fc from "fast-check";
import { Random } from "../../tools/random";

const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const drawn = (random: Random) => Array.from({ length: 20 }, random.next);

describe("Random", () => {
  it("gives the same numbers for the same seed, and others for another", () => {
    fc.assert(
      fc.property(seeds, seeds, (a, b) => {
        fc.pre(a !== b);
        expect(drawn(new Random(a))).toEqual(drawn(new Random(a)));
        expect(drawn(new Random(a))).not.toEqual(drawn(new Random(b)));
      }),
    );
  });

  it("spreads its numbers evenly over [0, 1)", () => {
    const random = new Random(1);
    const tenths = new Array<number>(10).fill(0);
    for (let n = 0; n < 10_000; n++) tenths[Math.floor(random.next() * 10)]!++;
    expect(tenths).toHaveLength(10);
    for (const count of tenths) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  it("gives integers from the first to the last of the range", () => {
    const random = new Random(1);
    const integers = new Set(Array.from({ length: 100 }, () => random.integer(-1, 2)));
    expect([...integers].toSorted((a, b) => a - b)).toEqual([-1, 0, 1, 2]);
  });

  it("shuffles without losing or duplicating anything", () => {
    fc.assert(
      fc.property(seeds, fc.array(fc.integer()), (seed, items) => {
        const byValue = (list: number[]) => list.toSorted((a, b) => a - b);
        expect(byValue(new Random(seed).shuffled(items))).toEqual(byValue(items));
      }),
    );
  });
});
