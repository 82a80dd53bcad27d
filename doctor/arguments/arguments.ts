import { validationError } from "../../core/settings/parse-variables";
import { type Login, loginOf } from "../../tools/usage/login";
import type { UsageCommand } from "../../tools/usage/usage-command";
import { type DoctorOptions, doctorLogGroupValue } from "./options";

export interface DoctorArguments {
  name: string;
  /** undefined: that of the AWS CLI. */
  region?: string;
  /** undefined: that of the functions. */
  searchEndpoint?: string;
  logGroups: readonly string[];
  login: Login;
  isJson: boolean;
}

/**
 * Reads the command line of `npm run doctor`.
 *
 * @param command that has parsed it
 * @throws UsageError listing every validation error
 */
export function parseDoctorArguments(
  command: UsageCommand,
  environment: Readonly<Record<string, string | undefined>>,
): DoctorArguments {
  const { errors } = command;
  const options = command.opts<DoctorOptions>();
  const { name, region, searchEndpoint, logGroup = [], json } = options;
  const wrong = logGroup.filter((given) => doctorLogGroupValue.parse(given) === undefined);
  errors.add(...wrong.map((given) => validationError("--log-group", given, doctorLogGroupValue)));
  const login = loginOf(options, environment, errors);
  errors.throwIfAny();
  return {
    name: name!,
    ...(region !== undefined && { region }),
    ...(searchEndpoint !== undefined && { searchEndpoint }),
    logGroups: logGroup,
    login: login!,
    isJson: json === true,
  };
}
