import * as fc from "fast-check";
import { DeliveryBuffer, hintsOf } from "../../../local/firehose/buffer";

const MIB = 1024 * 1024;

describe("DeliveryBuffer", () => {
  const hints = { sizeBytes: 100, intervalMs: 60_000 };

  it("is due when it has the size, whenever its first item came", () => {
    const buffer = new DeliveryBuffer<string>(() => hints);
    buffer.add("a", 60, 1_000);
    expect(buffer.take(1_001)).toBeUndefined();
    buffer.add("b", 40, 1_001);
    expect(buffer.take(1_001)).toEqual(["a", "b"]);
    expect(buffer.bytes).toBe(0);
  });

  it("is due when the interval since its first item has passed, however little it has", () => {
    const buffer = new DeliveryBuffer<string>(() => hints);
    expect(buffer.dueAt).toBe(Number.POSITIVE_INFINITY);
    buffer.add("a", 1, 1_000);
    buffer.add("b", 1, 60_000);
    expect(buffer.dueAt).toBe(61_000);
    expect(buffer.take(60_999)).toBeUndefined();
    expect(buffer.take(61_000)).toEqual(["a", "b"]);
  });

  it("takes new hints for what it has already", () => {
    let current = hints;
    const buffer = new DeliveryBuffer<string>(() => current);
    buffer.add("a", 50, 0);
    current = { sizeBytes: 50, intervalMs: 60_000 };
    expect(buffer.take(1)).toEqual(["a"]);
  });

  it("returns each item once and in order, in batches that are over their size by their last item only", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 250 })), (sizes) => {
        const buffer = new DeliveryBuffer<[number: number, size: number]>(() => hints);
        for (const [n, size] of sizes.entries()) buffer.add([n, size], size, 0);
        const all: number[] = [];
        for (let batch = buffer.take(60_000); batch; batch = buffer.take(60_000)) {
          all.push(...batch.map(([n]) => n));
          expect(batch.slice(0, -1).reduce((sum, [, size]) => sum + size, 0)).toBeLessThan(hints.sizeBytes);
        }
        expect(all).toEqual([...sizes.keys()]);
      }),
    );
  });
});

describe("hintsOf", () => {
  it("has the defaults of the API reference, and keeps an interval of 0", () => {
    expect(hintsOf()).toEqual({ sizeBytes: 5 * MIB, intervalMs: 300_000 });
    expect(hintsOf({ SizeInMBs: 1, IntervalInSeconds: 0 })).toEqual({ sizeBytes: MIB, intervalMs: 0 });
  });
});
