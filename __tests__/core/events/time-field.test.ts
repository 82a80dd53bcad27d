import fc from "fast-check";
import { timeIn, timeInField } from "../../../core/events/time-field";

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
    expect(timeOf(value)).toBeUndefined();
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
    expect([earliest - 1, latest + 1].map((time) => timeOf(time))).toEqual([undefined, undefined]);
  });

  it("finds a field by its name, and by dots in objects", () => {
    expect(timeIn('{"event":{"created":"2026-11-21T03:00:00.123Z"}}', "event.created", TIME)).toBe(TIME);
    expect(timeIn('{"event.created":"2026-11-21T03:00:00.123Z","event":{"created":1}}', "event.created", TIME)).toBe(
      TIME,
    );
    expect(timeIn('{"event":"x"}', "event.created", TIME)).toBeUndefined();
    expect(timeIn("{}", "toString", TIME)).toBeUndefined();
  });

  it("finds no time in anything but a JSON object", () => {
    expect(timeIn("2026-11-21T03:00:00.123Z", "t", TIME)).toBeUndefined();
    expect(timeIn('[{"t":1}]', "t", TIME)).toBeUndefined();
  });
});

describe("timeInField", () => {
  it.each([
    ["ISO 8601", { time: "2026-11-26T10:00:00.123+01:00" }, "time", Date.parse("2026-11-26T09:00:00.123Z"), true],
    ["ISO 8601 without a zone", { time: "2026-11-26T10:00:00" }, "time", Date.parse("2026-11-26T10:00:00Z"), false],
    ["seconds", { ts: 1_795_687_200.5 }, "ts", 1_795_687_200_500, true],
    ["milliseconds", { ts: 1_795_687_200_123 }, "ts", 1_795_687_200_123, true],
    ["digits", { ts: "1795687200" }, "ts", 1_795_687_200_000, true],
    ["a field within an object", { event: { created: 1_795_687_200 } }, "event.created", 1_795_687_200_000, true],
    ["a name with a dot before a path", { "a.b": 1_795_687_200, a: { b: 1 } }, "a.b", 1_795_687_200_000, true],
  ])("reads %s", (_, object, field, ms, isZoned) => {
    expect(timeInField(JSON.stringify(object), field)).toEqual({ ms, isZoned });
  });

  it.each([
    ["text", "2026-11-26T10:00:00Z"],
    ["JSON that ends early", '{"time":17956'],
    ["a list", '[{"time":1795687200}]'],
    ["an object without the field", '{"at":1795687200}'],
    ["a field that is no time", '{"time":"yesterday"}'],
    ["30 February", '{"time":"2026-02-30T10:00:00Z"}'],
    ["null", '{"time":null}'],
  ])("finds no time in %s", (_, line) => {
    expect(timeInField(line, "time")).toBeUndefined();
  });
});
