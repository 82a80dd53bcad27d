import { activeShards, ownIndices, type SizedIndices, sharedIndices, spreadIndices } from "./indices";
import { type DataNodeType, dataNodeTypes, heapGib, masterTypeFor } from "./instances";
import { storageOf } from "./storage";
import { peakEventsPerSecond, type SizingWorkload } from "./workload";

const SHARDS_PER_HEAP_GIB = 25;
const VCPUS_PER_ACTIVE_SHARD = 1.5;
const GIB = 2 ** 30;

/** Seconds of a vCPU for an event and copy, and for a byte of a larger one. */
const CPU_PER_EVENT = 20e-6;
const CPU_PER_BYTE = 40e-9;
/** Part of the vCPUs that indexing takes at the peak; searches and merges have the rest. */
const INDEXING_SHARE = 0.5;

/** More data nodes than that have dedicated master nodes, even in one Availability Zone. */
const MAX_NODES_WITHOUT_MASTERS = 10;

const VOLUME_STEP_GIB = 10;

export interface SizedDomain {
  readonly node: DataNodeType;
  readonly count: number;
  readonly volumeGib: number;
  /** undefined: no dedicated master nodes. */
  readonly masterType: string | undefined;
  readonly indices: SizedIndices;
  /** Shards that the heap of all data nodes should carry. */
  readonly carriedShards: number;
}

/** vCPUs that indexing needs at the peak, with the other half for searches. */
export function neededVcpus(workload: SizingWorkload): number {
  const perEvent = Math.max(CPU_PER_EVENT, workload.eventBytes * CPU_PER_BYTE);
  const indexing = (peakEventsPerSecond(workload) * perEvent * (1 + workload.replicas)) / INDEXING_SHARE;
  return Math.max(indexing, activeShards(workload) * VCPUS_PER_ACTIVE_SHARD);
}

/**
 * Returns the domain with the least memory, and then the fewest data nodes, that carries a workload.
 *
 * @returns undefined: no domain within the default quotas does
 */
export function sizeDomain(workload: SizingWorkload): SizedDomain | undefined {
  for (const candidate of candidates(workload)) {
    const domain = domainOf(workload, candidate);
    if (domain) return domain;
  }
  return undefined;
}

interface Candidate {
  readonly node: DataNodeType;
  readonly count: number;
}

function candidates({ replicas, zones }: SizingWorkload): Candidate[] {
  const minimum = Math.ceil((1 + replicas) / zones);
  return dataNodeTypes(zones)
    .flatMap((node) =>
      Array.from({ length: Math.floor(node.maxCount / zones) }, (_, i) => ({ node, count: (i + 1) * zones })),
    )
    .filter(({ count }) => count >= minimum * zones)
    .sort((a, b) => a.node.memoryGib * a.count - b.node.memoryGib * b.count || a.count - b.count);
}

function domainOf(workload: SizingWorkload, { node, count }: Candidate): SizedDomain | undefined {
  const neededGib = (storageOf(workload).volumesGb * 1e9) / GIB / count;
  const carriedShards = Math.floor(SHARDS_PER_HEAP_GIB * heapGib(node) * count);
  const shared = sharedIndices(workload);
  const isEnough =
    neededGib <= node.maxVolumeGib && shared.shards <= carriedShards && neededVcpus(workload) <= node.vcpus * count;
  if (!isEnough) return undefined;
  const own = ownIndices(workload);
  const indices =
    workload.groups > 1 && own.shards <= carriedShards
      ? own
      : (spreadIndices(workload, count, carriedShards) ?? shared);
  const hasMasters = workload.zones > 1 || count > MAX_NODES_WITHOUT_MASTERS;
  const masterType = masterTypeFor(count, indices.shards);
  if (hasMasters && masterType === undefined) return undefined;
  const volumeGib = Math.max(VOLUME_STEP_GIB, Math.ceil(neededGib / VOLUME_STEP_GIB) * VOLUME_STEP_GIB);
  return {
    ...{ node, count, indices, carriedShards },
    volumeGib: Math.min(volumeGib, node.maxVolumeGib),
    masterType: hasMasters ? masterType : undefined,
  };
}
