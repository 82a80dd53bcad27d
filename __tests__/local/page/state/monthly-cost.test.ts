import { EMPTY_DEPLOYMENT } from "../../../../cost/published/empty-deployment";
import { CostOfRate } from "../../../../local/page/state/monthly-cost";

const deployment = { ...EMPTY_DEPLOYMENT, region: "us-east-1", keys: 1 };
const nothing = { sums: {}, reports: 0 };
const tally = (gib: number) => ({ sums: { ReceivedBytes: gib * 2 ** 30, Records: 10, Events: 100 }, reports: 1 });

describe("CostOfRate", () => {
  it("is not known before there is a rate", () => {
    const rate = new CostOfRate();
    expect(rate.of(deployment)).toBeUndefined();
    rate.add(nothing, 0);
    expect(rate.of(deployment)).toBeUndefined();
  });

  it("is the fixed part while nothing comes, and grows with what functions are sent", () => {
    const rate = new CostOfRate();
    rate.add(nothing, 0);
    rate.add(nothing, 60_000);
    const idle = rate.of(deployment)!;
    expect(idle.usd).toBe(idle.fixedUsd);
    // AWS KMS: $1 a key and month.
    expect(idle.fixedUsd).toBeCloseTo(1, 5);
    rate.add(tally(1), 120_000);
    const one = rate.of(deployment)!;
    rate.add(tally(3), 120_001);
    const three = rate.of(deployment)!;
    expect(one.usd).toBeGreaterThan(one.fixedUsd);
    expect((three.usd - 1) / (one.usd - 1)).toBeCloseTo(3, 2);
    expect(one.assumption).toContain("prices of us-east-1");
    expect(one.assumption).toContain("in the last 2 minutes");
  });

  it("forgets what is older than five minutes", () => {
    const rate = new CostOfRate();
    rate.add(nothing, 0);
    rate.add(tally(1), 1_000);
    for (let second = 2; second <= 400; second++) rate.add(tally(1), second * 1_000);
    const { usd, fixedUsd } = rate.of(deployment)!;
    expect(usd).toBe(fixedUsd);
  });
});
