import { Option } from "commander";
import type { UsageCommand } from "../../tools/usage/usage-command";
import type { ValidationErrors } from "../../tools/usage/validation-errors";

export const LOGINS = ["aws", "basic", "api-key", "none"] as const;

/** How requests are authenticated. */
export type Login = { by: "aws" | "none" } | { by: "basic" | "api-key"; authorization: string };

/** Of each kind the variables that hold its secret, which is never on the command line. */
const VARIABLES = { basic: ["SEARCH_USER", "SEARCH_PASSWORD"], "api-key": ["SEARCH_API_KEY"] } as const;

/** Adds the option that chooses the login. */
export function addLoginOption(command: UsageCommand): UsageCommand {
  return command.addOption(
    new Option(
      "--login <kind>",
      "aws: signed with the credentials of the AWS CLI; basic: SEARCH_USER and SEARCH_PASSWORD in the environment; " +
        "api-key: SEARCH_API_KEY in the environment; none",
    )
      .choices(LOGINS)
      .default("aws"),
  );
}

/**
 * Returns the login of the given kind.
 *
 * @param kind undefined: the given one is not allowed
 * @param errors to which those of missing variables are added
 */
export function loginOf(
  kind: (typeof LOGINS)[number] | undefined,
  environment: Readonly<Record<string, string | undefined>>,
  errors: ValidationErrors,
): Login | undefined {
  if (kind === undefined) return undefined;
  if (kind === "aws" || kind === "none") return { by: kind };
  const missing = VARIABLES[kind].filter((name) => !environment[name]);
  errors.add(...missing.map((name) => `${name} is not set in the environment. --login ${kind} needs it.`));
  const { SEARCH_USER, SEARCH_PASSWORD, SEARCH_API_KEY } = environment;
  const authorization =
    kind === "basic" ? basicAuthorization(SEARCH_USER ?? "", SEARCH_PASSWORD ?? "") : `ApiKey ${SEARCH_API_KEY}`;
  return { by: kind, authorization };
}

/** Source: RFC 7617 "The 'Basic' HTTP Authentication Scheme". */
export const basicAuthorization = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
