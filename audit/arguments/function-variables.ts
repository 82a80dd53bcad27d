import { readFileSync } from "node:fs";
import { isObject } from "../../core/json/object";
import { patternErrors } from "../../core/patterns/pattern-errors";
import type { AccessLogSource } from "../../core/settings/access-log-sources";
import { type AccessLogsEnvironment, parseAccessLogsEnvironment } from "../../core/settings/access-logs";
import { EnvironmentError } from "../../core/settings/parse-variables";
import { parsedJson } from "../../core/settings/parsed-json";
import type { ValidationErrors } from "../../tools/usage/validation-errors";

/** The option's flags. */
export const FUNCTION_VARIABLES_FLAGS = "--function-variables <file>";

export const FUNCTION_VARIABLES_FORM =
  "what `aws lambda get-function-configuration --function-name <name>-access-logs --query Environment.Variables` prints";

/** Lambda's own, which no line depends on. */
const OF_LAMBDA = { AWS_REGION: "us-east-1" };

/**
 * Reads the file of the option `--function-variables`: the environment variables of the function `access-logs`.
 *
 * @param errors to which its mistakes are added
 * @returns undefined after an error
 */
export function readFunctionVariables(path: string, errors: ValidationErrors): AccessLogsEnvironment | undefined {
  const option = `--function-variables ${path}`;
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    errors.add(`${option} cannot be read: ${(error as Error).message}.`);
    return undefined;
  }
  const given = parsedJson(text);
  if (!isObject(given) || !Object.values(given).every((value) => typeof value === "string")) {
    errors.add(`${option} is no JSON object of texts. Allowed: ${FUNCTION_VARIABLES_FORM}.`);
    return undefined;
  }
  try {
    return parseAccessLogsEnvironment({ ...OF_LAMBDA, ...(given as Record<string, string>) }, patternErrors);
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    const [, ...mistakes] = error.message.split("\n- ");
    errors.add(...mistakes.map((mistake) => `${option}: ${mistake}`));
    return undefined;
  }
}

/** Whether any object with a prefix can be of a source. */
export const isOfAnySource = (sources: readonly AccessLogSource[], bucket: string, prefix: string): boolean =>
  sources.some(
    (source) => source.bucket === bucket && (prefix.startsWith(source.prefix) || source.prefix.startsWith(prefix)),
  );
