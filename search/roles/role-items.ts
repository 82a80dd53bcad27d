import type { IndexSettings } from "../../core/settings/index-settings";
import type { Principal } from "../arguments/principal";
import { ForeignError, type SetupItem } from "../setup/item";
import { FUNCTIONAL_ROLES, type FunctionalRole, roleBody, roleMark, roleName } from "./functional-roles";
import type { SecurityApi } from "./security-api";

/** What the plugin says about a role or a mapping of its own. */
const STATE = ["reserved", "hidden", "static"];

/** Returns the roles of a pipeline, each with its mapping if it is given. */
export function roleItems(
  settings: IndexSettings,
  principals: ReadonlyMap<FunctionalRole, readonly Principal[]>,
  api: SecurityApi,
): SetupItem[] {
  return FUNCTIONAL_ROLES.flatMap((role) => {
    const mapped = principals.get(role);
    return [roleItem(settings, role, api), ...(mapped ? [mappingItem(settings, role, mapped, api)] : [])];
  });
}

function roleItem(settings: IndexSettings, role: FunctionalRole, api: SecurityApi): SetupItem {
  const name = roleName(settings, role);
  const desired = roleBody(settings, role);
  return {
    title: `role ${name}`,
    desired,
    async read() {
      const actual = await ownRole(settings, role, api);
      return actual && { actual: withoutState(actual), desired };
    },
    write: () => api.put("roles", name, desired),
  };
}

function mappingItem(
  settings: IndexSettings,
  role: FunctionalRole,
  principals: readonly Principal[],
  api: SecurityApi,
): SetupItem {
  const name = roleName(settings, role);
  const namesOf = (kind: Principal["kind"]) =>
    principals.filter((principal) => principal.kind === kind).map((principal) => principal.name);
  const desired = { backend_roles: namesOf("backend_roles"), users: namesOf("users") };
  return {
    title: `role mapping ${name}`,
    desired,
    async read() {
      // Whoever has a role of this name has its mapping, too.
      await ownRole(settings, role, api);
      const actual = await api.get("rolesmapping", name);
      return actual && { actual: { ...withoutState(actual), description: "" }, desired };
    },
    write: () => api.put("rolesmapping", name, desired),
  };
}

/** @throws ForeignError for one that set-up has not put for this pipeline */
async function ownRole(settings: IndexSettings, role: FunctionalRole, api: SecurityApi) {
  const name = roleName(settings, role);
  const actual = await api.get("roles", name);
  if (actual && !String(actual.description).startsWith(`${roleMark(settings)}:`)) {
    throw new ForeignError(
      `${name} is another owner's and stays as it is: its description does not begin with "${roleMark(settings)}". ` +
        "Delete it, or give the pipeline another name.",
    );
  }
  return actual;
}

function withoutState(found: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(found).filter(([name]) => !STATE.includes(name)));
}
