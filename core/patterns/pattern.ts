import type { RE2JS } from "re2js";
import { instructionsIn, MAX_GROUP_DEPTH } from "./instructions";

/** Maximum size of a compiled pattern, in instructions. Counted repetitions multiply: `x{1,64}` has 129. */
export const MAX_INSTRUCTIONS = 1_000;

/**
 * Maximum work of one search, in instructions times characters: a step takes up to 32 ns, in a text that leads to a new state with
 * each character, so that a search ends within a second. A text of 1 MB is read to its end by patterns of up to 32 instructions.
 */
export const MAX_SEARCH_STEPS = 32 * 1024 * 1024;

/** How far before the last character that is read a secret may begin that goes on behind it, in characters. */
const MAX_SECRET_LENGTH = 8_192;

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

/** A compiled pattern of RE2: its time grows with the text's length alone, whatever the text, and has a limit. */
export class Pattern {
  readonly #compiled: RE2JS;
  /** Characters of a text that are read. */
  readonly #limit: number;

  /** @param compiled a pattern without an error: see {@link compilePattern} */
  constructor(compiled: RE2JS) {
    this.#compiled = compiled;
    this.#limit = Math.floor(MAX_SEARCH_STEPS / compiled.programSize());
  }

  /** Whether the pattern occurs anywhere in a text, or in what is read of a very long one: see {@link MAX_SEARCH_STEPS}. */
  test(text: string): boolean {
    if (text.length <= this.#limit) return this.#compiled.test(text);
    return this.groupIn(text, 0, this.#limit) !== undefined;
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
   * same text always gives the same result. One bound is that of `test`, the other on the sum, over all matches, of the characters that
   * follow: a text of 1 MB reaches it after 64 matches or more, one of 11,000 characters never.
   */
  matches(text: string): { start: number; end: number }[] {
    const read = text.slice(0, this.#limit);
    const matcher = this.#compiled.matcher(read);
    const found: { start: number; end: number }[] = [];
    let end = 0;
    let steps = 0;
    while (matcher.find()) {
      const start = matcher.start();
      if (matcher.end() > start) {
        end = matcher.end();
        found.push({ start, end });
      }
      steps += read.length - start;
      if (steps > MAX_MATCHING_STEPS && end < text.length) {
        found.push({ start: end, end: text.length });
        return found;
      }
    }
    if (read.length < text.length) {
      found.push({ start: Math.max(end, read.length - MAX_SECRET_LENGTH), end: text.length });
    }
    return found;
  }
}

/**
 * Compiles a pattern of RE2.
 *
 * Source: RE2's wiki, "Syntax"; without `\C`, as Go's and Terraform's.
 *
 * @returns the error as a text if RE2 does not take the pattern, or it may be larger than {@link MAX_INSTRUCTIONS}
 */
export function compilePattern(pattern: string): Pattern | string {
  // A package of 190 KB, which a function loads only if it has a pattern: see build/bundle.ts.
  const { RE2JS, RE2JSException }: typeof import("re2js") = require("re2js");
  try {
    const compiled = RE2JS.compile(pattern);
    const size = instructionsIn(pattern);
    if (size === undefined) return UNCOUNTED;
    if (size <= MAX_INSTRUCTIONS) return new Pattern(withStateLimit(compiled));
    return `has ${size} instructions once its repetitions are counted out; the maximum is ${MAX_INSTRUCTIONS}: repeat less, or a smaller group`;
  } catch (error) {
    if (error instanceof RE2JSException) return error.message;
    throw error;
  }
}

const UNCOUNTED =
  `has groups in more than ${MAX_GROUP_DEPTH - 1} others, a parenthesis in \\Q…\\E, or flags with a repetition: ` +
  "take some groups apart, write \\( and \\), and repeat a group instead";

function withStateLimit(compiled: RE2JS): RE2JS {
  const { dfa } = compiled.re2();
  dfa.stateBudget = MAX_STATE_BYTES;
  dfa.memBudget = MAX_STATE_BYTES;
  return compiled;
}
