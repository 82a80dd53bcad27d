import fc from "fast-check";
import { parsePeriodName, periodName } from "../../../core/events/index-period";
import { INDEX_PERIODS } from "../../../core/settings/index-periods";

const time = fc.date({ min: new Date(0), max: new Date("9999-12-25T00:00Z"), noInvalidDate: true });
const period = fc.constantFrom(...INDEX_PERIODS);

describe("periodName", () => {
  it.each([
    ["hour", "2026-11-26T03:59:59.999Z", "2026.11.26.03"],
    ["day", "2026-11-26T03:59:59.999Z", "2026.11.26"],
    ["week", "2026-11-26T03:59:59.999Z", "2026.w48"],
    ["week", "2027-01-03T23:59:59.999Z", "2026.w53"],
    ["week", "2027-01-04T00:00:00.000Z", "2027.w01"],
    ["week", "2025-12-29T00:00:00.000Z", "2026.w01"],
    ["week", "2021-01-01T00:00:00.000Z", "2020.w53"],
    ["month", "2026-11-26T03:59:59.999Z", "2026.11"],
  ] as const)("names the %s of %s", (name, at, expected) => {
    expect(periodName(name, at)).toBe(expected);
  });
});

describe("parsePeriodName", () => {
  it("returns the period that holds the time of a name, and no other time", () => {
    fc.assert(
      fc.property(period, time, (name, at) => {
        const text = periodName(name, at.toISOString());
        const parsed = parsePeriodName(text)!;
        expect(parsed.period).toBe(name);
        expect(at.getTime()).toBeGreaterThanOrEqual(parsed.start);
        expect(at.getTime()).toBeLessThan(parsed.end);
        for (const inside of [parsed.start, parsed.end - 1]) {
          expect(periodName(name, new Date(inside).toISOString())).toBe(text);
        }
        expect(periodName(name, new Date(parsed.end).toISOString())).not.toBe(text);
      }),
    );
  });

  it.each([
    ...["", "2026", "2026.13", "2026.00", "2026.02.30", "2026.11.26.24", "2026.w00", "2026.w53x", "2027.w53"],
    ...["2026-11-26", "26.11.2026", "2026.11.26.03.00", " 2026.11", "2026.11\n", "2026.1"],
  ])("rejects %j", (text) => {
    expect(parsePeriodName(text)).toBeUndefined();
  });
});
