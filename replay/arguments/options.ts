import { Command } from "commander";
import { ENVIRONMENT } from "../../core/settings/environment";
import { KINDS, MAX_LATE_HOURS, SINKS } from "./kinds";
import { TIME_FORM } from "./time";

/** The options as commander hands them over: texts, not yet checked. */
export interface Options {
  bucket?: string;
  /** Several are a mistake. */
  from?: string[];
  /** The end of the time range and the sink, in any order. */
  to?: string[];
  logGroup?: string;
  kind: string;
  stream?: string;
  searchEndpoint?: string;
  indexPrefix?: string;
  archivePrefix?: string;
  timeField?: string;
  lateHours: string;
  dryRun?: boolean;
}

const listed = (value: string, values: string[] = []): string[] => [...values, value];

const HELP = `
--to is given twice: once as the end of the time range and once, unless events go to the search endpoint, as the sink.

Times are those of the events themselves. Each is ${TIME_FORM}.

AWS credentials and region: as for the AWS CLI (AWS_PROFILE, AWS_REGION, …). AWS_ENDPOINT_URL_S3 is another endpoint for S3.

Exit codes: 0 everything is delivered, 1 something is not, 2 nothing was done because of a mistake.

Examples:
  npm run replay -- --bucket B --from 2026-11-20 --to 2026-11-21 --search-endpoint https://…
  npm run replay -- --bucket B --from 2026-11-20 --to 2026-11-21 --kind undelivered --to stream --stream logging-pipeline_foo
  npm run --silent replay -- --bucket B --from 2026-11-20T10 --to 2026-11-20T11 --log-group foo --to stdout | jq -r .message

docs/replay.md says more.`;

/** The command line; what it does not know is left in `args`, to be reported with all other mistakes. */
export function commandLine(): Command {
  return new Command("npm run replay --")
    .description("Delivers again what the archive holds, or what was set aside.")
    .option("--bucket <name>", "the archive's bucket (required)")
    .option("--from <time>", "events from this time on (required)", listed)
    .option(
      "--to <time|sink>",
      `events before this time (required); and the sink: one of ${SINKS.join(", ")} (default: endpoint)`,
      listed,
    )
    .option("--log-group <name>", "only events of this log group")
    .option("--kind <kind>", `what is read: one of ${KINDS.join(", ")}`, "archive")
    .option("--search-endpoint <url>", "the search endpoint (default: SEARCH_ENDPOINT in the environment)")
    .option("--index-prefix <prefix>", `begins the names of indices (default: ${ENVIRONMENT.INDEX_PREFIX.default})`)
    .option("--stream <name>", "the Kinesis stream, for --to stream")
    .option("--archive-prefix <prefix>", "the pipeline's archive_prefix, if it has one")
    .option("--time-field <name>", "the log group's time_field, if it has one; for dead-letter and undelivered")
    .option("--late-hours <n>", `how late events may have arrived, 0 to ${MAX_LATE_HOURS} hours`, "1")
    .option("--dry-run", "read and count, deliver nothing")
    .addHelpText("after", HELP)
    .allowUnknownOption()
    .allowExcessArguments();
}
