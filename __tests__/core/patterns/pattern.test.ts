import { createHash } from "node:crypto";
import fc from "fast-check";
import { RE2JS } from "re2js";
import {
  compilePattern,
  MAX_INSTRUCTIONS,
  MAX_SEARCH_STEPS,
  MAX_STATE_BYTES,
  Pattern,
} from "../../../core/patterns/pattern";
import { ACCEPTED_PATTERNS, REFUSED_PATTERNS } from "../../support/re2-patterns";

function compiled(pattern: string): Pattern {
  const result = compilePattern(pattern);
  if (typeof result === "string") throw new Error(result);
  return result;
}

/** Any sequence of UTF-16 code units, halves of pairs included. */
const anyText = fc.string({
  unit: fc.constantFrom("a", "b", "1", " ", "\n", "é", "\u{1f600}", "\ud83d", "\ude00", "\0"),
});

describe("compilePattern", () => {
  it.each(ACCEPTED_PATTERNS)("takes %j", (pattern) => {
    expect(compilePattern(pattern)).toBeInstanceOf(Pattern);
  });

  it.each(REFUSED_PATTERNS)("refuses %j with RE2's own words", (pattern) => {
    expect(compilePattern(pattern)).toMatch(/^error parsing regexp: |^expression nests too deeply/);
  });

  it("keeps no more of the texts that a pattern has read than its limit, and finds the same", () => {
    const compile = jest.spyOn(RE2JS, "compile");
    const pattern = compiled("a[ab]{20}[^ab]");
    const { dfa } = (compile.mock.results[0]!.value as RE2JS).re2();
    // Each of the last 21 characters decides: nearly each one leads to a state that no text has led to before.
    const letters = [...createHash("shake256", { outputLength: 2_000 }).update("letters").digest()]
      .map((byte) => byte.toString(2).padStart(8, "0").replaceAll("0", "a").replaceAll("1", "b"))
      .join("");
    expect(pattern.test(letters)).toBe(false);
    expect(pattern.test(`${letters}a${"b".repeat(20)}c`)).toBe(true);
    const bytes = [...dfa.cachedStates()].reduce((sum, { nfaStates }) => sum + 8 * nfaStates.length + 150, 0);
    expect(bytes).toBeGreaterThan(MAX_STATE_BYTES / 4);
    expect(bytes).toBeLessThanOrEqual(MAX_STATE_BYTES);
  });

  it("refuses a name that two groups have, which Go's takes", () => {
    expect(compilePattern("(?P<n>a)(?P<n>b)")).toContain("duplicate capture group name: `n`");
  });

  it("refuses a pattern whose repetitions make it large, with its size", () => {
    expect(compilePattern(`x{${MAX_INSTRUCTIONS - 10}}`)).toBeInstanceOf(Pattern);
    expect(compilePattern("(ab){1000}")).toMatch(/^has \d{4} instructions .*; the maximum is 1000: repeat less/);
    expect(compilePattern("(a{10}b){90}")).toMatch(/^has 1172 instructions /);
  });

  it("refuses groups that the plan cannot count, with what to write instead", () => {
    expect(compilePattern("(((((((a)))))))")).toMatch(/^has groups in more than 5 others.*take some groups apart/);
    expect(compilePattern("\\Q(\\E")).toContain("write \\( and \\)");
  });
});

