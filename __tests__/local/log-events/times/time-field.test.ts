import fc from "fast-check";
import { timeIn } from "../../../../core/events/time-field";
import { timeInField } from "../../../../local/log-events/times/time-field";

/** 2026-11-26T12:00:00.000Z */
const NOW = 1_795_694_400_000;
const HOUR = 3_600_000;

describe("timeInField", () => {
  it.each([
    ["ISO 8601", { time: "2026-11-26T10:00:00.123+01:00" }, "time", Date.parse("2026-11-26T09:00:00.123Z")],
    ["seconds", { ts: 1_795_687_200.5 }, "ts", 1_795_687_200_500],
    ["milliseconds", { ts: 1_795_687_200_123 }, "ts", 1_795_687_200_123],
    ["digits", { ts: "1795687200" }, "ts", 1_795_687_200_000],
    ["a field within an object", { event: { created: 1_795_687_200 } }, "event.created", 1_795_687_200_000],
    ["a name with a dot before a path", { "a.b": 1_795_687_200, a: { b: 1 } }, "a.b", 1_795_687_200_000],
  ])("reads %s", (_, object, field, expected) => {
    expect(timeInField(JSON.stringify(object), field)?.ms).toBe(expected);
  });

  it.each([
    ["text", "2026-11-26T10:00:00Z"],
    ["JSON that ends early", '{"time":17956'],
    ["a list", '[{"time":1795687200}]'],
    ["an object without it", '{"at":1795687200}'],
    ["a field that is no time", '{"time":"yesterday"}'],
    ["30 February", '{"time":"2026-02-30T10:00:00Z"}'],
    ["null", '{"time":null}'],
  ])("finds no time in %s", (_, line) => {
    expect(timeInField(line, "time")).toBeUndefined();
  });

  it("agrees with the forwarder within the times that CloudWatch Logs accepts", () => {
    const ms = fc.integer({ min: NOW - 13 * 24 * HOUR, max: NOW + HOUR });
    const zone = fc.constantFrom("", "Z", "z", "+01", "+0100", "-05:30", " +01:00", " Z", "+99:00", "UTC");
    const number = fc.integer({ min: 0, max: 99 }).map((n) => String(n).padStart(2, "0"));
    const odd = fc
      .tuple(number, number, number, number, number, zone)
      .map(([month, day, hour, minute, second, offset]) => `2026-${month}-${day}T${hour}:${minute}:${second}${offset}`);
    const value = fc.oneof(
      fc.tuple(ms, zone, fc.constantFrom("T", " "), fc.constantFrom(".", ",")).map(([time, offset, t, point]) => {
        return `${new Date(time).toISOString().slice(0, -1).replace("T", t).replace(".", point)}${offset}`;
      }),
      ms,
      ms.map((time) => time / 1000),
      ms.map(String),
      odd,
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(value, fc.boolean(), (time, isNested) => {
        const line = JSON.stringify(isNested ? { a: { b: time } } : { "a.b": time });
        const own = timeInField(line, "a.b");
        const isTaken = own && own.ms >= NOW - 14 * 24 * HOUR && own.ms <= NOW + 2 * HOUR;
        expect(isTaken ? own.ms : -1).toBe(timeIn(line, "a.b", NOW));
      }),
      { numRuns: 1_000 },
    );
  });
});
