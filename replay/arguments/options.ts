import { constants } from "node:buffer";
import { Option } from "commander";
import { MAX_KEY_BYTES } from "../../core/settings/access-log-sources";
import { ENVIRONMENT } from "../../core/settings/environment";
import { parseQueueUrl, QUEUE_URL_ALLOWED } from "../../core/settings/queue-url";
import { invocationOf, quietInvocationOf } from "../../tools/installation";
import { INDEX_SETTINGS_FLAGS } from "../../tools/usage/index-settings-file";
import { addLoginOptions, type LoginOptions } from "../../tools/usage/login";
import { ValueOption, wholeNumber } from "../../tools/usage/option-value";
import { TIME_FORM, timeValue } from "../../tools/usage/time";
import { UsageCommand } from "../../tools/usage/usage-command";
import { KINDS, type Kind, MAX_LATE_HOURS, SINKS, type SinkName } from "./kinds";

/** The options that are given and valid, and defaults; times are in milliseconds since the epoch. */
export interface ReplayOptions extends LoginOptions {
  bucket?: string;
  from?: number;
  to?: number;
  logGroup?: string;
  account?: string;
  /** Undefined if the given one is not allowed. */
  kind?: Kind;
  /** Undefined if the given one is not allowed. */
  sink?: SinkName;
  searchEndpoint?: string;
  indexPrefix?: string;
  indexSettings?: string;
  keepDays?: number;
  stream?: string;
  queueUrl?: string;
  prefix?: string;
  archivePrefix?: string;
  timeField?: string;
  lateHours: number;
  recordMaxBytes: number;
  objectMaxBytes: number;
  dryRun?: true;
}

/** Source: Kinesis "CreateStream". */
export const streamValue = {
  allowed: "the name of a Kinesis stream, 1 to 128 of a-z A-Z 0-9 _ . -",
  parse: (given: string) => (/^[a-zA-Z0-9_.-]{1,128}$/.test(given) ? given : undefined),
};

export const queueUrlValue = { allowed: QUEUE_URL_ALLOWED, parse: parseQueueUrl };

export const prefixValue = {
  allowed: `up to ${MAX_KEY_BYTES} bytes: the beginning of keys, not encoded`,
  parse: (given: string) => (Buffer.byteLength(given) <= MAX_KEY_BYTES ? given : undefined),
};

export const logGroupValue = {
  allowed: "a log group's name",
  parse: (given: string) => given || undefined,
};

export const accountValue = {
  allowed: "the 12 digits of an AWS account's ID",
  parse: (given: string) => (/^\d{12}$/.test(given) ? given : undefined),
};

const MIB = 1024 * 1024;

/**
 * Beyond the forwarder's maximum, as far as Node.js has strings. Lambda Developer Guide "Quotas": a batch has up to 6 MB,
 * and as a string in JSON somewhat more; Kinesis Developer Guide "Quotas and limits": a record has up to 10 MiB.
 */
const recordMaxBytesValue = wholeNumber(ENVIRONMENT.RECORD_MAX_BYTES.minimum, constants.MAX_STRING_LENGTH);
const objectMaxBytes = wholeNumber(MIB, 256 * MIB);

/** Of each command that reads the archive. */
export const recordMaxBytesOption = () =>
  new ValueOption(
    "--record-max-bytes <n>",
    "maximum size of an inflated record, in bytes",
    recordMaxBytesValue,
  ).default(Number(ENVIRONMENT.RECORD_MAX_BYTES.default));

/** Of each command that reads the archive. */
export const archivePrefixOption = () =>
  new ValueOption(
    "--archive-prefix <prefix>",
    "the pipeline's archive_prefix, if it has one",
    ENVIRONMENT.ARCHIVE_PREFIX,
  );

const keepDays = wholeNumber(1, 3650);

const replay = invocationOf("replay");