describe("Pattern", () => {
  it("finds what JavaScript's own patterns find, in any text", () => {
    for (const source of ["[a-b]+", "^a|b$", "(?:a|aa)1", "[^a]", ".b", "\\d+ \\w", "(?:)a*"]) {
      const reference = new RegExp(source, "u");
      fc.assert(fc.property(anyText, (text) => expect(compiled(source).test(text)).toBe(reference.test(text))));
    }
  });

  it("knows its groups by name, and gives the first one otherwise", () => {
    const pattern = compiled("/(?P<section>[a-z]+)/(?P<page>[a-z]+)(\\?q)?");
    expect(pattern.groupIn("/blog/cats", pattern.group("page"))).toBe("cats");
    expect(pattern.groupIn("/blog/cats", pattern.group("other"))).toBe("blog");
    expect(pattern.groupIn("/blog/cats", 3)).toBeUndefined();
    expect(pattern.groupIn("none", 1)).toBeUndefined();
    expect(compiled("a+").group("a")).toBe(0);
    expect(compiled("a+").groupIn("caab", 0)).toBe("aa");
  });

  it("reads a text up to a limit, and takes no match that reaches it, unless the text ends there", () => {
    const word = compiled("/([a-z]+)");
    expect(word.groupIn("/cats/", 1, 5)).toBeUndefined();
    expect(word.groupIn("/cats", 1, 5)).toBe("cats");
    expect(word.groupIn("/cats/", 1, 6)).toBe("cats");
    expect(compiled("cat(s)?$").groupIn("cats and dogs", 0, 4)).toBeUndefined();
    expect(compiled("dogs").groupIn("cats and dogs", 0, 4)).toBeUndefined();
  });

  it("takes the names of what every object inherits for groups of the pattern alone", () => {
    expect(compiled("(a)(?P<b>b)").group("constructor")).toBe(1);
    expect(compiled("(a)(?P<__proto__>b)").group("__proto__")).toBe(2);
  });

  it("matches where JavaScript's own patterns match, in any text", () => {
    for (const source of ["[a-b]+", "\\d", "a.", "[^a]+", "b$"]) {
      const pattern = compiled(source);
      const reference = new RegExp(source, "gu");
      fc.assert(
        fc.property(anyText, (text) => {
          const expected = Array.from(text.matchAll(reference), ({ 0: { length }, index: start }) => {
            return { start, end: start + length };
          });
          expect(pattern.matches(text)).toEqual(expected);
        }),
      );
    }
  });

  it("reads as much of a text as it has time for, and takes no match that reaches the end of that", () => {
    const pattern = compiled("a[ab]{50}[^ab]");
    const end = `${"a".repeat(51)}-`;
    const far = Math.floor(MAX_SEARCH_STEPS / 50);
    expect(pattern.test("-".repeat(far / 2) + end)).toBe(true);
    expect(pattern.test("-".repeat(far) + end)).toBe(false);
    // What is read ends in `b`, the text does not.
    expect(compiled("b$").test(`${"b".repeat(MAX_SEARCH_STEPS)}a`)).toBe(false);
  });

  it("takes what it has no time to read for one match, and a secret that begins before that", () => {
    const pattern = compiled("a[ab]{50}[^ab]");
    const secret = `${"a".repeat(51)}-`;
    const filler = "-".repeat(100);
    const text = filler + secret + "-".repeat(MAX_SEARCH_STEPS / 40);
    const [first, rest, ...others] = pattern.matches(text);
    expect(first).toEqual({ start: 100, end: 152 });
    expect(others).toEqual([]);
    expect(rest!.end).toBe(text.length);
    const half = text.slice(0, rest!.start + 8_192 - 20) + secret + filler;
    expect(pattern.matches(half).at(-1)!.start).toBeLessThan(half.indexOf(secret, 152));
  });

  it("has no empty matches", () => {
    expect(compiled("a*").matches("bab")).toEqual([{ start: 1, end: 2 }]);
    expect(compiled("$").matches("ab")).toEqual([]);
  });

  it("takes the rest of a text that has too many matches for its length for one match", () => {
    const short = "a ".repeat(5_000);
    expect(compiled("a").matches(short)).toHaveLength(5_000);
    const long = short.repeat(50);
    const found = compiled("a").matches(long);
    expect(found.length).toBeLessThan(500);
    expect(found.at(-1)).toEqual({ start: found.at(-2)!.end, end: long.length });
  });
});
