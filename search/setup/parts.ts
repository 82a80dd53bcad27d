import type { SetupArguments } from "../arguments/setup-arguments";
import type { SetupPart } from "./item";

/** Returns the parts of set-up in their order: who may do what comes first, so that the forwarder can write. */
export function setupParts(_args: SetupArguments): SetupPart[] {
  return [];
}
