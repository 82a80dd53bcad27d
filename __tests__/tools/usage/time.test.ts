import fc from "fast-check";
import { parseTime } from "../../../tools/usage/time";

describe("parseTime", () => {
  it.each([
    ["2026-11-21", "2026-11-21T00:00:00Z"],
    ["2026-11-21T03", "2026-11-21T03:00:00Z"],
    ["2026-11-21T03:30", "2026-11-21T03:30:00Z"],
    ["2026-11-21T03:30:15", "2026-11-21T03:30:15Z"],
    ["2026-11-21T03:30:15Z", "2026-11-21T03:30:15Z"],
    ["2026-11-21T03+01:00", "2026-11-21T02:00:00Z"],
    ["2026-11-21T03:30-05:30", "2026-11-21T09:00:00Z"],
    ["2028-02-29", "2028-02-29T00:00:00Z"],
  ])("reads %s, in UTC without a zone", (text, time) => {
    expect(parseTime(text)).toBe(Date.parse(time));
  });

  it.each([
    ...[
      "",
      "yesterday",
      "2026",
      "2026-11",
      "21.11.2026",
      "2026-11-21 03:00",
      "2026-11-21T",
      "2026-11-21Z",
      "1795230000000",
    ],
    ...[
      "2026-02-29",
      "2026-11-31",
      "2026-13-01",
      "2026-00-10",
      "2026-11-21T24:00",
      "2026-11-21T03:60",
      "2026-11-21T03:00:60",
    ],
    ...[
      "2026-11-21T03:00+1",
      "2026-11-21T03:00+0100",
      "2026-11-21T03:00+99:00",
      " 2026-11-21",
      "2026-11-21T03:30:15.5Z",
    ],
  ])("rejects %j", (text) => {
    expect(parseTime(text)).toBeUndefined();
  });

  it("reads every second of every year up to 9999, in any zone", () => {
    const seconds = fc.integer({ min: 0, max: Math.floor(Date.parse("9999-12-30") / 1000) });
    const zone = fc.tuple(fc.constantFrom("+", "-"), fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }));
    fc.assert(
      fc.property(seconds, zone, (second, [sign, hours, minutes]) => {
        const offset = `${sign}${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
        const offsetMs = (sign === "+" ? 1 : -1) * (hours * 60 + minutes) * 60_000;
        const local = new Date(second * 1000).toISOString().slice(0, 19);
        expect(parseTime(local + offset)).toBe(second * 1000 - offsetMs);
      }),
    );
  });
});
