import {
  costsOf,
  invocationsOf,
  logGroupCostPartsTable,
  logGroupCostsTable,
  type MonthlyLogs,
  pipelineCosts,
  shardsOf,
} from "../../docs/tables/log-group-costs";

const month: MonthlyLogs = { logGroups: 100, gibPerDay: 100, sharing: "shared", capacity: "provisioned" };
const own: MonthlyLogs = { ...month, sharing: "own" };

/** A record has 50 lines of 250 bytes, and 3,750 bytes after gzip. */
const RECORDS = (100 * 2 ** 30 * (730 / 24)) / 12_500;
const WINDOWS = (730 * 3600) / 5;

describe("the costs of log groups", () => {
  it("have CloudWatch Logs' part whatever the streams are", () => {
    expect(costsOf(month).ingestion).toBeCloseTo(100 * (730 / 24) * 0.5, 6);
    expect(costsOf({ ...own, capacity: "on-demand standard" }).ingestion).toBe(costsOf(month).ingestion);
  });

  it("have a shard for each stream, and as many as twice the mean takes", () => {
    expect([shardsOf(month), shardsOf(own)]).toEqual([1, 100]);
    // 994 records a second, and 3.55 MiB.
    expect(shardsOf({ ...month, gibPerDay: 1_000 })).toBe(
      Math.ceil((2 * RECORDS * 10 * 3_750) / (730 * 3600) / 2 ** 20),
    );
    expect(shardsOf({ ...month, capacity: "on-demand standard" })).toBe(4);
  });

  it("have Kinesis' prices of each capacity", () => {
    expect(costsOf(month).streams).toBeCloseTo(730 * 0.015 + RECORDS * 0.014e-6, 6);
    const gib = (bytes: number) => (RECORDS * bytes) / 2 ** 30;
    expect(costsOf({ ...own, capacity: "on-demand standard" }).streams).toBeCloseTo(
      100 * 730 * 0.04 + gib(4_096) * 0.08 + gib(3_750) * 0.04,
      6,
    );
    const minimum = (25 * 730 * 3600) / 1024;
    expect(costsOf({ ...month, capacity: "on-demand advantage" }).streams).toBeCloseTo(minimum * (0.032 + 0.016), 6);
    const much: MonthlyLogs = { ...month, gibPerDay: 10_000, capacity: "on-demand advantage" };
    expect(costsOf(much).streams).toBeCloseTo(100 * (gib(4_096) * 0.032 + gib(3_750) * 0.016), 6);
  });

  it("have a batch for each shard and window, unless records are fewer", () => {
    expect([invocationsOf(month), invocationsOf(own)]).toEqual([WINDOWS, 100 * WINDOWS]);
    expect(invocationsOf({ ...own, gibPerDay: 1 })).toBeCloseTo(RECORDS / 100, 6);
    expect(invocationsOf({ ...month, gibPerDay: 1_000 })).toBe(8 * WINDOWS);
  });

  it("have a PUT, two prices of Lambda and the function's own lines for each batch", () => {
    const { functions, puts } = costsOf(month);
    expect(puts).toBeCloseTo(WINDOWS * 5e-6, 6);
    const seconds = WINDOWS * 0.1 + (RECORDS * 50 * 1.906e-6 * 1_769) / 512;
    expect(functions).toBeCloseTo(WINDOWS * (0.2e-6 + 0.5 / 2 ** 19) + seconds * 0.5 * 0.0000133334, 6);
  });

  it("are those of one stream for any number of log groups that share it", () => {
    for (const capacity of ["provisioned", "on-demand standard", "on-demand advantage"] as const) {
      const one = { ...month, capacity };
      expect(pipelineCosts({ ...one, logGroups: 1_000 })).toBe(pipelineCosts(one));
      expect(pipelineCosts({ ...one, sharing: "own" })).toBeGreaterThan(pipelineCosts(one));
    }
  });

  it("are in a row for each number of log groups and each size", () => {
    expect(logGroupCostsTable().split("\n")).toHaveLength(2 + 9);
    expect(logGroupCostPartsTable().split("\n")).toHaveLength(2 + 6);
  });
});
