import { chosenCases, lineOf } from "../../../benchmarks/suites/suite";

describe("lineOf", () => {
  it("has the batch and the given columns", () => {
    const row = { batch: "access logs (text); 640 × 50", "ms CPU": 61.234, "× floor": 1.5, "sign %": 30 };
    expect(lineOf(row, ["ms CPU", "× floor"])).toBe("access logs (text); 640 × 50 … 61.2 ms CPU, 1.50 × floor");
  });
});

describe("chosenCases", () => {
  const all = ["text; 1 × 1", "text; 1 × 1,000", "JSON; 1 × 1"].map((name) => ({ name }));

  it("chooses the cases that have one of the texts, and all without any", () => {
    expect(chosenCases(all, { cases: ["1,000", "JSON"] }).map(({ name }) => name)).toEqual([
      "text; 1 × 1,000",
      "JSON; 1 × 1",
    ]);
    expect(chosenCases(all, {})).toEqual(all);
  });

  it("says what to do when none is left", () => {
    expect(() => chosenCases(all, { cases: ["XML"] })).toThrow(/--cases is "XML"\. Allowed: part of a batch's name/);
  });
});