const HELP = `
Times are those of the events themselves. Each is ${TIME_FORM}.

AWS credentials and region: as for the AWS CLI (AWS_PROFILE, AWS_REGION, …). AWS_ENDPOINT_URL_S3 is another endpoint for S3.

Exit codes: 0 everything is delivered, 1 something is not, 2 nothing was done; the message says why.

Examples:
  ${replay} --bucket my-archive --from 2026-11-20 --to 2026-11-21 --search-endpoint https://…
  ${replay} --bucket my-archive --from 2026-11-20 --to 2026-11-21 --kind undelivered --sink stream --stream logging-pipeline_foo
  ${replay} --bucket my-archive --from 2026-11-20 --to 2026-11-21 --kind access-logs --queue-url https://…
  ${replay} --bucket my-logs --from 2026-11-20 --to 2026-11-21 --kind backfill --prefix alb/ --queue-url https://…
  ${quietInvocationOf("replay")} --bucket my-archive --from 2026-11-20T10 --to 2026-11-20T11 --log-group foo --sink stdout | jq -r .message

See docs/replay.md.`;

/** The command line of replay. */
export function replayCommandLine(): UsageCommand {
  const { ARCHIVE_BUCKET, INDEX_PREFIX, TIME_FIELD } = ENVIRONMENT;
  const lateHours = wholeNumber(0, MAX_LATE_HOURS);
  const command = new UsageCommand(replay)
    .description(
      "Delivers archived events again, or those that were dead-lettered, rejected or not delivered; and access logs.",
    )
    .addOption(
      new ValueOption(
        "--bucket <name>",
        "the archive's bucket; for backfill that of the access logs",
        ARCHIVE_BUCKET,
      ).makeOptionMandatory(),
    )
    .addOption(new ValueOption("--from <time>", "events from this time on", timeValue).makeOptionMandatory())
    .addOption(new ValueOption("--to <time>", "events before this time", timeValue).makeOptionMandatory())
    .addOption(new ValueOption("--log-group <name>", "only events of this log group", logGroupValue))
    .addOption(
      new ValueOption(
        "--account <id>",
        "only events of this account, the cloud.account.id of their documents",
        accountValue,
      ),
    )
    .addOption(new Option("--kind <kind>", "what to read").choices(KINDS).default("archive"))
    .addOption(
      new ValueOption("--prefix <prefix>", "of the access logs' keys, for backfill (default: all)", prefixValue),
    )
    .addOption(new Option("--sink <sink>", "where to deliver the events").choices(SINKS).default("endpoint"))
    .addOption(new Option("--search-endpoint <url>", "the search endpoint, for --sink endpoint").env("SEARCH_ENDPOINT"))
    .addOption(
      new ValueOption(
        "--index-prefix <prefix>",
        `prefix of the indices' names, for --sink endpoint (default: ${INDEX_PREFIX.default})`,
        INDEX_PREFIX,
      ),
    )
    .option(
      INDEX_SETTINGS_FLAGS,
      "the pipeline's output index_settings as JSON, for --sink endpoint: prefix, period, shared indices, and earlier ones",
    )
    .addOption(
      new ValueOption(
        "--keep-days <n>",
        "protect the indices from being deleted for as many days from now on, for --sink endpoint",
        keepDays,
      ),
    )
    .addOption(new ValueOption("--stream <name>", "the Kinesis stream, for --sink stream", streamValue))
    .addOption(
      new Option("--queue-url <url>", "the queue of the function access-logs, for access-logs and backfill").env(
        "QUEUE_URL",
      ),
    )
    .addOption(archivePrefixOption())
    .addOption(
      new ValueOption(
        "--time-field <name>",
        "the log group's time_field, if it has one; for dead-letter and undelivered",
        TIME_FIELD,
      ),
    )
    .addOption(new ValueOption("--late-hours <n>", "how late events may have arrived, in hours", lateHours).default(1))
    .addOption(recordMaxBytesOption())
    .addOption(
      new ValueOption(
        "--object-max-bytes <n>",
        "maximum size of an object of dead-letter or undelivered, which is read whole, in bytes",
        objectMaxBytes,
      ).default(16 * MIB),
    )
    .option("--dry-run", "read and count, deliver nothing")
    .addHelpText("after", HELP);
  return addLoginOptions(command);
}
