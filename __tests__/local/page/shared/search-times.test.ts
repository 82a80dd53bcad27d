import fc from "fast-check";
import { histogramStep, isMoving, periodOf, searchTime } from "../../../../local/page/shared/search-times";

const NOW = Date.parse("2026-11-28T12:00:00Z");
const MINUTE_MS = 60_000;

describe("searchTime", () => {
  it.each([
    ["now", NOW],
    ["now-15m", NOW - 15 * MINUTE_MS],
    ["now-2h", NOW - 120 * MINUTE_MS],
    ["now-90s", NOW - 90_000],
    ["now-1w", NOW - 7 * 24 * 60 * MINUTE_MS],
    ["2026-11-28T11:00:00Z", NOW - 60 * MINUTE_MS],
    ["2026-11-28T11:00:00.250+01:00", NOW - 120 * MINUTE_MS + 250],
    ["2026-11-28T11:00Z", NOW - 60 * MINUTE_MS],
  ])("reads %s", (text, ms) => expect(searchTime(text, NOW)).toBe(ms));

  it.each([
    "",
    "yesterday",
    "now+1h",
    "now-15",
    "now-1y",
    "now-999999999w",
    "2026-11-28",
    "2026-13-01T00:00:00Z",
    "1795687200",
  ])("does not read %j", (text) => expect(searchTime(text, NOW)).toBeUndefined());
});

describe("periodOf", () => {
  it("collects what is wrong", () => {
    expect(periodOf({ from: "a", to: "b" }, NOW)).toEqual({
      errors: [
        expect.stringMatching(/^from is "a"\. Allowed: now, now-15m .*\.$/),
        expect.stringMatching(/^to is "b"/),
      ],
    });
    expect(periodOf({ from: "now", to: "now-1m" }, NOW)).toEqual({
      errors: ["from (now) is not before to (now-1m). Allowed: an earlier time."],
    });
  });

  it("says whether a period goes on", () => {
    expect(isMoving({ to: "now" })).toBe(true);
    expect(isMoving({ to: "2026-11-28T11:00:00Z" })).toBe(false);
  });
});

describe("histogramStep", () => {
  it.each([
    [15 * MINUTE_MS, 10_000],
    [60 * MINUTE_MS, MINUTE_MS],
    [24 * 60 * MINUTE_MS, 30 * MINUTE_MS],
    [50, 1],
  ])("divides %d ms into steps of %d ms", (length, step) => {
    expect(histogramStep({ from: NOW - length, to: NOW })).toBe(step);
  });

  it("never makes more bars than asked for, nor needlessly few", () => {
    const times = fc.integer({ min: 0, max: 253_402_300_799_999 });
    fc.assert(
      fc.property(times, times, fc.integer({ min: 20, max: 300 }), (one, other, max) => {
        fc.pre(one !== other);
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        const step = histogramStep({ from, to }, max);
        const bars = Math.floor((to - 1) / step) - Math.floor(from / step) + 1;
        expect(bars).toBeLessThanOrEqual(max);
        if (to - from > max && to - from < 10 ** 13) expect(bars).toBeGreaterThanOrEqual(Math.floor(max / 12));
      }),
    );
  });
});
