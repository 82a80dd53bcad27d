import { compilePattern, type Pattern } from "../../core/patterns/pattern";
import { quoted } from "../../tools/text/one-line";
import type { ValidationErrors } from "../../tools/usage/validation-errors";

/** Compiles a pattern of a command line; undefined after an error, which is added. */
export function searchPattern(
  given: string,
  { ignoreCase, name }: { ignoreCase: boolean; name: string },
  errors: ValidationErrors,
): Pattern | undefined {
  const compiled = compilePattern(ignoreCase ? `(?i)${given}` : given);
  if (typeof compiled !== "string") return compiled;
  errors.add(
    `${name} is ${quoted(given)}: ${compiled}. Allowed: a pattern of RE2, without lookahead and backreferences; \\Q…\\E takes a text as it is.`,
  );
  return undefined;
}
