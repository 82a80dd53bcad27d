import { tableOf } from "../../benchmarks/table";

describe("tableOf", () => {
  it("writes Markdown, with numbers rounded to what can be read", () => {
    const rows = [
      { name: "a", ms: 1.23456, events: 32_000 },
      { name: "b", ms: 123.456, events: 1 },
    ];
    expect(tableOf(rows).split("\n")).toEqual([
      "| name | ms | events |",
      "| --- | ---: | ---: |",
      "| a | 1.23 | 32,000 |",
      "| b | 123 | 1 |",
    ]);
  });
});
