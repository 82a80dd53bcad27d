import type { Pattern } from "../../core/patterns/pattern";
import { invocationOf, quietInvocationOf } from "../../tools/installation";
import { TIME_FORM } from "../../tools/usage/time";
import { UsageCommand } from "../../tools/usage/usage-command";
import { searchPattern } from "./matching";
import { addRangeOptions, parseRange, type RangeArguments, type RangeOptions } from "./range";
import { addSourceOptions, parseSource, type QuerySourceOptions, type SourceArguments } from "./source";

export interface GrepArguments {
  source: SourceArguments;
  range: RangeArguments;
  pattern: Pattern;
  isJson: boolean;
}

interface GrepOptions extends QuerySourceOptions, RangeOptions {
  ignoreCase?: true;
  json?: true;
}

const grep = invocationOf("grep");

const HELP = `
Times are those of the events themselves. Each is ${TIME_FORM}.

AWS credentials and region: as for the AWS CLI (AWS_PROFILE, AWS_REGION, …). AWS_ENDPOINT_URL_S3 is another endpoint for S3.

Exit codes: 0 all is read, whether anything was found or not, 1 some objects could not be read, 2 nothing was done; the message says why.

Examples:
  ${grep} --bucket my-archive --from 2026-11-20 --to 2026-11-21 --log-group foo "timed? out"
  ${quietInvocationOf("grep")} --bucket my-archive --from 2026-11-20T10 --to 2026-11-20T11 -i --json ilikecats | jq -r .log_group

See docs/querying.md.`;

/** The command line of grep. */
export function grepCommandLine(): UsageCommand {
  const command = new UsageCommand(grep)
    .description("Prints the events of an archive whose message has a pattern.")
    .argument("<pattern>", "a pattern of RE2");
  return addRangeOptions(addSourceOptions(command as UsageCommand))
    .option("-i, --ignore-case", "ignore upper and lower case")
    .option("--json", "print one JSON object a line, with all columns of docs/querying.md but json")
    .addHelpText("after", HELP) as UsageCommand;
}

/** Reads the command line of grep. @param command that has parsed it @throws UsageError listing every validation error */
export function parseGrepArguments(command: UsageCommand): GrepArguments {
  const { errors } = command;
  const options = command.opts<GrepOptions>();
  const [given] = command.processedArgs as [string?];
  const flags = { ignoreCase: options.ignoreCase === true, name: "The pattern" };
  const pattern = given === undefined ? undefined : searchPattern(given, flags, errors);
  const source = parseSource(options);
  const range = parseRange(command, options);
  errors.throwIfAny();
  return { source, range, pattern: pattern!, isJson: options.json === true };
}
