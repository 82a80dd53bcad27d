import fc from "fast-check";
import { NO_TIME, timeIn } from "../../../core/events/time-field";

const TIME = Date.parse("2026-11-21T03:00:00.123Z");
const timeOf = (value: unknown, arrival = TIME) => timeIn(JSON.stringify({ t: value }), "t", arrival);

describe("timeIn", () => {
  it.each([
    ["2026-11-21T03:00:00.123Z", TIME],
    ["2026-11-21T03:00:00.123456789Z", TIME],
    ["2026-11-21T03:00:00,123Z", TIME],
    ["2026-11-21 03:00:00.123", TIME],
    ["2026-11-21 03:00:00.123 Z", TIME],
    ["2026-11-21t03:00:00.123z", TIME],
    ["2026-11-21T04:00:00.123+01:00", TIME],
    ["2026-11-20T21:30:00.123-0530", TIME],
    ["2026-11-21T04:00:00.123+01", TIME],
    ["2026-11-21T03:00:00Z", TIME - 123],
    [TIME, TIME],
    [TIME / 1000, TIME],
    [String(TIME), TIME],
    [String(TIME / 1000), TIME],
    ["2026-11-21T03:00Z", TIME - 123],
    ["2026-11-21 04:00+01:00", TIME - 123],
    [1_795_230_000, 1_795_230_000_000],
  ])("reads %j as the event's time", (value, ms) => {
    expect(timeOf(value)).toBe(ms);
  });

  it.each([
    ...[
      "",
      "yesterday",
      "2026-11-21",
      "2026-13-21T03:00:00Z",
      "2026-11-31T03:00:00Z",
      "2026-11-21T25:00:00Z",
      "21/Nov/2026:03:00:00 +0000",
    ],
    ...[null, true, {}, [TIME], "1e12", "-1"],
  ])("finds no time in %j", (value) => {
    expect(timeOf(value)).toBe(NO_TIME);
  });

  it("does not depend on the machine's time zone", () => {
    const any = fc.date({ min: new Date(0), max: new Date("9999-12-31T23:59:59.999Z"), noInvalidDate: true });
    fc.assert(
      fc.property(any, (date) => {
        expect(timeOf(date.toISOString(), date.getTime())).toBe(date.getTime());
        expect(timeOf(date.toISOString().slice(0, -1), date.getTime())).toBe(date.getTime());
      }),
    );
  });

  it("accepts a time from 14 days before the arrival to 2 hours after it", () => {
    const [earliest, latest] = [TIME - 14 * 86_400_000, TIME + 2 * 3_600_000];
    expect([earliest, latest].map((time) => timeOf(time))).toEqual([earliest, latest]);
    expect([earliest - 1, latest + 1].map((time) => timeOf(time))).toEqual([NO_TIME, NO_TIME]);
  });

  it("finds a field by its name, and by dots in objects", () => {
    expect(timeIn('{"event":{"created":"2026-11-21T03:00:00.123Z"}}', "event.created", TIME)).toBe(TIME);
    expect(timeIn('{"event.created":"2026-11-21T03:00:00.123Z","event":{"created":1}}', "event.created", TIME)).toBe(
      TIME,
    );
    expect(timeIn('{"event":"x"}', "event.created", TIME)).toBe(NO_TIME);
    expect(timeIn("{}", "toString", TIME)).toBe(NO_TIME);
  });

  it("finds no time in anything but a JSON object", () => {
    expect(timeIn("2026-11-21T03:00:00.123Z", "t", TIME)).toBe(NO_TIME);
    expect(timeIn('[{"t":1}]', "t", TIME)).toBe(NO_TIME);
  });
});
