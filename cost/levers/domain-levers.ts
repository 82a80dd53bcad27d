import type { Deployment } from "../plan/deployment";
import type { LeverRow } from "./lever";

const withoutMasters = (deployment: Deployment): Deployment => ({
  ...deployment,
  domains: deployment.domains.map((each) => ({
    ...each,
    nodes: each.nodes.filter(({ what }) => what !== "dedicated master nodes"),
  })),
});

export const DOMAIN_LEVERS: readonly LeverRow[] = [
  [
    "search domain",
    "search_endpoint",
    (deployment) => ({ change: "a domain that you have already", to: { ...deployment, domains: [] } }),
  ],
  [
    "search domain",
    "index_retention_days",
    (deployment) => ({
      change: "half as long, with half of search_domain.volume_size_gib",
      to: { ...deployment, domains: deployment.domains.map((each) => ({ ...each, volumeGb: each.volumeGb / 2 })) },
    }),
  ],
  [
    "search domain",
    "search_domain.dedicated_master_type",
    (deployment) =>
      deployment.domains.every(({ nodes }) => (nodes[0]?.count ?? 0) < 3)
        ? { change: "null: fewer than three data nodes", to: withoutMasters(deployment) }
        : undefined,
  ],
];
