import { LoggingPipelineError } from "../../modules/error";
import { validateProps } from "../../modules/inputs/constraints";
import { complete } from "../../modules/inputs/values";
import { pipelineConstraints } from "../../modules/logging-pipeline/constraints";
import { pipelineInputs } from "../../modules/logging-pipeline/inputs";
import { quoted } from "../../tools/text/one-line";

const defaults = pipelineInputs.logGroups.default;

/** Log groups that the pipeline delivers by default. */
export const defaultLogGroups: readonly string[] = Object.keys(defaults);

/** Why a log group cannot be added to the pipeline, by the rules of the variable `log_groups`. */
export function logGroupErrors(name: string): string[] {
  try {
    validateProps("", pipelineInputs, pipelineConstraints, { logGroups: { [name]: {} } });
    return [];
  } catch (error) {
    if (!(error instanceof LoggingPipelineError)) throw error;
    return error.errors.map((each) => `--log-group ${quoted(name)}${each.slice(each.lastIndexOf(": allowed"))}`);
  }
}

/** The pipeline's variables for log groups in addition to the default ones; empty without any. */
export function logGroupVariables(added: readonly string[]): Readonly<Record<string, unknown>> {
  if (added.length === 0) return {};
  const all = { ...defaults, ...Object.fromEntries(added.map((name) => [name, {}])) };
  return { log_groups: complete(pipelineInputs.logGroups.schema, all) };
}

/** Why a field cannot hold the time, by the rule of the pipeline's `time_field`. */
export function timeFieldErrors(field: string): string[] {
  const { rules } = pipelineInputs.logGroups.schema.element!.fields!.timeField!.schema;
  const isWrong = field === "" || rules.some((rule) => !rule.accepts(field));
  return isWrong ? [`--time-field ${quoted(field)}: allowed is ${rules[0]!.allowed}`] : [];
}
