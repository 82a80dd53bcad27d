import type { IndexSettings } from "../../core/settings/index-settings";
import type { Principal } from "../arguments/principal";
import type { ApiClient } from "../client";
import type { SetupPart } from "../setup/item";
import type { FunctionalRole } from "./functional-roles";
import { roleItems } from "./role-items";
import { securityApi } from "./security-api";

/** Roles and role mappings, by the security plugin. */
export function rolesPart(
  settings: IndexSettings,
  principals: ReadonlyMap<FunctionalRole, readonly Principal[]>,
  engine: ApiClient,
): SetupPart {
  return {
    title: "roles and role mappings",
    items: async () => roleItems(settings, principals, await securityApi(engine)),
  };
}
