import fc from "fast-check";
import { FAULTS, type FaultPlace, planFaults } from "../../soak/fault-plan";

const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const places = Object.keys(FAULTS) as FaultPlace[];
const MINUTES = 60_000;

describe("planFaults", () => {
  it("returns the same plan for the same seed, and another for another", () => {
    expect(planFaults(1, 5 * MINUTES)).toEqual(planFaults(1, 5 * MINUTES));
    expect(planFaults(1, 5 * MINUTES)).not.toEqual(planFaults(2, 5 * MINUTES));
  });

  it("plans one fault after the other for each place, with pauses, all within the duration", () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 0, max: 30 * MINUTES }), (seed, durationMs) => {
        const plan = planFaults(seed, durationMs);
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
        const plan = planFaults(seed, 20 * MINUTES);
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
