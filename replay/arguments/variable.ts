import { ENVIRONMENT, type Variable, validationError } from "../../core/settings/environment";
import type { Mistakes } from "./mistakes";

type Name = "ARCHIVE_BUCKET" | "ARCHIVE_PREFIX" | "INDEX_PREFIX" | "SEARCH_ENDPOINT" | "TIME_FIELD";

/** An option that means the same as a variable of the forwarder: its rules and its default are those of the variable. */
export function variableValue(name: Name, option: string, given: string | undefined, mistakes: Mistakes): string {
  const variable: Variable<string> = ENVIRONMENT[name];
  const value = given ?? variable.default;
  if (value === undefined) mistakes.add(`${option} is missing. Allowed: ${variable.allowed}.`);
  const parsed = variable.parse(value ?? "");
  if (value !== undefined && parsed === undefined) mistakes.add(validationError(option, value, variable));
  return parsed ?? "";
}
