import { Option } from "commander";
import { ENVIRONMENT } from "../../core/settings/environment";
import { INDEX_SETTINGS_FLAGS } from "../../tools/usage/index-settings-file";
import { addLoginOptions, type LoginOptions } from "../../tools/usage/login";
import { type OptionValue, ValueOption } from "../../tools/usage/option-value";
import type { UsageCommand } from "../../tools/usage/usage-command";
import { DISCOVERS, type Discover } from "../link/discover-url";
import { NEIGHBOURS } from "../link/link-query";
import { dashboardsValue } from "./dashboards-url";
import { linkTimeValue } from "./link-time";

/** The options of `link` that are given and valid, and defaults. */
export interface LinkOptions extends LoginOptions {
  indexSettings?: string;
  searchEndpoint?: string;
  dashboardsUrl?: string;
  discover?: Discover;
  logGroup?: string;
  level?: string;
  query?: string;
  around?: string;
  account?: string;
  from?: string;
  to?: string;
}

const notEmpty = (allowed: string): OptionValue<string> => ({ allowed, parse: (given) => given || undefined });

const accountValue = {
  allowed: "the 12 digits of an AWS account",
  parse: (given: string) => (/^\d{12}$/.test(given) ? given : undefined),
};

/** Adds the options of `link`. */
export function addLinkOptions(command: UsageCommand): UsageCommand {
  const { SEARCH_ENDPOINT } = ENVIRONMENT;
  command
    .requiredOption(INDEX_SETTINGS_FLAGS, "what `terraform output -json index_settings` has printed")
    .addOption(
      new ValueOption("--search-endpoint <url>", "the search endpoint, for the command", SEARCH_ENDPOINT)
        .env("SEARCH_ENDPOINT")
        .makeOptionMandatory(),
    )
    .addOption(
      new ValueOption(
        "--dashboards-url <url>",
        "Dashboards, for the link; without it only the command is printed",
        dashboardsValue,
      ).env("DASHBOARDS_URL"),
    )
    .addOption(new ValueOption("--log-group <name>", "events of this log group", notEmpty("a log group's name")))
    .addOption(new ValueOption("--level <name>", "events of this level, such as error", notEmpty("a level's name")))
    .addOption(new ValueOption("--query <text>", "in Lucene's syntax: status:>=500", notEmpty("a query")))
    .addOption(new ValueOption("--from <time>", "events from this time on (default: now-15m)", linkTimeValue))
    .addOption(new ValueOption("--to <time>", "events up to this time (default: now)", linkTimeValue))
    .addOption(
      new ValueOption(
        "--around <id>",
        `an event and its neighbours in its log stream, ${NEIGHBOURS} before and ${NEIGHBOURS} after it, whenever they were: the _id ` +
          "of its document, or with --log-group and --account its id in CloudWatch Logs",
        notEmpty("the _id of a document, or an event's id"),
      ).conflicts(["from", "to"]),
    )
    .addOption(new ValueOption("--account <id>", "the account of the log group, for --around", accountValue))
    .addOption(
      new Option("--discover <kind>", "explorer: OpenSearch Dashboards from 2.10 on; classic: before it, and Kibana")
        .choices(DISCOVERS)
        .default("explorer"),
    );
  return addLoginOptions(command);
}
