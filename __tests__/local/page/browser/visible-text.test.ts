import fc from "fast-check";
import { beginningOf, visibleText } from "../../../../local/page/browser/ui/visible-text";

describe("visibleText", () => {
  it.each([
    ["\u001b[31mred\u001b[0m", "⟨ESC⟩[31mred⟨ESC⟩[0m"],
    ["\u202egnp.exe", "⟨U+202E⟩gnp.exe"],
    ["a\u0000b\u007f\u009b", "a⟨NUL⟩b⟨U+007F⟩⟨U+009B⟩"],
    ["a\tb\nc\r", "a\tb\nc⟨CR⟩"],
    ["👨‍👩‍👧", "👨‍👩‍👧"],
    ["<b>&amp;</b>", "<b>&amp;</b>"],
  ])("shows %j as %j", (text, shown) => expect(visibleText(text)).toBe(shown));

  it("leaves nothing that hides or reorders", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(visibleText(text)).not.toMatch(/(?![\n\t\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});

describe("beginningOf", () => {
  it("cuts no character in two", () => {
    expect(beginningOf("ab🐈", 3)).toEqual({ shown: "ab", more: 2 });
    expect(beginningOf("ab", 2)).toEqual({ shown: "ab", more: 0 });
  });
});
