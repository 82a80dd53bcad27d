import { PipelineError } from "../errors";
import { given } from "./given";
import { shownUrl } from "./shown-url";
import type { Variable, VariableValues } from "./variable";

/** Thrown at the function's start. Its message lists every variable that is missing or not allowed. */
export class EnvironmentError extends PipelineError {
  override readonly name = "EnvironmentError";
}

/** Returns the validation error for a value that `variable`, or the option `name` with its rules, does not allow. */
export function validationError(
  name: string,
  value: string,
  { mayHoldPassword, allowed }: Pick<Variable<unknown>, "mayHoldPassword" | "allowed">,
): string {
  return `${name} is ${mayHoldPassword ? shownUrl(value) : given(value)}. Allowed: ${allowed}.`;
}

/**
 * Parses the environment of a function that has `variables`.
 *
 * @param errorsAmong returns what is wrong with the values together; those that are not allowed by themselves are missing
 * @throws EnvironmentError listing every variable that is missing or not allowed, with the given and the allowed values
 */
export function parseVariables<Variables extends Record<string, Variable<unknown>>>(
  variables: Variables,
  env: Record<string, string | undefined>,
  errorsAmong: (values: Partial<VariableValues<Variables>>) => readonly string[] = () => [],
): VariableValues<Variables> {
  const errors: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, variable] of Object.entries(variables)) {
    const value = env[name] || variable.default;
    if (value === undefined) {
      errors.push(`${name} is not set. Allowed: ${variable.allowed}.`);
      continue;
    }
    values[name] = variable.parse(value);
    if (values[name] === undefined) {
      errors.push(...(variable.mistakesIn?.(value, name) ?? [validationError(name, value, variable)]));
    }
  }
  errors.push(...errorsAmong(values as Partial<VariableValues<Variables>>));
  if (errors.length > 0) {
    throw new EnvironmentError(
      "INVALID_ENVIRONMENT",
      `Correct the function's environment variables:\n- ${errors.join("\n- ")}`,
    );
  }
  return values as VariableValues<Variables>;
}
