import {
  Command,
  type ErrorOptions,
  type Help,
  type HelpContext,
  type Option,
  type OptionValues,
  type ParseOptionsResult,
} from "commander";
import { validationError } from "../../core/settings/parse-variables";
import { quoted } from "../text/one-line";
import { type OptionValue, ValueOption } from "./option-value";
import { ValidationErrors } from "./validation-errors";

/**
 * A command line declared as commander's are, but one that goes on after an error, so that all errors are reported
 * together: `errors` has them once it is parsed. Add the errors between options to them, then call `throwIfAny`.
 */
export class UsageCommand extends Command {
  /** Of the whole command line: its subcommands share it. */
  errors = new ValidationErrors();

  private readonly rejectedOptions = new Set<string>();
  private readonly givenOptions = new Set<string>();

  override createCommand(name?: string): UsageCommand {
    const command = new UsageCommand(name);
    command.errors = this.errors;
    return command;
  }

  /** Commander's help does not tell which options are required. */
  override createHelp(): Help {
    const help = super.createHelp();
    const description = help.optionDescription.bind(help);
    return Object.assign(help, {
      optionDescription: (option: Option) => `${description(option)}${option.mandatory ? " (required)" : ""}`,
    });
  }

  override addOption(option: Option): this {
    const { parseArg } = option;
    const value = allowedValue(option);
    const name = option.attributeName();
    if ((option.required || option.optional) && !option.variadic) {
      option.argParser((given: string | undefined, previous: unknown) => {
        // Commander has reported the missing value, and still parses it.
        if (given === undefined) return this.reject(name);
        // An option with a parser of its own collects its values.
        if ((value || !parseArg) && this.givenOptions.has(name)) {
          return this.reject(name, `${option.long} is given more than once. Allowed: once.`);
        }
        this.givenOptions.add(name);
        if (!value) return parseArg ? parseArg(given, previous) : given;
        return value.parse(given) ?? this.reject(name, validationError(option.long!, given, value));
      });
    }
    if (option.variadic && parseArg) {
      option.argParser((given: string | undefined, previous: unknown) => {
        if (given === undefined) return this.reject(name);
        if (value && value.parse(given) === undefined)
          return this.reject(name, validationError(option.long!, given, value));
        return parseArg(given, previous);
      });
    }
    return super.addOption(option);
  }

  /** Returns the options that are given and valid, and defaults. */
  override opts<T extends OptionValues>(): T {
    const options: OptionValues = { ...super.opts() };
    for (const name of this.rejectedOptions) delete options[name];
    return options as T;
  }

  /** Commander reports only the first unknown option, and treats all that follows as options or excess arguments. */
  override parseOptions(argv: string[]): ParseOptionsResult {
    const { operands, unknown } = super.parseOptions(argv);
    const isForSubcommand = this.commands.some((command) => command.name() === operands[0]);
    if (isForSubcommand || unknown.some((argument) => ["-h", "--help"].includes(argument)))
      return { operands, unknown };
    const flags = unknown.filter((argument) => argument.startsWith("-"));
    this.errors.add(...flags.map((flag) => unknownOption(flag, this.options)));
    // They may be values of unknown options: not further errors.
    const others = unknown.filter((argument) => !argument.startsWith("-"));
    const missing = Math.max(0, this.registeredArguments.length - operands.length);
    return { operands: [...operands, ...others.slice(0, missing)], unknown: [] };
  }

  /** Commander reports every error here. Since this returns, it continues to parse. */
  override error(message: string, { code }: ErrorOptions = {}): never {
    this.errors.add(this.sentence(message, code));
    return undefined as never;
  }

  /** Commander shows the help, and would exit, in place of an error for a missing subcommand. */
  override help(context?: HelpContext | ((text: string) => string)): never {
    if (typeof context !== "object" || !context.error) return super.help(context as HelpContext);
    if (!this.errors.isEmpty) return undefined as never;
    const commands = this.commands.map((command) => command.name()).join(", ");
    this.errors.add(`No command is given. Allowed: ${commands}. See --help.`);
    return undefined as never;
  }

  private reject(name: string, ...errors: readonly string[]): undefined {
    this.rejectedOptions.add(name);
    this.errors.add(...errors);
  }

  private sentence(message: string, code: string | undefined): string {
    // Commander names options by their flags.
    const option = this.options.find(({ flags }) => message.includes(`'${flags}'`));
    const allowed = option && allowedValue(option)?.allowed;
    const allowedText = allowed ? ` Allowed: ${allowed}.` : "";
    const commands = this.commands.map((command) => command.name()).join(", ");
    switch (code) {
      case "commander.missingMandatoryOptionValue":
        return `${option!.long} is missing${option!.envVar ? `, and ${option!.envVar} is not set in the environment` : ""}.${allowedText}`;
      case "commander.optionMissingArgument":
        return `${option!.long} has no value.${allowedText}`;
      case "commander.unknownCommand":
        return `${plain(message)} Allowed: ${commands}. See --help.`;
      case "commander.excessArguments": {
        const excess = this.args.slice(this.registeredArguments.length).map(quoted).join(", ");
        return `Unexpected argument: ${excess}.${commands && ` Allowed: ${commands}.`} See --help.`;
      }
      default:
        return plain(message);
    }
  }
}

function allowedValue(option: Option): OptionValue<unknown> | undefined {
  if (option instanceof ValueOption) return option.value;
  const { argChoices } = option;
  return (
    argChoices && { allowed: argChoices.join(", "), parse: (given) => argChoices.find((choice) => choice === given) }
  );
}

/** Returns commander's message for an unknown option, with its suggestion of a known one. */
function unknownOption(flag: string, known: readonly Option[]): string {
  let message = "";
  const strict = new Command().exitOverride().configureOutput({
    outputError: (text) => {
      message = text;
    },
  });
  for (const { flags } of known) strict.option(flags);
  try {
    strict.parse([flag], { from: "user" });
  } catch {
    // The unknown option always throws.
  }
  return plain(message);
}

/** Commander's sentences begin in lower case, with "error:", and have no full stop. */
function plain(message: string): string {
  const sentence = message
    .replace(/^error: /, "")
    .trim()
    .replace("\n(", ". (");
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}${/[.)]$/.test(sentence) ? "" : "."}`;
}
