import { isObject } from "../../core/json/object";
import type { SecurityApi } from "../../search/roles/security-api";
import { matchesPattern } from "./pattern";

const BULK = "indices:data/write/bulk";
const WRITES = ["indices:data/write/bulk[s]", "indices:data/write/index"];

/** Roles of the domain that an IAM role is mapped to, by their names, and those of them that may write. */
export interface MappedRoles {
  readonly names: readonly string[];
  readonly writing: readonly string[];
}

/**
 * Finds what an IAM role is mapped to: the plugin takes its ARN for a backend role, and for a user's name.
 *
 * Source: OpenSearch Documentation, "Access control: API"; OpenSearch Service Developer Guide, "Fine-grained access control".
 *
 * @param index a name that its indices can have
 * @throws ApiError
 */
export async function mappedRoles(api: SecurityApi, roleArn: string, index: string): Promise<MappedRoles> {
  const mappings = await api.list("rolesmapping");
  const names = Object.entries(mappings).flatMap(([name, mapping]) =>
    [...textsIn(mapping.backend_roles), ...textsIn(mapping.users)].some((one) => matchesPattern(one, roleArn))
      ? [name]
      : [],
  );
  // Of everybody, and it is about own indices.
  const own = names.filter((name) => name !== "own_index");
  if (own.length === 0) return { names: [], writing: [] };
  const [roles, groups] = [await api.list("roles"), await api.list("actiongroups")];
  const actionsOf = (given: unknown, seen: readonly string[] = []): string[] =>
    textsIn(given).flatMap((action) =>
      groups[action] && !seen.includes(action)
        ? actionsOf(groups[action].allowed_actions, [...seen, action])
        : [action],
    );
  const allows = (given: unknown, wanted: readonly string[]) => {
    const actions = actionsOf(given);
    return wanted.every((action) => actions.some((pattern) => matchesPattern(pattern, action)));
  };
  const writing = own.filter((name) => {
    const { cluster_permissions, index_permissions } = roles[name] ?? {};
    const ofIndex = (Array.isArray(index_permissions) ? index_permissions : []).filter(
      (one) => isObject(one) && textsIn(one.index_patterns).some((pattern) => matchesPattern(pattern, index)),
    );
    return (
      allows(cluster_permissions, [BULK]) &&
      allows(
        ofIndex.flatMap((one) => textsIn(one.allowed_actions)),
        WRITES,
      )
    );
  });
  return { names: own, writing };
}

const textsIn = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
