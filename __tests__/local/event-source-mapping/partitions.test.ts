import fc from "fast-check";
import { partitionOf } from "../../../local/event-source-mapping/partitions";

describe("partitionOf", () => {
  it("is one of the concurrent batches, the same for the same key", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 10 }), (key, factor) => {
        const partition = partitionOf(key, factor);
        expect(partition).toBeGreaterThanOrEqual(0);
        expect(partition).toBeLessThan(factor);
        expect(partitionOf(key, factor)).toBe(partition);
      }),
    );
  });

  it("uses all of them", () => {
    const partitions = new Set(Array.from({ length: 200 }, (_, n) => partitionOf(`stream-${n}`, 10)));
    expect(partitions.size).toBe(10);
  });
});
