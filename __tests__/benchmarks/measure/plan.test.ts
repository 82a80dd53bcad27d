import { planOf } from "../../../benchmarks/measure/plan";

describe("planOf", () => {
  it.each([
    [0.04, 1250, 15],
    [30, 2, 13],
    [60, 1, 13],
    [500, 1, 5],
  ])("lets a batch of %d ms be worked on %d times in a round, for %d rounds", (coreMs, times, count) => {
    expect(planOf(coreMs, 800)).toEqual({ times, count, warmUps: 1 });
  });
});
