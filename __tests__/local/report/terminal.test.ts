import fc from "fast-check";
import { clip, displayWidth, padColumns } from "../../../local/report/terminal";
import { oneLine } from "../../../tools/text/one-line";

const anyText = fc.string({ unit: "binary", maxLength: 60 });

describe("displayWidth", () => {
  it.each([
    ["", 0],
    ["plain", 5],
    ["größer", 6],
    ["e\u0301", 1],
    ["件の注文", 8],
    ["한국어", 6],
    ["ＡＢ", 4],
    ["ｱｲｳ", 3],
    ["🐈", 2],
    ["👩‍👩‍👧", 2],
    ["🇩🇪", 2],
    ["❤️", 2],
    ["©…—", 3],
  ])("counts the columns of %s: %i", (text, columns) => {
    expect(displayWidth(text)).toBe(columns);
  });
});

describe("clip", () => {
  it("leaves a text that fits unchanged", () => {
    expect(clip("件の注文", 8)).toBe("件の注文");
  });

  it("marks a cut, and never splits a character", () => {
    expect(clip("件の注文", 7)).toBe("件の注…");
    expect(clip("件の注文", 6)).toBe("件の…");
    expect(clip("👩‍👩‍👧👩‍👩‍👧", 3)).toBe("👩‍👩‍👧…");
    expect(clip("x".repeat(1_000_000), 5)).toBe("xxxx…");
  });

  it("never exceeds the width", () => {
    fc.assert(
      fc.property(anyText.map(oneLine), fc.integer({ min: 1, max: 50 }), (text, columns) => {
        expect(displayWidth(clip(text, columns))).toBeLessThanOrEqual(columns);
        expect(displayWidth(padColumns(clip(text, columns), columns))).toBe(columns);
      }),
    );
  });
});
