import {
  COUNTING,
  INSTRUCTIONS_OF_GROUP,
  INSTRUCTIONS_OF_NO_MAXIMUM,
  INSTRUCTIONS_OF_PATTERN,
  MAX_GROUP_DEPTH,
} from "../../../core/patterns/instructions";
import { compilePattern, MAX_INSTRUCTIONS } from "../../../core/patterns/pattern";
import { type InputRule, thousands } from "../../inputs/rules";
import { literal } from "../../terraform/expression";

/**
 * A pattern that the function can compile.
 *
 * Terraform's patterns are Go's, after which re2js is made: what the one refuses, the other does. Besides, the plan counts what Go
 * accepts: names that occur twice, and instructions, by the regular expressions of `instructionsIn`.
 */
export const re2: InputRule = {
  allowed:
    "a pattern that RE2 takes (no lookahead, no backreference), that has each group's name once, " +
    `groups in up to ${MAX_GROUP_DEPTH - 1} others, and up to ${thousands(MAX_INSTRUCTIONS)} instructions ` +
    "(x{50} has 50 of them, x{0,50} 100, (ab){50} 200)",
  source: "RE2 wiki, Syntax",
  accepts: (value) => typeof compilePattern(String(value)) !== "string",
  condition: (value) => {
    const names = `regexall(${literal(NAME)}, ${replaced(value, COUNTING.escape, "")})`;
    return [
      `can(replace("", format("/%s/", ${value}), ""))`,
      `length(${names}) == length(distinct(${names}))`,
      // A list of one: an expression has no name otherwise.
      `alltrue([for text in [${withoutGroups(value)}] : ` +
        `!strcontains(text, "(") && ${INSTRUCTIONS_OF_PATTERN} + ${instructionsOfText("text")} <= ${MAX_INSTRUCTIONS}])`,
    ].join(" && ");
  },
};

const NAME = "\\(\\?P?<(\\w+)>";

const replaced = (text: string, pattern: string, by: string): string =>
  `replace(${text}, ${literal(`/${pattern}/`)}, ${literal(by)})`;

/** As in `instructionsIn`. */
function withoutGroups(value: string): string {
  let text = replaced(value, COUNTING.unusual, "u");
  text = replaced(text, COUNTING.escape, "e");
  text = replaced(text, COUNTING.characterClass, "c");
  text = replaced(text, COUNTING.repeatedFlags, "(");
  text = replaced(text, COUNTING.flags, "_");
  text = replaced(text, COUNTING.groupStart, "(");
  text = replaced(text, COUNTING.emptyGroup, "(_)");
  for (let depth = 0; depth < MAX_GROUP_DEPTH; depth++) text = withoutInnermostGroups(text);
  return text;
}

function withoutInnermostGroups(text: string): string {
  const counted = repeated(`(${instructionsOfText("group[0]")} + ${INSTRUCTIONS_OF_GROUP})`, "slice(group, 1, 4)");
  const other = `group[1] == null ? join("", [group[0], "${"_".repeat(INSTRUCTIONS_OF_GROUP)}"]) : format("x{%d}", ${counted})`;
  return `join("", [for group in regexall(${literal(COUNTING.groupOrText)}, ${text}) : group[4] != null ? group[4] : ${other}])`;
}

/** @param text without groups; named more than once */
function instructionsOfText(text: string): string {
  const repetitions = `regexall(${literal(COUNTING.repetition)}, ${text})`;
  return [
    `length(${replaced(text, COUNTING.repetition, "")})`,
    `length(regexall(${literal(COUNTING.operator)}, ${text}))`,
    `sum(concat([0], [for count in ${repetitions} : ${repeated("1", "count")} - 1]))`,
  ].join(" + ");
}

/** @param count minimum, comma and maximum */
function repeated(instructions: string, count: string): string {
  const [minimum, most] = [`tonumber(${count}[0])`, `tonumber(coalesce(${count}[2], ${count}[0]))`];
  const ends = `(${count}[1] != null && coalesce(${count}[2], "none") == "none" ? ${INSTRUCTIONS_OF_NO_MAXIMUM} : 0)`;
  return `max(${most}, 1) * ${instructions} + ${most} - ${minimum} + ${ends}`;
}
