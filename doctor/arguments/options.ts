import { ENVIRONMENT } from "../../core/settings/environment";
import { invocationOf, quietInvocationOf } from "../../tools/installation";
import { addLoginOptions, type LoginOptions } from "../../tools/usage/login";
import { type OptionValue, ValueOption, wholeNumber } from "../../tools/usage/option-value";
import { UsageCommand } from "../../tools/usage/usage-command";

/** The options that are given and valid, and defaults. */
export interface DoctorOptions extends LoginOptions {
  name?: string;
  region?: string;
  searchEndpoint?: string;
  logGroup?: readonly string[];
  testEvent?: true;
  waitSeconds?: number;
  json?: true;
}

/** A batching window of five minutes, the longest, is for --wait-seconds. */
export const DEFAULT_WAIT_SECONDS = 120;

const doctor = invocationOf("doctor");

const HELP = `
It only reads, but for --test-event, which writes one event into each --log-group. Requests to the search endpoint, which a function's environment names, are authenticated as --login says.

AWS credentials and region: as for the AWS CLI (AWS_PROFILE, AWS_REGION, …). AWS_ENDPOINT_URL is another endpoint, such as the
local pipeline's, whose env.sh sets it.

Exit codes: 0 nothing is wrong, 1 something is, or not all could be checked, 2 nothing was done; the output says why.

Examples:
  ${doctor} --name logging-pipeline
  ${doctor} --name logging-pipeline --log-group /aws/lambda/shop --test-event
  ${quietInvocationOf("doctor")} --name logging-pipeline --json | jq '.findings[] | {check, subject, command}'

See docs/doctor.md.`;

const nameValue: OptionValue<string> = {
  allowed: "the pipeline's name: 3 to 24 lower-case letters, digits and single hyphens between them, a letter first",
  parse: (given) => (/^(?=.{3,24}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(given) ? given : undefined),
};

const awsRegionValue: OptionValue<string> = {
  allowed: "a region's name, e.g. eu-central-1",
  parse: (given) => ENVIRONMENT.SEARCH_REGION.parse(given) || undefined,
};

export const doctorLogGroupValue: OptionValue<string> = {
  allowed: "1 to 512 letters, digits and . - _ / #",
  parse: (given) => (/^[.\-_/#A-Za-z0-9]{1,512}$/.test(given) ? given : undefined),
};

const collect = (value: string, values: readonly string[] = []): string[] => [...values, value];

/** The command line of `npm run doctor`. */
export function doctorCommandLine(): UsageCommand {
  const command = new UsageCommand(doctor)
    .description("Looks for what is wrong with a pipeline, and tells the cause and the command that mends it.")
    .addOption(new ValueOption("--name <name>", "the pipeline's name", nameValue).makeOptionMandatory())
    .addOption(new ValueOption("--region <region>", "its region (default: that of the AWS CLI)", awsRegionValue))
    .addOption(
      new ValueOption(
        "--search-endpoint <url>",
        "the search endpoint (default: that of the functions)",
        ENVIRONMENT.SEARCH_ENDPOINT,
      ),
    )
    .option("--log-group <name>", "a log group that the pipeline delivers; once for each", collect)
    .option("--test-event", "put one event into each --log-group, which stays there, and find it in index and archive")
    .addOption(
      new ValueOption(
        "--wait-seconds <n>",
        `how long a test event may take, in seconds (default: ${DEFAULT_WAIT_SECONDS})`,
        wholeNumber(5, 900),
      ),
    )
    .option("--json", "print one JSON object: findings with cause and command, and what could not be checked")
    .addHelpText("after", HELP);
  return addLoginOptions(command);
}
