import fc from "fast-check";
import type { EventLine } from "../../../../core/sinks/kinesis/event-line";
import { packLines, RECORD_BYTES } from "../../../../core/sinks/kinesis/pack-lines";

const event = (position: number, line: string, partitionKey = "keys"): EventLine => ({
  record: 0,
  ...{ position, line, partitionKey },
});

const packed = (...lines: EventLine[]) =>
  [...packLines(lines)].map((request) =>
    request.map(({ lines, runs, partitionKey }) => ({ lines, runs, partitionKey })),
  );

describe("packLines", () => {
  it("packs the lines of each key into records of their own", () => {
    expect(packed(event(0, "a", "x"), event(1, "b", "y"), event(2, "c", "x"))).toEqual([
      [
        {
          partitionKey: "x",
          lines: ["a", "c"],
          runs: [
            { record: 0, position: 0, count: 1 },
            { record: 0, position: 2, count: 1 },
          ],
        },
        { partitionKey: "y", lines: ["b"], runs: [{ record: 0, position: 1, count: 1 }] },
      ],
    ]);
  });

  it("fills a record up to the size that Kinesis charges for once, and gives a longer line one of its own", () => {
    const half = "a".repeat((RECORD_BYTES - 4) / 2 - 1);
    const sizes = (...lines: string[]) =>
      packed(...lines.map((line, i) => event(i, line))).flatMap((request) =>
        request.map(({ lines: { length } }) => length),
      );
    expect(sizes(half, half)).toEqual([2]);
    expect(sizes(half, `${half}a`)).toEqual([1, 1]);
    expect(sizes("a", "b".repeat(RECORD_BYTES * 2), "c")).toEqual([1, 1, 1]);
  });

  it("puts at most 500 records and 2 MiB into a request", () => {
    const perKey = packed(...Array.from({ length: 1001 }, (_, i) => event(i, "a", `key-${i}`)));
    expect(perKey.map(({ length }) => length)).toEqual([500, 500, 1]);
    const large = packed(...Array.from({ length: 5 }, (_, i) => event(i, "a".repeat(1024 * 1024 - 100))));
    expect(large.map(({ length }) => length)).toEqual([2, 2, 1]);
  });

  it("loses and repeats no line, keeps the order of a key, and stays within the limits", () => {
    const size = fc.oneof(fc.nat({ max: 40 }), fc.nat({ max: 30_000 }), fc.nat({ max: 900_000 }));
    const any = fc.array(fc.record({ size, key: fc.constantFrom("a", "b", "é".normalize("NFD").slice(0, 1)) }), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(any, (all) => {
        const lines = all.map(({ size, key }, i) => event(i, `${i}:`.padEnd(size, "ü"), key));
        const requests = [...packLines(lines)];
        for (const request of requests) {
          expect(request.length).toBeLessThanOrEqual(500);
          const sizes = request.map(
            (record) => Buffer.byteLength(`${record.lines.join("\n")}\n`) + record.partitionKey.length,
          );
          expect(request.map(({ bytes }) => bytes)).toEqual(sizes);
          expect(sizes.reduce((sum, one) => sum + one, 0) <= 2 * 1024 * 1024 || request.length === 1).toBe(true);
          for (const { bytes, lines } of request) expect(bytes <= RECORD_BYTES || lines.length === 1).toBe(true);
        }
        const records = requests.flat();
        for (const key of new Set(lines.map(({ partitionKey }) => partitionKey))) {
          const of = <T extends { partitionKey: string }>(each: readonly T[]) =>
            each.filter((one) => one.partitionKey === key);
          expect(of(records).flatMap((record) => record.lines)).toEqual(of(lines).map(({ line }) => line));
        }
        const positions = records.flatMap(({ runs }) =>
          runs.flatMap(({ position, count }) => Array.from({ length: count }, (_, i) => position + i)),
        );
        expect(positions.sort((a, b) => a - b)).toEqual(lines.map(({ position }) => position));
      }),
      { numRuns: 40 },
    );
  });
});
