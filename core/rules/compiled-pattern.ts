import { compilePattern, type Pattern } from "../patterns/pattern";
import { EnvironmentError } from "../settings/parse-variables";

/** @throws EnvironmentError for a pattern that RE2 does not take */
export function compiledPattern(pattern: string): Pattern {
  const compiled = compilePattern(pattern);
  if (typeof compiled !== "string") return compiled;
  throw new EnvironmentError(
    "INVALID_ENVIRONMENT",
    `A pattern in RULES is ${JSON.stringify(pattern)}: ${compiled}. Allowed: a pattern of RE2, without lookahead and backreferences.`,
  );
}
