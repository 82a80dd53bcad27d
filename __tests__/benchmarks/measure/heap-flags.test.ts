import { heapFlags } from "../../../benchmarks/measure/heap-flags";

describe("heapFlags", () => {
  it.each([
    [256, 12, 231],
    [512, 25, 461],
  ])("of %d MiB leave %d to a semi-space and %d to old objects", (memoryMib, semiSpace, oldSpace) => {
    expect(heapFlags(memoryMib)).toEqual([`--max-semi-space-size=${semiSpace}`, `--max-old-space-size=${oldSpace}`]);
  });
});
