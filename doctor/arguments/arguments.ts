import { validationError } from "../../core/settings/parse-variables";
import { type Login, loginOf } from "../../tools/usage/login";
import type { UsageCommand } from "../../tools/usage/usage-command";
import { DEFAULT_WAIT_SECONDS, type DoctorOptions, doctorLogGroupValue } from "./options";

export interface DoctorArguments {
  name: string;
  /** undefined: that of the AWS CLI. */
  region?: string;
  /** undefined: that of the functions. */
  searchEndpoint?: string;
  logGroups: readonly string[];
  /** Undefined: no event is put. */
  testEvent?: { waitSeconds: number };
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
  const { name, region, searchEndpoint, logGroup = [], json, testEvent, waitSeconds } = options;
  const wrong = logGroup.filter((given) => doctorLogGroupValue.parse(given) === undefined);
  errors.add(...wrong.map((given) => validationError("--log-group", given, doctorLogGroupValue)));
  if (testEvent && logGroup.length === 0) {
    errors.add("--test-event needs --log-group: the log group that the event is put into, once for each.");
  }
  if (waitSeconds !== undefined && !testEvent) errors.add("--wait-seconds applies only to --test-event.");
  const login = loginOf(options, environment, errors);
  errors.throwIfAny();
  return {
    name: name!,
    ...(region !== undefined && { region }),
    ...(searchEndpoint !== undefined && { searchEndpoint }),
    logGroups: logGroup,
    ...(testEvent && { testEvent: { waitSeconds: waitSeconds ?? DEFAULT_WAIT_SECONDS } }),
    login: login!,
    isJson: json === true,
  };
}
