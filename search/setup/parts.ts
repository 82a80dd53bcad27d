import type { SetupArguments } from "../arguments/setup-arguments";
import { apiClient } from "../client";
import { indexParts } from "../indices/parts";
import { rolesPart } from "../roles/part";
import type { SetupPart } from "./item";

/** Returns the parts of set-up in their order: who may do what comes first, so that the forwarder can write. */
export function setupParts({ settings, searchEndpoint, login, principals }: SetupArguments): SetupPart[] {
  const engine = apiClient(searchEndpoint, login);
  return [rolesPart(settings, principals, engine), ...indexParts(settings, engine)];
}
