import { EnvironmentError } from "../settings/parse-variables";
import { compilePattern, type Pattern } from "./pattern";

/**
 * Compiles a pattern of a function's environment.
 *
 * @param where names the pattern in the error, such as `A pattern in RULES`
 * @throws EnvironmentError for a pattern that RE2 does not take
 */
export function compiledPattern(pattern: string, where: string): Pattern {
  const compiled = compilePattern(pattern);
  if (typeof compiled !== "string") return compiled;
  throw new EnvironmentError(
    "INVALID_ENVIRONMENT",
    `${where} is ${JSON.stringify(pattern)}: ${compiled}. Allowed: a pattern of RE2, without lookahead and backreferences.`,
  );
}
