import fc from "fast-check";
import { FAULTS, type Place, planOf } from "../../soak/plan";

const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const places = Object.keys(FAULTS) as Place[];
const MINUTES = 60_000;

describe("planOf", () => {
  it("gives the same plan for the same seed, and another for another", () => {
    expect(planOf(1, 5 * MINUTES)).toEqual(planOf(1, 5 * MINUTES));
    expect(planOf(1, 5 * MINUTES)).not.toEqual(planOf(2, 5 * MINUTES));
  });

  it("does one fault after the other at each place, with a pause between, all within the time", () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 0, max: 30 * MINUTES }), (seed, durationMs) => {
        const plan = planOf(seed, durationMs);
        for (const place of places) {
          let lastEnd = 0;
          for (const { startMs, endMs } of plan[place]) {
            expect(startMs).toBeGreaterThan(lastEnd);
            expect(endMs).toBeGreaterThan(startMs);
            lastEnd = endMs;
          }
          expect(lastEnd).toBeLessThanOrEqual(durationMs);
        }
      }),
      { numRuns: 50 },
    );
  });

  it("gives each fault of a place its turn before one has its next", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const plan = planOf(seed, 20 * MINUTES);
        for (const place of places) {
          const { length } = FAULTS[place];
          const names = plan[place].map(({ name }) => name);
          for (let start = 0; start + length <= names.length; start += length) {
            expect(new Set(names.slice(start, start + length)).size).toBe(length);
          }
          expect(names.length).toBeGreaterThanOrEqual(2 * length);
        }
      }),
      { numRuns: 50 },
    );
  });
});
