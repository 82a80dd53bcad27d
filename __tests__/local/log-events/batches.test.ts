import fc from "fast-check";
import { eventBytes, LIMITS, toBatches } from "../../../local/log-events/batches";
import type { LogLine } from "../../../local/log-events/line";

const line = (timestamp: number, message = "m", logStream = "s"): LogLine => ({
  logGroup: "foo",
  logStream,
  timestamp,
  message,
});

describe("eventBytes", () => {
  it("counts UTF-8 and 26 bytes an event", () => {
    expect(eventBytes("größe 🐈")).toBe(Buffer.byteLength("größe 🐈") + 26);
    expect(eventBytes("größe 🐈")).toBe(38);
  });
});

describe("toBatches", () => {
  it("puts one log stream into a call", () => {
    const batches = toBatches([line(1, "m", "a"), line(2, "m", "b"), line(3, "m", "a")]);
    expect(batches.map((batch) => batch.map(({ logStream, timestamp }) => [logStream, timestamp]))).toEqual([
      [
        ["a", 1],
        ["a", 3],
      ],
      [["b", 2]],
    ]);
  });

  it("puts 10,000 events into a call, no more", () => {
    const batches = toBatches(Array.from({ length: 10_001 }, (_, n) => line(n)));
    expect(batches.map(({ length }) => length)).toEqual([10_000, 1]);
  });

  it("puts 1 MiB into a call, no more", () => {
    const half = "x".repeat(LIMITS.bytesPerCall / 2 - LIMITS.eventOverheadBytes);
    expect(toBatches([line(1, half), line(2, half)])).toHaveLength(1);
    expect(toBatches([line(1, half), line(2, `${half}x`)])).toHaveLength(2);
  });

  it("puts 24 hours into a call, no more", () => {
    expect(toBatches([line(0), line(86_400_000)])).toHaveLength(1);
    expect(toBatches([line(0), line(86_400_001)])).toHaveLength(2);
  });

  it("keeps every line, in chronological order, within the limits", () => {
    const lines = fc.array(
      fc.record({
        logGroup: fc.constantFrom("foo", "bar"),
        logStream: fc.constantFrom("a", "b"),
        timestamp: fc.integer({ min: 0, max: 5 * 86_400_000 }),
        message: fc.integer({ min: 1, max: 400_000 }).map((length) => "x".repeat(length)),
      }),
      { maxLength: 15 },
    );
    fc.assert(
      fc.property(lines, (all) => {
        const batches = toBatches(all);
        expect(new Set(batches.flat())).toEqual(new Set(all));
        expect(batches.flat()).toHaveLength(all.length);
        for (const batch of batches) {
          expect(new Set(batch.map(({ logGroup, logStream }) => `${logGroup}/${logStream}`)).size).toBe(1);
          const times = batch.map(({ timestamp }) => timestamp);
          expect(times.toSorted((a, b) => a - b)).toEqual(times);
          expect(times.at(-1)! - times[0]!).toBeLessThanOrEqual(LIMITS.spanMs);
          expect(batch.reduce((sum, { message }) => sum + eventBytes(message), 0)).toBeLessThanOrEqual(1_048_576);
        }
      }),
      { numRuns: 50 },
    );
  });
});
