import { lineOf } from "../../../benchmarks/suites/suite";

describe("lineOf", () => {
  it("has the batch and the given columns", () => {
    const row = { batch: "access logs (text); 640 × 50", "ms CPU": 61.234, "× floor": 1.5, "sign %": 30 };
    expect(lineOf(row, ["ms CPU", "× floor"])).toBe("access logs (text); 640 × 50 … 61.2 ms CPU, 1.50 × floor");
  });
});
