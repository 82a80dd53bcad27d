import { type Environment, parseEnvironment } from "../core/settings/environment";
import type { DoctorLane } from "./context";
import { UncheckedError } from "./examined";

/**
 * Returns the environment of the first function that there is: all of a pipeline deliver to the same places.
 *
 * @returns undefined: there is no function
 * @throws UncheckedError, or what Lambda answers, where it is not known
 */
export function environmentOf(lanes: readonly DoctorLane[]): Environment | undefined {
  for (const { name, forwarder } of lanes) {
    const configuration = forwarder();
    if (!configuration) continue;
    const { Environment: { Variables, Error: denied } = {}, FunctionArn = "" } = configuration;
    if (denied) throw deniedKey(name, `${denied.ErrorCode}: ${denied.Message}`);
    try {
      return parseEnvironment({ AWS_REGION: FunctionArn.split(":")[3], ...Variables });
    } catch (error) {
      throw new UncheckedError(`the environment of ${name}: ${(error as Error).message}`);
    }
  }
  return undefined;
}

/** Lambda answers without variables whoever may not use their key. Source: Lambda API Reference, "EnvironmentError". */
const deniedKey = (name: string, reason: string): Error =>
  new UncheckedError(`the environment of ${name} cannot be decrypted: ${reason}`, "kms:Decrypt");
