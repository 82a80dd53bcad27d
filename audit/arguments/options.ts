import { Option } from "commander";
import { ENVIRONMENT } from "../../core/settings/environment";
import { MAX_LATE_HOURS } from "../../replay/arguments/kinds";
import {
  accountValue,
  archivePrefixOption,
  logGroupValue,
  prefixValue,
  type ReplayOptions,
  recordMaxBytesOption,
} from "../../replay/arguments/options";
import { invocationOf, quietInvocationOf } from "../../tools/installation";
import { INDEX_SETTINGS_FLAGS } from "../../tools/usage/index-settings-file";
import { addLoginOptions } from "../../tools/usage/login";
import { ValueOption, wholeNumber } from "../../tools/usage/option-value";
import { TIME_FORM, timeValue } from "../../tools/usage/time";
import { UsageCommand } from "../../tools/usage/usage-command";
import { FUNCTION_VARIABLES_FLAGS } from "./function-variables";

/** The options that are given and valid, and defaults; times are in milliseconds since the epoch. */
export interface AuditOptions
  extends Pick<
    ReplayOptions,
    | "bucket"
    | "from"
    | "to"
    | "logGroup"
    | "account"
    | "searchEndpoint"
    | "indexPrefix"
    | "indexSettings"
    | "archivePrefix"
    | "recordMaxBytes"
    | "login"
    | "searchRegion"
    | "prefix"
    | "queueUrl"
  > {
  /** Undefined if the given one is not allowed. */
  kind?: AuditKind;
  functionVariables?: string;
  lateHours?: number;
  deep?: true;
  heal?: true;
  delete?: true;
  yes?: true;
  json?: true;
}

/** What is compared with the index, by the names that they have for a replay. */
const AUDIT_KINDS = ["archive", "backfill"] as const;
type AuditKind = (typeof AUDIT_KINDS)[number];

const audit = invocationOf("audit");

const HELP = `
Times are those of the events themselves. Each is ${TIME_FORM}.

AWS credentials and region: as for the AWS CLI (AWS_PROFILE, AWS_REGION, …). AWS_ENDPOINT_URL_S3 is another endpoint for S3.

Exit codes: 0 archive and index agree, 1 they do not, or not all could be compared, 2 nothing was done, or the log group is one that nobody knows; the message says why.

Examples:
  ${audit} --bucket my-archive --from 2026-11-20 --to 2026-11-21 --index-settings index-settings.json --search-endpoint https://…
  ${audit} --bucket my-archive --from 2026-11-20 --to 2026-11-21 --index-settings index-settings.json --heal --yes
  ${audit} --bucket my-logs --from 2026-11-20 --to 2026-11-21 --kind backfill --prefix alb/ --function-variables access-logs.json
  ${quietInvocationOf("audit")} --bucket my-archive --from 2026-11-20T10 --to 2026-11-20T11 --log-group foo --json | jq -c 'select(.kind == "missing")'

See docs/audit.md.`;

/** The command line of the audit. */
export function auditCommandLine(): UsageCommand {
  const { ARCHIVE_BUCKET, INDEX_PREFIX } = ENVIRONMENT;
  const lateHours = wholeNumber(0, MAX_LATE_HOURS);
  const command = new UsageCommand(audit)
    .description("Compares the archive with the index, names what is missing, doubled or altered, and mends it.")
    .addOption(
      new ValueOption(
        "--bucket <name>",
        "the archive's bucket; for backfill that of the access logs",
        ARCHIVE_BUCKET,
      ).makeOptionMandatory(),
    )
    .addOption(new ValueOption("--from <time>", "events from this time on", timeValue).makeOptionMandatory())
    .addOption(new ValueOption("--to <time>", "events before this time", timeValue).makeOptionMandatory())
    .addOption(
      new Option("--kind <kind>", "what to compare; backfill: access logs in their bucket")
        .choices(AUDIT_KINDS)
        .default("archive"),
    )
    .addOption(
      new ValueOption("--prefix <prefix>", "of the access logs' keys, for backfill (default: all)", prefixValue),
    )
    .option(
      FUNCTION_VARIABLES_FLAGS,
      "the environment variables of the function access-logs as JSON, for backfill: sources, quarantine, indices",
    )
    .addOption(
      new Option(
        "--queue-url <url>",
        "the function's queue, for backfill with --heal (default: QUEUE_URL of its variables)",
      ),
    )
    .addOption(new ValueOption("--log-group <name>", "only events of this log group", logGroupValue))
    .addOption(new ValueOption("--account <id>", "only events of this account", accountValue))
    .addOption(new Option("--search-endpoint <url>", "the search endpoint").env("SEARCH_ENDPOINT"))
    .addOption(
      new ValueOption(
        "--index-prefix <prefix>",
        `prefix of the indices' names (default: ${INDEX_PREFIX.default})`,
        INDEX_PREFIX,
      ),
    )
    .option(
      INDEX_SETTINGS_FLAGS,
      "the pipeline's output index_settings as JSON: prefix, period, shared indices, earlier ones, and what becomes of messages",
    )
    .addOption(archivePrefixOption())
    .addOption(
      new ValueOption(
        "--late-hours <n>",
        `how late events may have arrived, in hours (default: 1; with --delete ${MAX_LATE_HOURS})`,
        lateHours,
      ),
    )
    .addOption(recordMaxBytesOption())
    .option("--deep", "compare the documents' contents, too")
    .option("--heal", "say what would mend it; with --yes deliver what is missing, and audit again")
    .option("--delete", "with --heal: remove copies and documents without an event, and write altered ones again")
    .option("--yes", "with --heal: do it")
    .option("--json", "print one JSON object a line: what is found, each hour of a log group, and a summary")
    .addHelpText("after", HELP);
  return addLoginOptions(command);
}
