import { billedMs, lambdaUsd } from "../../../benchmarks/measure/cost";

describe("billedMs", () => {
  it.each([
    [1769, 100],
    [884.5, 200],
    [3538, 100],
  ])("of 100 ms CPU at %d MB is %d ms: one thread gets one vCPU at most", (memoryMb, expected) => {
    expect(billedMs(100, memoryMb)).toBe(expected);
  });
});

describe("lambdaUsd", () => {
  it("is the price of a GB-second for the memory that comes with a vCPU", () => {
    expect(lambdaUsd(1000)).toBeCloseTo((1769 / 1024) * 0.0000133334, 12);
  });
});
