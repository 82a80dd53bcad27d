import { isUnhindered } from "../../../soak/audit/waits";
import type { ShardWait } from "../../../soak/record-ledger";

const wait = (hostile: number, longestMs: number): ShardWait => {
  return { shardId: `shard-${longestMs}`, records: 100, hostile, longestMs };
};

describe("isUnhindered", () => {
  it("allows twice the wait of a shard without hostile records, and 30 s", () => {
    expect(isUnhindered([wait(1, 50_000), wait(0, 10_000)])).toBe(true);
    expect(isUnhindered([wait(1, 50_001), wait(0, 10_000)])).toBe(false);
  });

  it("compares the longest waits of several shards", () => {
    expect(isUnhindered([wait(1, 5), wait(2, 50_001), wait(0, 10_000), wait(0, 5)])).toBe(false);
    expect(isUnhindered([wait(1, 5), wait(2, 50_001), wait(0, 5), wait(0, 11_000)])).toBe(true);
  });
});
