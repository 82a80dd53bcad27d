import { ENVIRONMENT } from "../../functions/forwarder/environment";
import type { Mistakes } from "./mistakes";

type Name = "ARCHIVE_BUCKET" | "ARCHIVE_PREFIX" | "INDEX_PREFIX" | "SEARCH_ENDPOINT" | "TIME_FIELD";

/** An option that means the same as a variable of the forwarder: its rules and its default are those of the variable. */
export function variableValue(name: Name, option: string, given: string | undefined, mistakes: Mistakes): string {
  const variable: {
    allowed: string;
    default?: string;
    mayHoldPassword?: boolean;
    parse(value: string): string | undefined;
  } = ENVIRONMENT[name];
  const value = given ?? variable.default;
  if (value === undefined) mistakes.add(`${option} is missing. Allowed: ${variable.allowed}.`);
  const parsed = variable.parse(value ?? "");
  if (value !== undefined && parsed === undefined) {
    const given = variable.mayHoldPassword ? "of another form" : JSON.stringify(value);
    mistakes.add(`${option} is ${given}. Allowed: ${variable.allowed}.`);
  }
  return parsed ?? "";
}
