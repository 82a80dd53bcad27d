import type { SetupArguments } from "../arguments/setup-arguments";
import { apiClient, secretsManagerClient } from "../client";
import { firehoseTemplatesPart } from "../indices/firehose-template";
import { indexParts } from "../indices/parts";
import { passwordPart } from "../password/part";
import { secretApi } from "../password/secret";
import { rolesPart } from "../roles/part";
import { savedObjectsPart } from "../saved-objects/part";
import type { SetupPart } from "./item";

/**
 * Returns the parts of set-up in their order: who may do what comes first, so that the forwarder can write, and the password
 * that the others log in with last.
 */
export async function setupParts(args: SetupArguments): Promise<SetupPart[]> {
  const { settings, firehoseIndices, searchEndpoint, login, principals, rotation } = args;
  const engine = apiClient(searchEndpoint, login);
  const parts = [
    ...(settings ? [rolesPart(settings, principals, engine), ...indexParts(settings, engine)] : []),
    ...(firehoseIndices.length > 0 ? [firehoseTemplatesPart(firehoseIndices, settings, engine)] : []),
    ...(settings ? [savedObjectsPart({ ...args, settings })] : []),
  ];
  if (!rotation) return parts;
  return [...parts, passwordPart(secretApi(rotation.secret, await secretsManagerClient()), rotation.password, engine)];
}
