import fc from "fast-check";
import { decimalNumber, wholeNumber } from "../../../tools/usage/option-value";

describe("wholeNumber", () => {
  it("accepts every whole number within its limits, and no other", () => {
    const { parse } = wholeNumber(0, 65_535);
    fc.assert(
      fc.property(fc.integer({ min: -70_000, max: 70_000 }), (n) => {
        expect(parse(String(n))).toBe(n >= 0 && n <= 65_535 ? n : undefined);
      }),
    );
  });

  it.each(["", " 7", "07", "7.0", "1e3", "0x10", "-7", "+7", "Infinity", "9".repeat(400)])("rejects %j", (given) => {
    expect(wholeNumber(1, 65_535).parse(given)).toBeUndefined();
  });
});

describe("decimalNumber", () => {
  it.each([
    ["0.5", 0.5],
    ["10", 10],
    ["9.75", 9.75],
  ])("accepts %s", (given, number) => {
    expect(decimalNumber(0.5, 10).parse(given)).toBe(number);
  });

  it.each(["", "0.4", "10.1", "1e1", ".5", "5.", "five"])("rejects %j", (given) => {
    expect(decimalNumber(0.5, 10).parse(given)).toBeUndefined();
  });
});
