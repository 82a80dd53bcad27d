import type { Pattern } from "../../core/patterns/pattern";
import { invocationOf } from "../../tools/installation";
import { ValueOption, wholeNumber } from "../../tools/usage/option-value";
import { UsageCommand } from "../../tools/usage/usage-command";
import { searchPattern } from "./matching";
import { addSourceOptions, parseSource, type QuerySourceOptions, type SourceArguments } from "./source";

export interface TailArguments {
  source: SourceArguments;
  /** Of the first events, before now. */
  sinceMinutes: number;
  /** Undefined: all events. */
  pattern?: Pattern;
  isJson: boolean;
}

interface TailOptions extends QuerySourceOptions {
  since: number;
  grep?: string;
  ignoreCase?: true;
  json?: true;
}

const tail = invocationOf("tail");
const DAY_MINUTES = 24 * 60;

const HELP = `
AWS credentials and region: as for the AWS CLI (AWS_PROFILE, AWS_REGION, …). AWS_ENDPOINT_URL_S3 is another endpoint for S3.

It ends with Ctrl-C alone.

Exit codes: 130 Ctrl-C has ended it, 2 nothing was done, or access was denied later; the message says why.

Examples:
  ${tail} --bucket my-archive --log-group foo
  ${tail} --bucket my-archive --log-group /aws/lambda/thumbnails --since 60 --grep "Task timed out"

See docs/querying.md.`;

/** The command line of tail. */
export function tailCommandLine(): UsageCommand {
  const command = new UsageCommand(tail).description("Prints events as they are archived.");
  return addSourceOptions(command as UsageCommand)
    .addOption(
      new ValueOption(
        "--since <minutes>",
        "begin with events of the last minutes",
        wholeNumber(0, DAY_MINUTES),
      ).default(10),
    )
    .option("--grep <pattern>", "only events whose message has a pattern of RE2")
    .option("-i, --ignore-case", "ignore upper and lower case in --grep")
    .option("--json", "print one JSON object a line, with all columns of docs/querying.md but json")
    .addHelpText("after", HELP) as UsageCommand;
}

/** Reads the command line of tail. @param command that has parsed it @throws UsageError listing every validation error */
export function parseTailArguments(command: UsageCommand): TailArguments {
  const { errors } = command;
  const options = command.opts<TailOptions>();
  const flags = { ignoreCase: options.ignoreCase === true, name: "--grep" };
  const pattern = options.grep === undefined ? undefined : searchPattern(options.grep, flags, errors);
  if (options.ignoreCase && options.grep === undefined) errors.add("--ignore-case applies only to --grep.");
  const source = parseSource(options);
  errors.throwIfAny();
  return { source, sinceMinutes: options.since, ...(pattern && { pattern }), isJson: options.json === true };
}
