import { DATA_NODES, type Domain } from "./deployment";
import type { Resource } from "./resources";
import { Attributes } from "./values";

export const domainsOf = (resources: readonly Resource[]): Domain[] => resources.map(domainOf);

function domainOf(resource: Resource): Domain {
  const attributes = Attributes.of(resource);
  const cluster = attributes.block("cluster_config");
  const volumes = attributes.block("ebs_options");
  const count = Math.max(1, cluster.number("instance_count", 1));
  const nodes = [{ what: DATA_NODES, instanceType: cluster.text("instance_type"), count }];
  for (const [what, prefix] of [
    ["dedicated master nodes", "dedicated_master"],
    ["UltraWarm nodes", "warm"],
  ] as const) {
    if (!cluster.is(`${prefix}_enabled`)) continue;
    nodes.push({ what, instanceType: cluster.text(`${prefix}_type`), count: cluster.number(`${prefix}_count`, 0) });
  }
  return {
    address: resource.address,
    nodes: nodes.filter(({ instanceType }) => instanceType !== ""),
    volumeGb: volumes.is("ebs_enabled") ? volumes.number("volume_size", 0) * count : 0,
    volumeType: volumes.text("volume_type"),
    zones: cluster.is("zone_awareness_enabled")
      ? cluster.block("zone_awareness_config").number("availability_zone_count", 2)
      : 1,
    isInVpc: attributes.has("vpc_options"),
  };
}
