import type { RE2JS } from "re2js";

/**
 * Maximum size of a compiled pattern, in instructions: a search takes up to 10 ns per instruction and character. Counted
 * repetitions multiply: `\w{1,64}` has 66.
 */
export const MAX_INSTRUCTIONS = 1_000;

/**
 * Steps for all matches in one text. A search may read the text to its end to match a single character, as `a.*b|a` does, so
 * that many matches in a long text would take the square of its length.
 */
const MAX_MATCHING_STEPS = 64 * 1024 * 1024;

/**
 * Maximum size of what a pattern remembers of the texts that it has read, in bytes as `re2js` counts them. Its own limit is 8 MB for
 * each pattern, and a stranger's texts could fill those of all.
 */
export const MAX_STATE_BYTES = 256 * 1024;

/** A compiled pattern of RE2: its time grows with the text's length alone, whatever the text. */
export class Pattern {
  readonly #compiled: RE2JS;

  /** @param compiled a pattern without an error: see {@link compilePattern} */
  constructor(compiled: RE2JS) {
    this.#compiled = compiled;
  }

  /** Whether the pattern occurs anywhere in a text. */
  test(text: string): boolean {
    return this.#compiled.test(text);
  }

  /** The number of the group `name`, else that of the first group; 0, the whole match, for a pattern without groups. */
  group(name: string): number {
    return this.#compiled.namedGroups()[name] ?? Math.min(1, this.#compiled.groupCount());
  }

  /**
   * What a group holds at the pattern's first match; undefined if there is none, or the group is no part of it.
   *
   * @param limit characters of the text that are read. A match that reaches the limit of a longer text is none: it might go on, or
   * take the limit for the text's end
   */
  groupIn(text: string, group: number, limit = text.length): string | undefined {
    const read = text.slice(0, limit);
    // Many times as fast where there is no match.
    if (!this.#compiled.test(read)) return undefined;
    const matcher = this.#compiled.matcher(read);
    if (!matcher.find() || (limit < text.length && matcher.end() === limit)) return undefined;
    return matcher.group(group) ?? undefined;
  }

  /**
   * Returns where all that matches is, in order. A match of no character is none.
   *
   * Beyond a bound on the time, the rest of the text is one match: whoever redacts leaves no secret because there are many, and the
   * same text always gives the same result. The bound is on the sum, over all matches, of the characters that follow: a text of 1 MB
   * reaches it after 64 matches or more, one of 11,000 characters never.
   */
  matches(text: string): { start: number; end: number }[] {
    const matcher = this.#compiled.matcher(text);
    const found: { start: number; end: number }[] = [];
    let end = 0;
    let steps = 0;
    while (matcher.find()) {
      const start = matcher.start();
      if (matcher.end() > start) {
        end = matcher.end();
        found.push({ start, end });
      }
      steps += text.length - start;
      if (steps > MAX_MATCHING_STEPS && end < text.length) {
        found.push({ start: end, end: text.length });
        return found;
      }
    }
    return found;
  }
}

/**
 * Compiles a pattern of RE2.
 *
 * Source: RE2's wiki, "Syntax"; without `\C`, as Go's and Terraform's.
 *
 * @returns the error as a text if RE2 does not take the pattern, or it is larger than {@link MAX_INSTRUCTIONS}
 */
export function compilePattern(pattern: string): Pattern | string {
  // A package of 190 KB, which a function loads only if it has a pattern: see build/bundle.ts.
  const { RE2JS, RE2JSException }: typeof import("re2js") = require("re2js");
  try {
    const compiled = RE2JS.compile(pattern);
    const size = compiled.programSize();
    if (size <= MAX_INSTRUCTIONS) return new Pattern(withStateLimit(compiled));
    return `has ${size} instructions once its repetitions are counted out; the maximum is ${MAX_INSTRUCTIONS}`;
  } catch (error) {
    if (error instanceof RE2JSException) return error.message;
    throw error;
  }
}

function withStateLimit(compiled: RE2JS): RE2JS {
  const { dfa } = compiled.re2();
  dfa.stateBudget = MAX_STATE_BYTES;
  dfa.memBudget = MAX_STATE_BYTES;
  return compiled;
}
