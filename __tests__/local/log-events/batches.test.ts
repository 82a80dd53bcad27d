import fc from "fast-check";
import { Collector } from "../../../local/log-events/batches";
import type { LogLine } from "../../../local/log-events/line";
import { eventBytes, LIMITS } from "../../../tools/put-log-events";

const line = (timestamp: number, message = "m"): LogLine => ({
  logGroup: "foo",
  logStream: "s",
  timestamp,
  message,
});

/** Calls for lines of one log stream: what does not fit is taken out before the next is added. */
function callsFor(lines: readonly LogLine[]): LogLine[][] {
  const collector = new Collector();
  const calls: LogLine[][] = [];
  for (const each of lines) {
    if (!collector.fits(each)) calls.push(...collector.take());
    collector.add(each);
  }
  return [...calls, ...collector.take()];
}

describe("Collector", () => {
  it("accepts 10,000 events, no more", () => {
    const calls = callsFor(Array.from({ length: 10_001 }, (_, n) => line(n)));
    expect(calls.map(({ length }) => length)).toEqual([10_000, 1]);
  });

  it("accepts 1 MiB, no more", () => {
    const half = "x".repeat(LIMITS.bytesPerCall / 2 - LIMITS.eventOverheadBytes);
    expect(callsFor([line(1, half), line(2, half)])).toHaveLength(1);
    expect(callsFor([line(1, half), line(2, `${half}x`)])).toHaveLength(2);
  });

  it("puts up to 24 hours into a call, no more", () => {
    expect(callsFor([line(0), line(86_400_000)])).toHaveLength(1);
    expect(callsFor([line(0), line(86_400_001)])).toHaveLength(2);
  });

  it("makes few calls of lines whose times alternate between days", () => {
    const days = Array.from({ length: 1_000 }, (_, n) => line((n % 2) * 5 * 86_400_000 + n));
    expect(callsFor(days).map(({ length }) => length)).toEqual([500, 500]);
  });

  it("keeps every line, in chronological order, within the limits", () => {
    const lines = fc.array(
      fc.record({
        logGroup: fc.constant("foo"),
        logStream: fc.constant("s"),
        timestamp: fc.integer({ min: 0, max: 5 * 86_400_000 }),
        message: fc.integer({ min: 1, max: 400_000 }).map((length) => "x".repeat(length)),
      }),
      { maxLength: 15 },
    );
    fc.assert(
      fc.property(lines, (all) => {
        const calls = callsFor(all);
        expect(new Set(calls.flat())).toEqual(new Set(all));
        expect(calls.flat()).toHaveLength(all.length);
        for (const call of calls) {
          const times = call.map(({ timestamp }) => timestamp);
          expect(times.toSorted((a, b) => a - b)).toEqual(times);
          expect(times.at(-1)! - times[0]!).toBeLessThanOrEqual(LIMITS.spanMs);
          expect(call.reduce((sum, { message }) => sum + eventBytes(message), 0)).toBeLessThanOrEqual(1_048_576);
        }
      }),
      { numRuns: 50 },
    );
  });
});
