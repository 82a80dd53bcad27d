import type { IndexSettings } from "../../core/settings/index-settings";
import { readIndexSettings } from "../../tools/usage/index-settings-file";
import { type Login, loginOf } from "../../tools/usage/login";
import { ValidationErrors } from "../../tools/usage/validation-errors";
import type { Discover } from "../link/discover-url";
import { documentIdFor, isEventOfCloudWatch } from "../link/found-event";
import type { LinkOptions } from "./link-options";

export interface LinkArguments {
  settings: IndexSettings;
  searchEndpoint: string;
  /** undefined: no link, only the command. */
  dashboardsUrl: string | undefined;
  login: Login;
  /** By which the engine is asked whether the search finds anything; undefined: its secret is not in the environment. */
  asksBy?: Login;
  discover: Discover;
  group?: string;
  level?: string;
  /** In Lucene's syntax; "" finds all. */
  text: string;
  /** The `_id` of the document whose neighbours are looked for. */
  around?: string;
  from?: string;
  to?: string;
}

/**
 * Reads the command line of `link`.
 *
 * @param errors those of the command line
 * @throws UsageError listing every validation error
 */
export function parseLinkArguments(
  options: LinkOptions,
  environment: Readonly<Record<string, string | undefined>>,
  errors: ValidationErrors,
): LinkArguments {
  const {
    indexSettings,
    searchEndpoint,
    dashboardsUrl,
    discover,
    logGroup: group,
    level,
    query,
    around,
    account,
  } = options;
  const settings = indexSettings === undefined ? undefined : readIndexSettings(indexSettings, errors);
  // The command that is printed reads the secrets itself; a search for the event is made here.
  const login = around === undefined ? unusedLogin(options) : loginOf(options, environment, errors);
  const missing = new ValidationErrors();
  const asksBy = around === undefined ? loginOf(options, environment, missing) : undefined;
  const scope = group !== undefined && account !== undefined ? { group, account } : undefined;
  if (around !== undefined && isEventOfCloudWatch(around) && !scope) {
    errors.add(
      "--around with an event's id of CloudWatch Logs needs --log-group and --account: the _id of its document is made of all three.",
    );
  }
  const { from, to } = options;
  const isBackwards = from !== undefined && to !== undefined && Date.parse(from) >= Date.parse(to);
  if (isBackwards) errors.add(`--from ${from} --to ${to}: --from must be before --to.`);
  errors.throwIfAny();
  return {
    settings: settings!,
    searchEndpoint: searchEndpoint!,
    dashboardsUrl,
    login: login!,
    ...(asksBy && missing.isEmpty && { asksBy }),
    discover: discover!,
    text: query ?? "",
    ...(group !== undefined && { group }),
    ...(level !== undefined && { level }),
    ...(around !== undefined && { around: documentIdFor(around, scope) }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };
}

function unusedLogin({ login: by, searchRegion }: LinkOptions): Login | undefined {
  if (by === undefined) return undefined;
  if (by === "aws") return { by, ...(searchRegion !== undefined && { region: searchRegion }) };
  return by === "none" ? { by } : { by, authorization: "" };
}
