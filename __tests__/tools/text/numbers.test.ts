import { count, counted, mebibytes, rounded } from "../../../tools/text/numbers";

describe("numbers", () => {
  it("groups the digits of counts, and puts their noun into the plural", () => {
    expect([count(1_234_567), counted(1, "object"), counted(0, "object"), counted(2_000, "object")]).toEqual([
      "1,234,567",
      "1 object",
      "0 objects",
      "2,000 objects",
    ]);
  });

  it("shows sizes in MiB", () => {
    expect(mebibytes(1_572_864)).toBe("1.5 MiB");
  });

  it.each([
    [0, "0"],
    [1.234, "1.23"],
    [0.1, "0.10"],
    [0.0001234, "0.00012"],
    [-1.5, "-1.50"],
    [12.34, "12.3"],
    [123.4, "123"],
    [1_234, "1,234"],
  ])("rounds %d to %s", (n, text) => {
    expect(rounded(n)).toBe(text);
  });
});
