import { validationError } from "../../core/settings/parse-variables";
import { processId } from "../../local/running";
import { ValueOption } from "../../tools/usage/option-value";
import type { UsageCommand } from "../../tools/usage/usage-command";
import { PARAMETERS, type ParameterValues, parametersFor } from "./parameters";

/** The command line, checked. */
export interface LoggingOptions {
  /** Those that are given. */
  readonly values: ParameterValues;
  /** Asks nothing. */
  readonly yes: boolean;
  /** In the local pipeline's account. */
  readonly local: boolean;
  readonly pid: number | undefined;
}

/** As commander has it: parameters by the names of their options. */
export type GivenLoggingOptions = Readonly<Record<string, string | number | true | undefined>>;

/** Declares the options. @param hasLocalPipeline whether there may be one, so that it has options */
export function addSetupLoggingOptions(command: UsageCommand, hasLocalPipeline = true): UsageCommand {
  for (const { option, question, default: byDefault, value } of PARAMETERS) {
    const otherwise = byDefault === null || byDefault === undefined ? "" : `; default: ${byDefault}`;
    command.addOption(new ValueOption(`${option} <value>`, `${question.toLowerCase()}${otherwise}`, value));
  }
  command.option("--yes", "ask nothing: take the defaults, and apply");
  if (!hasLocalPipeline) return command;
  return command
    .option("--local", "set it up in the local pipeline, in place of your AWS account")
    .addOption(new ValueOption("--pid <number>", "the local pipeline to use, if several are running", processId));
}

/**
 * Checks the options.
 *
 * @param canAsk whether somebody can answer questions
 * @throws UsageError with all that is wrong and missing
 */
export function loggingOptions(given: GivenLoggingOptions, canAsk: boolean, command: UsageCommand): LoggingOptions {
  const { errors } = command;
  const values = Object.fromEntries(
    PARAMETERS.flatMap(({ input, option }) => {
      const value = given[nameOf(option)];
      return typeof value === "string" || typeof value === "number" ? [[input, value]] : [];
    }),
  );
  const { yes = false, local = false, pid } = given;
  if (pid !== undefined && !local) errors.add("--pid is of a local pipeline; it goes with --local.");
  for (const { input, option, value } of parametersFor(local === true)) {
    const given = values[input];
    if (given !== undefined && value.parse(String(given)) === undefined)
      errors.add(validationError(option, String(given), value));
  }
  // A wrong value is reported, and not given.
  const isWrong = (option: string) => errors.has((error) => error.startsWith(`${option} `));
  if (yes || !canAsk) {
    for (const { input, option, question, value, default: byDefault } of PARAMETERS) {
      if (byDefault === undefined && values[input] === undefined && !isWrong(option))
        errors.add(`${option} is missing: ${question.toLowerCase()}. Allowed: ${value.allowed}.`);
    }
  }
  if (!yes && !canAsk) errors.add("Nobody can be asked here, as this is no terminal; add --yes.");
  errors.throwIfAny();
  return { values, yes: yes === true, local: local === true, pid: typeof pid === "number" ? pid : undefined };
}

/** `--stream-name` → `streamName`, as commander names it. */
function nameOf(option: string): string {
  return option.slice(2).replace(/-./g, (part) => part[1]!.toUpperCase());
}
