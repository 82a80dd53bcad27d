import fc from "fast-check";
import { backoffMs } from "../../../core/retry/backoff";

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe("backoffMs", () => {
  it("returns a whole number from 0 to below 200 ms × 2^attempt, and below 20 s, for any attempt", () => {
    fc.assert(
      fc.property(fc.nat(5000), random, (attempt, r) => {
        const wait = backoffMs(attempt, r);
        expect(Number.isInteger(wait)).toBe(true);
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThan(Math.min(20_000, 200 * 2 ** attempt));
      }),
    );
  });

  it("spreads over the whole interval, and doubles it up to the cap", () => {
    expect([0, 1, 2, 6, 7, 100].map((attempt) => backoffMs(attempt, 0))).toEqual([0, 0, 0, 0, 0, 0]);
    expect([0, 1, 2, 6, 7, 100].map((attempt) => backoffMs(attempt, 0.5))).toEqual([
      100, 200, 400, 6400, 10_000, 10_000,
    ]);
  });
});
