import type { FirehoseIndices } from "../../core/indices/firehose-templates";
import type { IndexSettings } from "../../core/settings/index-settings";
import { validationError } from "../../core/settings/parse-variables";
import { readIndexSettings } from "../../tools/usage/index-settings-file";
import { type Login, loginOf } from "../../tools/usage/login";
import type { ValidationErrors } from "../../tools/usage/validation-errors";
import { FUNCTIONAL_ROLES, type FunctionalRole } from "../roles/functional-roles";
import { firehoseIndicesValue, overlapOf } from "./firehose-indices";
import { type Principal, principalValue } from "./principal";
import type { SetupOptions } from "./setup-options";

export interface SetupArguments {
  /** Of a pipeline; undefined: the templates of Firehose's indices alone are set up. */
  settings: IndexSettings | undefined;
  firehoseIndices: readonly FirehoseIndices[];
  searchEndpoint: string;
  /** Undefined: Dashboards is left as it is. */
  dashboardsUrl: string | undefined;
  login: Login;
  /** Whom each role is mapped to; of a role that is absent, the mapping is left as it is. */
  principals: ReadonlyMap<FunctionalRole, readonly Principal[]>;
  mode: "write" | "check" | "dry run";
  /** The secret that gets a new password of the user who is logged in, and the password until then. */
  rotation: { secret: string; password: string } | undefined;
}

/**
 * Reads the command line of `setup` and `check`.
 *
 * @param errors those of the command line
 * @throws UsageError listing every validation error
 */
export function parseSetupArguments(
  options: SetupOptions,
  environment: Readonly<Record<string, string | undefined>>,
  errors: ValidationErrors,
): SetupArguments {
  const { indexSettings, searchEndpoint, dashboardsUrl, check, dryRun, rotateMasterPassword } = options;
  const settings = indexSettings === undefined ? undefined : readIndexSettings(indexSettings, errors);
  const firehoseIndices = (options.firehoseIndices ?? []).flatMap((given) => {
    const indices = firehoseIndicesValue.parse(given);
    if (!indices) errors.add(validationError("--firehose-indices", given, firehoseIndicesValue));
    return indices ?? [];
  });
  errors.add(...whatHasNoPipeline(options));
  if (settings) errors.add(...firehoseIndices.flatMap((each) => overlapOf(each, settings) ?? []));
  const login = loginOf(options, environment, errors);
  const principals = new Map<FunctionalRole, readonly Principal[]>();
  for (const role of FUNCTIONAL_ROLES) {
    const given = options[role];
    if (given)
      principals.set(
        role,
        given.flatMap((who) => principalOf(`--${role}`, who, errors) ?? []),
      );
  }
  const password = environment.SEARCH_PASSWORD;
  if (rotateMasterPassword !== undefined && options.login !== undefined && options.login !== "basic") {
    errors.add(
      `--rotate-master-password needs --login basic, as the internal master user; --login is ${options.login}.`,
    );
  }
  errors.throwIfAny();
  return {
    ...{ settings, firehoseIndices },
    searchEndpoint: searchEndpoint!,
    dashboardsUrl,
    login: login!,
    principals,
    mode: check ? "check" : dryRun ? "dry run" : "write",
    rotation: rotateMasterPassword === undefined ? undefined : { secret: rotateMasterPassword, password: password! },
  };
}

/** The templates of Firehose's indices need no pipeline; all else is of one. */
function whatHasNoPipeline({ indexSettings, firehoseIndices, ...others }: SetupOptions): string[] {
  if (indexSettings !== undefined) return [];
  if (firehoseIndices === undefined) {
    return ["--index-settings is missing; give it, or --firehose-indices alone for what Firehose delivers."];
  }
  return FUNCTIONAL_ROLES.filter((role) => others[role] !== undefined).map(
    (role) => `--${role} maps a role of a pipeline, and needs --index-settings.`,
  );
}

function principalOf(option: string, given: string, errors: ValidationErrors): Principal | undefined {
  const principal = principalValue.parse(given);
  if (!principal) errors.add(validationError(option, given, principalValue));
  return principal;
}
