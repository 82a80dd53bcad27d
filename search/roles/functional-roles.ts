import { layoutsOfSettings } from "../../core/events/configured-layouts";
import { indexPatterns } from "../../core/events/index-layout";
import type { IndexSettings } from "../../core/settings/index-settings";

/** What people and functions do with a pipeline's indices. The roles are named `<pipeline>-<function>`. */
export const FUNCTIONAL_ROLES = ["writer", "reader", "cleaner", "administrator"] as const;
export type FunctionalRole = (typeof FUNCTIONAL_ROLES)[number];

/** A role of the security plugin. Source: OpenSearch Documentation "Permissions" and "Default action groups". */
export interface RoleBody {
  description: string;
  cluster_permissions: string[];
  index_permissions: { index_patterns: string[]; allowed_actions: string[] }[];
  tenant_permissions: { tenant_patterns: string[]; allowed_actions: string[] }[];
}

/** Permissions by what they hold for. */
interface Permissions {
  cluster: string[];
  /** On the indices of the pipeline. */
  indices: string[];
  /** On the saved objects of Dashboards, in the tenant that all share. @default none */
  dashboards?: { indices: string[]; tenant: string };
}

/**
 * Indices of what all share in Dashboards, and in Kibana, which it was: an alias, and behind it one with a number. Those of
 * somebody's own tenant have longer names.
 */
const DASHBOARDS_INDICES = [".kibana", ".opensearch_dashboards"].flatMap((name) => [name, `${name}_?`, `${name}_??`]);

/** Of the forwarder, where it keeps the template. The plugin cannot bind a template to its name. */
const TEMPLATE_ACTIONS = ["indices:admin/index_template/get", "indices:admin/index_template/put"];

const PERMISSIONS: Record<FunctionalRole, Permissions> = {
  // The plugin does not tell `create` from `index`.
  writer: {
    cluster: ["indices:data/write/bulk"],
    indices: [
      "indices:data/write/bulk*",
      "indices:data/write/index",
      "indices:admin/create",
      "indices:admin/mapping/put",
    ],
  },
  reader: {
    cluster: ["cluster_composite_ops_ro"],
    indices: ["read"],
    dashboards: { indices: ["read"], tenant: "kibana_all_read" },
  },
  cleaner: {
    cluster: ["cluster_monitor"],
    indices: ["indices_monitor", "indices:admin/mappings/get", "indices:admin/delete"],
  },
  administrator: {
    cluster: [
      "cluster_composite_ops",
      "cluster_monitor",
      "indices:admin/index_template/*",
      "cluster:admin/opendistro/ism/*",
    ],
    indices: ["indices_all"],
    dashboards: { indices: ["crud"], tenant: "kibana_all_write" },
  },
};

export const roleName = ({ name }: Pick<IndexSettings, "name">, role: FunctionalRole): string => `${name}-${role}`;

/** Begins the description of each role, which says whose it is. */
export const roleMark = ({ name }: Pick<IndexSettings, "name">): string =>
  `Of the logging pipeline ${name}, by the command \`search setup\``;

/** Returns a role of a pipeline. */
export function roleBody(settings: IndexSettings, role: FunctionalRole): RoleBody {
  const { cluster, indices, dashboards } = PERMISSIONS[role];
  const patterns = indexPatterns(layoutsOfSettings(settings));
  return {
    description: `${roleMark(settings)}: ${role}`,
    cluster_permissions:
      role === "writer" && settings.template === "managed" ? [...cluster, ...TEMPLATE_ACTIONS] : cluster,
    index_permissions: [
      { index_patterns: patterns, allowed_actions: indices },
      ...(dashboards ? [{ index_patterns: DASHBOARDS_INDICES, allowed_actions: dashboards.indices }] : []),
    ],
    tenant_permissions: dashboards
      ? [{ tenant_patterns: ["global_tenant"], allowed_actions: [dashboards.tenant] }]
      : [],
  };
}
