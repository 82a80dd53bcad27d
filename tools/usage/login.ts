import { Option } from "commander";
import { apiKeyAuthorization, basicAuthorization } from "../../core/http/credentials/authorization";
import { ENVIRONMENT } from "../../core/settings/environment";
import { regionOfDomain } from "../../core/settings/search-endpoint";
import { ValueOption } from "./option-value";
import type { UsageCommand } from "./usage-command";
import type { ValidationErrors } from "./validation-errors";

export const LOGINS = ["aws", "basic", "api-key", "none"] as const;

/** How requests to an engine are authenticated. `region`: to sign for; undefined: see `signedRegion`. */
export type Login =
  | { by: "aws"; region?: string }
  | { by: "none" }
  | { by: "basic" | "api-key"; authorization: string };

/** The options that `addLoginOptions` adds. */
export interface LoginOptions {
  /** Undefined if the given one is not allowed. */
  login?: (typeof LOGINS)[number];
  searchRegion?: string;
}

/** Of each kind the variables that hold its secret, which is never on the command line. */
const VARIABLES = { basic: ["SEARCH_USER", "SEARCH_PASSWORD"], "api-key": ["SEARCH_API_KEY"] } as const;

const regionValue = {
  allowed: "a region's name, e.g. eu-central-1",
  parse: (given: string) => ENVIRONMENT.SEARCH_REGION.parse(given) || undefined,
};

/** Adds the options that choose the login. */
export function addLoginOptions<C extends UsageCommand>(command: C): C {
  return command
    .addOption(
      new Option(
        "--login <kind>",
        "aws: signed with the credentials of the AWS CLI; basic: SEARCH_USER and SEARCH_PASSWORD in the environment; " +
          "api-key: SEARCH_API_KEY in the environment; none",
      )
        .choices(LOGINS)
        .default("aws"),
    )
    .addOption(
      new ValueOption(
        "--search-region <region>",
        "the region to sign for (default: the one that the host of --search-endpoint names, or else that of the AWS CLI)",
        regionValue,
      ).env("SEARCH_REGION"),
    );
}

/**
 * Returns the login that the options say.
 *
 * @param errors to which those of missing variables are added
 */
export function loginOf(
  { login: kind, searchRegion }: LoginOptions,
  environment: Readonly<Record<string, string | undefined>>,
  errors: ValidationErrors,
): Login | undefined {
  if (kind === undefined) return undefined;
  if (kind === "none") return { by: kind };
  if (kind === "aws") return { by: kind, ...(searchRegion !== undefined && { region: searchRegion }) };
  const missing = VARIABLES[kind].filter((name) => !environment[name]);
  errors.add(...missing.map((name) => `${name} is not set in the environment. --login ${kind} needs it.`));
  const { SEARCH_USER, SEARCH_PASSWORD, SEARCH_API_KEY } = environment;
  const authorization =
    kind === "basic"
      ? basicAuthorization(SEARCH_USER ?? "", SEARCH_PASSWORD ?? "")
      : apiKeyAuthorization(SEARCH_API_KEY ?? "");
  return { by: kind, authorization };
}

/** Returns the region that requests to an endpoint are signed for; undefined: that of the AWS CLI. */
export const signedRegion = (endpoint: string, login: Login): string | undefined =>
  (login.by === "aws" ? login.region : undefined) ?? regionOfDomain(endpoint);
