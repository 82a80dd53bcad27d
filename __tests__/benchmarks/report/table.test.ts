import { formatCell, tableOf } from "../../../benchmarks/report/table";

describe("tableOf", () => {
  it("formats Markdown with aligned columns, and rounds numbers to about three digits", () => {
    const rows = [
      { name: "a", ms: 1.23456, events: 32_000 },
      { name: "a longer one", ms: 123.456, events: 1 },
      { name: "c", ms: 1.4, events: 12.34 },
    ];
    expect(tableOf(rows).split("\n")).toEqual([
      "| name         |   ms | events |",
      "| ------------ | ---: | -----: |",
      "| a            | 1.23 | 32,000 |",
      "| a longer one |  123 |      1 |",
      "| c            | 1.40 |   12.3 |",
    ]);
  });
});

describe("formatCell", () => {
  it("leaves a text as it is", () => {
    expect(formatCell("0.987")).toBe("0.987");
  });

  it("is empty for a column that the row lacks", () => {
    expect(formatCell(undefined)).toBe("");
  });
});
