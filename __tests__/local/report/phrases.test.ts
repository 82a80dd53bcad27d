import fc from "fast-check";
import { textsOf } from "../../../local/report/message";
import { phrasesOf } from "../../../local/report/phrases";

describe("phrasesOf", () => {
  it.each([
    ["a line that is a phrase", "search me im a log", "search me im a log"],
    ["a word", "ilikecats", "ilikecats"],
    ["a line after its time", "2026-11-21T03:00:00Z INFO order 7 paid", "INFO order 7 paid"],
    [
      "nginx",
      '192.0.2.1 - - [21/Nov/2026:03:00:00 +0000] "GET /a/b HTTP/1.1" 200 13 "-" "curl/8"',
      "GET /a/b HTTP/1.1",
    ],
    ["apostrophes", "don't panic, it's fine", "don't panic, it's fine"],
    ["backslashes", "C:\\temp\\new C$", "new C"],
    ["a long line, up to 40 columns", `${"word ".repeat(100)}`, "word word word word word word word word"],
    ["CJK", "件の注文 (取消)", "件の注文"],
    ["JSON by its most informative member", '{"v":"a b","eventName":"GetBucketAcl"}', "GetBucketAcl"],
  ])("begins with the readable part of %s", (_, line, phrase) => {
    expect(phrasesOf(line)[0]).toBe(phrase);
  });

  it.each([
    ["nothing but punctuation", "***---***!!!"],
    ["nothing but emoji modifiers", "\u{1f3fb}\u{1f3fb}"],
    ["nothing but digits", "12345 67890"],
  ])("ends with the whole of %s", (_, line) => {
    expect(phrasesOf(line).at(-1)).toBe(line);
  });

  it("has the end of a line whose beginning is a logger's, which a parser makes fields of", () => {
    const line = "2026-11-21T03:00:00Z INFO [main] com.shop.Orders - order 7 placed\n  at x";
    expect(phrasesOf(line)).toContain("order 7 placed");
  });

  it("returns a search engine's first token of one endless word", () => {
    expect(phrasesOf("x".repeat(1_000_000)).at(-1)).toBe("x".repeat(255));
  });

  it("returns a few parts of the line's texts, none of them empty", () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string({ unit: "binary" }), fc.lorem()), (line) => {
        const phrases = phrasesOf(line);
        expect(phrases.length).toBeLessThanOrEqual(12);
        for (const phrase of phrases) {
          expect(phrase).not.toBe("");
          expect(textsOf(line).some((text) => text.includes(phrase))).toBe(true);
        }
      }),
    );
  });
});
