import { LoggingPipelineError } from "../../modules/error";
import { validateProps } from "../../modules/inputs/constraints";
import { complete } from "../../modules/inputs/values";
import { pipelineConstraints } from "../../modules/logging-pipeline/constraints";
import { pipelineInputs } from "../../modules/logging-pipeline/inputs";
import { quoted } from "../../tools/text/one-line";
import type { OptionValue } from "../../tools/usage/option-value";

const defaults = pipelineInputs.logGroups.default;

/** Log groups that the pipeline delivers by default. */
export const defaultLogGroups: readonly string[] = Object.keys(defaults);

/** Precedes the allowed values in an error of the pipeline's variables. */
const ALLOWED = ": allowed is ";

/** Returns the errors of a log group that cannot be added to the pipeline, by the rules of the variable `log_groups`. */
export function logGroupErrors(name: string): string[] {
  try {
    validateProps("", pipelineInputs, pipelineConstraints, { logGroups: { ...defaults, [name]: {} } });
    return [];
  } catch (error) {
    if (!(error instanceof LoggingPipelineError)) throw error;
    const allowed = (each: string) => each.slice(each.lastIndexOf(ALLOWED) + ALLOWED.length).replace(/\.$/, "");
    return error.errors.map((each) => `--log-group is ${quoted(name)}. Allowed: ${allowed(each)}.`);
  }
}

/** Returns the pipeline's variables for log groups in addition to the default ones, which no more outlive it; empty without any. */
export function logGroupVariables(added: readonly string[]): Readonly<Record<string, unknown>> {
  if (added.length === 0) return {};
  const all = { ...defaults, ...Object.fromEntries(added.map((name) => [name, { skipDestroy: false }])) };
  return { log_groups: complete(pipelineInputs.logGroups.schema, all) };
}

const { rules: timeFieldRules } = pipelineInputs.logGroups.schema.element!.fields!.timeField!.schema;

/** Value of `--time-field`: what the pipeline's own `time_field` accepts, except an empty one. */
export const timeFieldValue: OptionValue<string> = {
  allowed: timeFieldRules[0]!.allowed,
  parse: (field) => (field !== "" && timeFieldRules.every((rule) => rule.accepts(field)) ? field : undefined),
};
