import fc from "fast-check";
import { clip, displayWidth, oneLine, padColumns } from "../../../local/report/terminal";

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
  it("leaves alone what fits", () => {
    expect(clip("件の注文", 8)).toBe("件の注文");
  });

  it("says that there was more, and never cuts a character in two", () => {
    expect(clip("件の注文", 7)).toBe("件の注…");
    expect(clip("件の注文", 6)).toBe("件の…");
    expect(clip("👩‍👩‍👧👩‍👩‍👧", 3)).toBe("👩‍👩‍👧…");
    expect(clip("x".repeat(1_000_000), 5)).toBe("xxxx…");
  });

  it("never is wider than it may be", () => {
    fc.assert(
      fc.property(anyText.map(oneLine), fc.integer({ min: 1, max: 50 }), (text, columns) => {
        expect(displayWidth(clip(text, columns))).toBeLessThanOrEqual(columns);
        expect(displayWidth(padColumns(clip(text, columns), columns))).toBe(columns);
      }),
    );
  });
});

describe("oneLine", () => {
  it("drops colours, titles and other escape sequences", () => {
    expect(oneLine("\u001b[31mred\u001b[0m \u001b]0;title\u0007and\u001b[2J clear")).toBe("red and clear");
  });

  it("makes white space of any kind one space", () => {
    expect(oneLine(" a\r\n\tb\u2028c\u00a0d\u3000e ")).toBe("a b c d e");
  });

  it("leaves nothing that a terminal would obey", () => {
    fc.assert(
      fc.property(
        fc.oneof(anyText, fc.string({ unit: fc.constantFrom("\u001b", "\u009b", "[", "2", "J", "a") })),
        (text) => {
          // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
          expect(oneLine(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
        },
      ),
    );
  });

  it("keeps emoji of several code points", () => {
    expect(oneLine("👩‍👩‍👧 🏴󠁧󠁢󠁳󠁣󠁴󠁿 ❤️")).toBe("👩‍👩‍👧 🏴󠁧󠁢󠁳󠁣󠁴󠁿 ❤️");
  });
});
