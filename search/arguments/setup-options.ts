import { Option } from "commander";
import { ENVIRONMENT } from "../../core/settings/environment";
import { INDEX_SETTINGS_FLAGS } from "../../tools/usage/index-settings-file";
import { addLoginOptions, type LoginOptions } from "../../tools/usage/login";
import { ValueOption } from "../../tools/usage/option-value";
import type { UsageCommand } from "../../tools/usage/usage-command";
import { FUNCTIONAL_ROLES, type FunctionalRole } from "../roles/functional-roles";
import { dashboardsValue } from "./dashboards-url";
import { secretValue } from "./secret";

/** The options of `setup` and `check` that are given and valid, and defaults. */
export interface SetupOptions extends LoginOptions, Partial<Record<FunctionalRole, readonly string[]>> {
  indexSettings?: string;
  firehoseIndices?: readonly string[];
  searchEndpoint?: string;
  dashboardsUrl?: string;
  check?: true;
  dryRun?: true;
  rotateMasterPassword?: string;
}

const collect = (value: string, values: readonly string[] = []): string[] => [...values, value];

/** Adds the options that `setup` and `check` share. */
export function addSetupOptions(command: UsageCommand): UsageCommand {
  command
    .option(INDEX_SETTINGS_FLAGS, "what `terraform output -json index_settings` has printed")
    .addOption(
      new ValueOption("--search-endpoint <url>", "the search endpoint", ENVIRONMENT.SEARCH_ENDPOINT)
        .env("SEARCH_ENDPOINT")
        .makeOptionMandatory(),
    )
    .addOption(
      new ValueOption(
        "--dashboards-url <url>",
        "OpenSearch Dashboards, for its saved objects; without it they are left out",
        dashboardsValue,
      ).env("DASHBOARDS_URL"),
    );
  command.option(
    "--firehose-indices <pattern>",
    "indices of Firehose that get a template as the pipeline's, too: what `terraform output -raw index_pattern` of firehose-search prints; once for each",
    collect,
  );
  for (const role of FUNCTIONAL_ROLES) {
    const who = `whom the role of the ${role} is mapped to, instead of all whom it is mapped to now; once for each`;
    command.option(`--${role} <who>`, who, collect);
  }
  return addLoginOptions(command);
}

/** Adds the options that only `setup` has. */
export function addWriteOptions(command: UsageCommand): UsageCommand {
  return command
    .addOption(new Option("--check", "change nothing, and exit with 1 if anything differs").conflicts("dryRun"))
    .option("--dry-run", "change nothing, and show what would be changed")
    .addOption(
      new ValueOption(
        "--rotate-master-password <secret>",
        "give the domain's internal master user a new password, and keep it in this secret of Secrets Manager",
        secretValue,
      ).conflicts(["check", "dryRun"]),
    );
}
