import { ENVIRONMENT } from "../../core/settings/environment";
import { accountValue, archivePrefixOption, logGroupValue, recordMaxBytesOption } from "../../replay/arguments/options";
import { ValueOption } from "../../tools/usage/option-value";
import type { UsageCommand } from "../../tools/usage/usage-command";

/** Which objects are read, and which of their events. */
export interface SourceArguments {
  bucket: string;
  archivePrefix: string;
  /** As subscriptions and `--log-group` of a replay name it; of all log groups without. */
  logGroup?: string;
  /** What documents have as `cloud.account.id`. */
  account?: string;
  /** Maximum size of an inflated record, in bytes. */
  recordMaxBytes: number;
}

export interface QuerySourceOptions extends Partial<Omit<SourceArguments, "recordMaxBytes">> {
  recordMaxBytes: number;
}

/** Adds the options that every command of this room has. */
export function addSourceOptions(command: UsageCommand): UsageCommand {
  const { ARCHIVE_BUCKET } = ENVIRONMENT;
  return command
    .addOption(new ValueOption("--bucket <name>", "the archive's bucket", ARCHIVE_BUCKET).makeOptionMandatory())
    .addOption(new ValueOption("--log-group <name>", "only events of this log group", logGroupValue))
    .addOption(
      new ValueOption(
        "--account <id>",
        "only events of this account, the cloud.account.id of their documents",
        accountValue,
      ),
    )
    .addOption(archivePrefixOption())
    .addOption(recordMaxBytesOption());
}

/** Reads those options. */
export function parseSource(options: QuerySourceOptions): SourceArguments {
  const { bucket, archivePrefix, logGroup, account, recordMaxBytes } = options;
  return {
    bucket: bucket ?? "",
    archivePrefix: archivePrefix ?? ENVIRONMENT.ARCHIVE_PREFIX.default,
    ...(logGroup !== undefined && { logGroup }),
    ...(account !== undefined && { account }),
    recordMaxBytes,
  };
}
