import { heapFlags, lambdaUsd } from "../../../benchmarks/measure/lambda";

describe("heapFlags", () => {
  it.each([
    [256, 12, 231],
    [512, 25, 461],
  ])("of %d MiB leave %d to a semi-space and %d to old objects", (memoryMib, semiSpace, oldSpace) => {
    expect(heapFlags(memoryMib)).toEqual([`--max-semi-space-size=${semiSpace}`, `--max-old-space-size=${oldSpace}`]);
  });
});

describe("lambdaUsd", () => {
  it("is the price of a GB-second for the memory that comes with a vCPU", () => {
    expect(lambdaUsd(1000)).toBeCloseTo((1769 / 1024) * 0.0000133334, 12);
  });
});
