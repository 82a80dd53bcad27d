import { compilePattern, MAX_INSTRUCTIONS } from "../../../core/patterns/pattern";
import { type InputRule, thousands } from "../../inputs/rules";
import { literal } from "../../terraform/expression";

/**
 * A pattern that the function can compile.
 *
 * Terraform's patterns are Go's, after which re2js is made: what the one refuses, the other does. Besides, the plan counts what Go
 * accepts: names that occur twice, and repetitions, nested ones each by itself. So `(a{10}b){90}` passes a plan, and is refused at
 * synth or when the function starts.
 */
export const re2: InputRule = {
  allowed:
    "a pattern that RE2 takes (no lookahead, no backreference), that has each group's name once, " +
    `and up to ${thousands(MAX_INSTRUCTIONS)} instructions (x{50} has 50 of them, x{0,50} 100)`,
  source: "RE2 wiki, Syntax",
  accepts: (value) => typeof compilePattern(String(value)) !== "string",
  condition: (value) => {
    const text = `replace(${value}, ${literal(ESCAPES)}, "")`;
    const names = `regexall(${literal(NAME)}, ${text})`;
    const repetitions = `regexall(${literal(REPETITION)}, ${text})`;
    const instructions = `[for count in ${repetitions} : 2 * tonumber(coalesce(count[1], count[0])) - tonumber(count[0])]`;
    return [
      `can(replace("", format("/%s/", ${value}), ""))`,
      `length(${names}) == length(distinct(${names}))`,
      // Two instructions begin and end each pattern.
      `sum(concat([2], ${instructions})) <= ${MAX_INSTRUCTIONS}`,
    ].join(" && ");
  },
};

/** `\{`, `\x{1234}` and `\p{Greek}` neither repeat nor name anything. */
const ESCAPES = "/\\\\([xpP]\\{[^}]*\\}|.)/";
const NAME = "\\(\\?P?<(\\w+)>";
const REPETITION = "\\{(\\d+)(?:,(\\d*))?\\}";
