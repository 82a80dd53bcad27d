import type { SizedDomain } from "./domain";
import type { SizedStream } from "./stream";
import type { SizingWorkload } from "./workload";

/** Name of the stream, and of the index, that log groups share. */
export const SHARED_NAME = "logs";

/** AWS refuses less of a volume that is larger (the rules of `search_domain`, docs/terraform.md). */
const LARGE_VOLUME_GIB = 1_024;
const LARGE_VOLUME_THROUGHPUT_MIB = 250;
const BASELINE_IOPS = 3_000;
const BASELINE_MAX_IOPS = 16_000;

/** Returns the inputs of the module, by their names in Terraform. */
export function moduleInputs(
  { days, replicas, zones }: SizingWorkload,
  { shards }: SizedStream,
  { node, count, volumeGib, masterType, indices }: SizedDomain,
): Record<string, unknown> {
  return {
    streams: { [SHARED_NAME]: { shards } },
    search_domain: {
      instance_type: node.type,
      instance_count: count,
      availability_zones: zones,
      volume_size_gib: volumeGib,
      ...(volumeGib > LARGE_VOLUME_GIB && {
        volume_iops: Math.max(BASELINE_IOPS, Math.min(BASELINE_MAX_IOPS, 3 * volumeGib)),
        volume_throughput_mib: LARGE_VOLUME_THROUGHPUT_MIB,
      }),
      ...(masterType !== undefined && { dedicated_master_type: masterType }),
    },
    index_shards: indices.primaryShards,
    index_replicas: replicas,
    index_retention_days: days,
    ...(indices.perDay === 1 && { default_index: SHARED_NAME }),
  };
}
