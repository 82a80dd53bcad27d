/** Groups within one another: the plan counts so many. */
export const MAX_GROUP_DEPTH = 6;

/**
 * The regular expressions that count instructions: RE2, by which the plan counts, reads them as JavaScript does.
 * `\{`, `\x{1234}` and `\p{Greek}` neither repeat nor group anything, and neither does what is in a class.
 */
export const COUNTING = {
  /** Terraform counts what a reader takes for one character. */
  unusual: "[^!-~]",
  escape: String.raw`\\(?:[xpP]\{[^}]*\}|[\s\S])`,
  characterClass: String.raw`\[\^?\]?(?:\[:\^?\w+:\]|[^\]])*\]`,
  /** Repeats what is before the flags, repeated or not. What it becomes has no end. */
  repeatedFlags: String.raw`\(\?[a-zA-Z-]*\)\{`,
  flags: String.raw`\(\?[a-zA-Z-]*\)`,
  groupStart: String.raw`\(\?(?:P?<\w+>|[a-zA-Z-]*:)`,
  emptyGroup: String.raw`\(\)`,
  /** Minimum, comma and maximum. */
  repetition: String.raw`\{(\d+)(?:(,)(\d*))?\}`,
  /** What takes two instructions. */
  operator: "[*|]",
  /** A group without a group in it, with its repetition, or what is before the next one. */
  groupOrText: String.raw`\(([^()]*)\)(?:\{(\d+)(?:(,)(\d*))?\})?|([^(]+|\()`,
} as const;

/** A beginning and an end. */
export const INSTRUCTIONS_OF_GROUP = 2;
/** Those of each pattern. */
export const INSTRUCTIONS_OF_PATTERN = 2;
/** Those of `x{2,}` beside its two. */
export const INSTRUCTIONS_OF_NO_MAXIMUM = 2;

const all = (source: string) => new RegExp(source, "gu");

/**
 * Counts the instructions that a pattern has at most once its repetitions are counted out: `(a{10}b){90}` has 1,172.
 *
 * @param pattern that RE2 takes
 * @returns undefined for what the plan cannot count: groups deeper than `MAX_GROUP_DEPTH`, and repeated flags
 */
export function instructionsIn(pattern: string): number | undefined {
  let text = pattern
    .replace(all(COUNTING.unusual), "u")
    .replace(all(COUNTING.escape), "e")
    .replace(all(COUNTING.characterClass), "c")
    .replace(all(COUNTING.repeatedFlags), "(")
    .replace(all(COUNTING.flags), "_")
    .replace(all(COUNTING.groupStart), "(")
    .replace(all(COUNTING.emptyGroup), "(_)");
  for (let depth = 0; depth < MAX_GROUP_DEPTH && text.includes("("); depth++) text = withoutInnermostGroups(text);
  return text.includes("(") ? undefined : INSTRUCTIONS_OF_PATTERN + instructionsOfText(text);
}

/** A group becomes its text and a character for each instruction more, a repeated one what is repeated as often as it has instructions. */
const withoutInnermostGroups = (text: string): string =>
  text.replace(all(COUNTING.groupOrText), (_, group, minimum, comma, maximum, other) => {
    if (other !== undefined) return other;
    if (minimum === undefined) return group + "_".repeat(INSTRUCTIONS_OF_GROUP);
    return `x{${repeated(instructionsOfText(group) + INSTRUCTIONS_OF_GROUP, minimum, comma, maximum)}}`;
  });

/** @param text without groups */
function instructionsOfText(text: string): number {
  let instructions = text.replace(all(COUNTING.repetition), "").length;
  instructions += text.match(all(COUNTING.operator))?.length ?? 0;
  for (const [, minimum, comma, maximum] of text.matchAll(all(COUNTING.repetition))) {
    instructions += repeated(1, minimum!, comma, maximum) - 1;
  }
  return instructions;
}

function repeated(instructions: number, minimum: string, comma?: string, maximum?: string): number {
  const most = Number(maximum || minimum);
  const ends = comma !== undefined && !maximum ? INSTRUCTIONS_OF_NO_MAXIMUM : 0;
  return Math.max(most, 1) * instructions + most - Number(minimum) + ends;
}
