import { hcl } from "../terraform/expression";
import type { Constraint } from "./constraints";
import { oneOf } from "./rules";
import { field, string } from "./schema";

const loggingConfig = "Lambda API Reference, LoggingConfig";

/** How a function traces and logs: inputs of every construct that has one. */
export const functionOptions = {
  functionTracingMode: field(
    string(oneOf(["Active", "PassThrough"], "Lambda API Reference, TracingConfig")),
    "Active",
    "Active: X-Ray traces a part of all invocations. PassThrough: it traces what a caller has begun to trace, so mostly nothing.",
  ),
  functionLogFormat: field(
    string(oneOf(["JSON", "Text"], loggingConfig)),
    null,
    "Format of what Lambda itself logs, such as REPORT; the functions write JSON in both. null: Lambda's default, Text. To return from JSON, set Text: Terraform leaves what is not set as it is.",
  ),
  functionApplicationLogLevel: field(
    string(
      oneOf(
        ["TRACE", "DEBUG", "INFO"],
        "Lambda Developer Guide, Log-level filtering: a line without level, such as that with the metrics, counts as INFO",
      ),
    ),
    null,
    "With `function_log_format` JSON: level of the functions' own lines that are kept. Above INFO, the line of each invocation and its metrics would be lost. null: INFO.",
  ),
  functionSystemLogLevel: field(
    string(oneOf(["DEBUG", "INFO", "WARN"], loggingConfig)),
    null,
    "With `function_log_format` JSON: level of Lambda's own lines that are kept. WARN leaves out START, END and REPORT, and so duration and memory of each invocation. null: INFO.",
  ),
};

type Inputs = typeof functionOptions;

const LEVELS = [
  ["function_application_log_level", "functionApplicationLogLevel"],
  ["function_system_log_level", "functionSystemLogLevel"],
] as const;

/** The rules between them: Lambda filters lines in JSON alone. */
export const functionOptionConstraints: readonly Constraint<Inputs>[] = LEVELS.map(([path, name]) => ({
  path,
  allowed: "null unless function_log_format is JSON (Lambda Developer Guide, Log-level filtering)",
  decidedBy: [name, "functionLogFormat"],
  violations: ({ functionLogFormat, [name]: level }) => (level === null || functionLogFormat === "JSON" ? [] : [level]),
  violationsAtPlan: ({ functionLogFormat, [name]: level }) =>
    hcl`[for level in [${level}] : level if level != null && ${functionLogFormat} != "JSON"]`,
}));
