import * as fc from "fast-check";
import { fieldText, jsonQuoted, quotesEscaped, verbatimFieldText } from "../../../../core/sinks/opensearch/field-text";

/** Without what JSON escapes but quotes. */
const verbatim = fc
  .array(
    fc.oneof(fc.constantFrom('"', "é", "日", "a", " ", "2026-11-21", "T10:00"), fc.string({ unit: "grapheme-ascii" })),
  )
  .map((parts) => parts.join("").replaceAll("\\", ""));

describe("quotesEscaped", () => {
  it("writes what JSON writes", () => {
    fc.assert(
      fc.property(verbatim, (text) => {
        expect(quotesEscaped(text)).toBe(JSON.stringify(text));
        expect(quotesEscaped(text)).toBe(jsonQuoted(text));
      }),
    );
  });
});

describe("verbatimFieldText", () => {
  it("writes what fieldText writes, with a line break behind what is only a date", () => {
    fc.assert(
      fc.property(verbatim, (text) => {
        expect(verbatimFieldText(text)).toBe(fieldText(text));
      }),
    );
    expect(verbatimFieldText("2026-11-21")).toBe('"2026-11-21\\n"');
  });
});
