import { EnvironmentError } from "../settings/parse-variables";
import { compilePattern, type Pattern } from "./pattern";

/**
 * Compiles a pattern of a function's environment.
 *
 * @throws EnvironmentError for a pattern that RE2 does not take; `patternErrors` names all of these, with their places
 */
export function compiledPattern(pattern: string): Pattern {
  const compiled = compilePattern(pattern);
  if (typeof compiled !== "string") return compiled;
  throw new EnvironmentError("INVALID_ENVIRONMENT", `${JSON.stringify(pattern)}: ${compiled}`);
}
