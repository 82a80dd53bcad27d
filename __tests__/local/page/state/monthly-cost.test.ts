import fc from "fast-check";
import { EMPTY_DEPLOYMENT } from "../../../../cost/published/empty-deployment";
import { CostOfRate, type StreamTallies } from "../../../../local/page/state/monthly-cost";

const stream = (address: string, shards: number) => ({
  ...{ address, name: address, shards, retentionHours: 24, isEncrypted: false, consumers: 0 },
});
const deployment = { ...EMPTY_DEPLOYMENT, region: "us-east-1", keys: 1 };
const nothing: StreamTallies = new Map();
const tally = (gib: number) => ({ sums: { ReceivedBytes: gib * 2 ** 30, Records: 10, Events: 100 }, reports: 1 });
const ofOne = (gib: number): StreamTallies => new Map([["one", tally(gib)]]);

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
    rate.add(ofOne(1), 120_000);
    const one = rate.of(deployment)!;
    rate.add(ofOne(3), 120_001);
    const three = rate.of(deployment)!;
    expect(one.usd).toBeGreaterThan(one.fixedUsd);
    expect((three.usd - 1) / (one.usd - 1)).toBeCloseTo(3, 2);
    expect(one.assumption).toContain("prices of us-east-1");
    expect(one.assumption).toContain("in the last 2 minutes");
  });

  it("forgets what is older than five minutes", () => {
    const rate = new CostOfRate();
    rate.add(nothing, 0);
    rate.add(ofOne(1), 1_000);
    for (let second = 2; second <= 400; second++) rate.add(ofOne(1), second * 1_000);
    const { usd, fixedUsd } = rate.of(deployment)!;
    expect(usd).toBe(fixedUsd);
  });

  it("has a lane's part: its stream, and of the rate by what it is sent", () => {
    const rate = new CostOfRate();
    const streams = [stream("idle", 2), stream("busy", 1), stream("busier", 1)];
    rate.add(new Map(streams.map(({ address }) => [address, tally(0)])), 0);
    rate.add(
      new Map([
        ["idle", tally(0)],
        ["busy", tally(1)],
        ["busier", tally(3)],
      ]),
      300_000,
    );
    const { lanes } = rate.of({ ...deployment, streams })!;
    // Kinesis: $0.015 for an hour of a shard, and 730 hours a month.
    expect(lanes.idle).toEqual({ usd: lanes.idle!.fixedUsd, fixedUsd: expect.closeTo(2 * 0.015 * 730, 5) });
    const byRate = (one: string) => lanes[one]!.usd - lanes[one]!.fixedUsd;
    expect(byRate("busier") / byRate("busy")).toBeCloseTo(3, 1);
  });

  it("adds up: the lanes' parts and what they share are the whole", () => {
    const lane = fc.record({
      ...{ shards: fc.integer({ min: 0, max: 3 }), bytes: fc.nat(1e9), records: fc.nat(1e5), events: fc.nat(1e6) },
    });
    fc.assert(
      fc.property(fc.array(lane, { minLength: 1, maxLength: 6 }), (all) => {
        const streams = all.map(({ shards }, n) => stream(`s${n}`, shards));
        const rate = new CostOfRate();
        rate.add(nothing, 0);
        rate.add(
          new Map(
            all.map(({ bytes, records, events }, n) => [
              `s${n}`,
              { sums: { ReceivedBytes: bytes, Records: records, Events: events }, reports: records === 0 ? 0 : 1 },
            ]),
          ),
          60_000,
        );
        const { usd, fixedUsd, lanes } = rate.of({ ...deployment, streams })!;
        const sum = (name: "usd" | "fixedUsd") => Object.values(lanes).reduce((total, one) => total + one[name], 0);
        // A key is shared: $1.
        expect(fixedUsd - sum("fixedUsd")).toBeCloseTo(1, 4);
        // Lines without bytes may cost nothing alone.
        const byRate = sum("usd") - sum("fixedUsd");
        if (byRate > 0) expect(usd - sum("usd")).toBeCloseTo(1, 4);
        for (const one of Object.values(lanes)) expect(one.usd).toBeGreaterThanOrEqual(one.fixedUsd);
      }),
    );
  });
});
