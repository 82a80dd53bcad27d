import { code, markdownTable } from "../../../tools/text/markdown-table";

describe("markdownTable", () => {
  it("escapes characters that would begin another cell, and leaves other Markdown", () => {
    expect(markdownTable(["Name", "Allowed"], [["`a`", "x|y"], ["`b`"]])).toBe(
      "| Name | Allowed |\n|---|---|\n| `a` | x\\|y |\n| `b` |",
    );
  });

  it("pads columns for a terminal, texts to the left and rounded numbers to the right", () => {
    const rows = [
      ["a", 1.23456, 32_000],
      ["a longer one", 123.456, undefined],
      ["c", 1.4, 12.34],
    ];
    expect(markdownTable(["name", "ms", "events"], rows, { isPadded: true }).split("\n")).toEqual([
      "| name         |   ms | events |",
      "| ------------ | ---: | -----: |",
      "| a            | 1.23 | 32,000 |",
      "| a longer one |  123 |        |",
      "| c            | 1.40 |   12.3 |",
    ]);
  });
});

describe("code", () => {
  it("marks an empty text", () => {
    expect(["cwl-", ""].map(code)).toEqual(["`cwl-`", "empty"]);
  });
});
