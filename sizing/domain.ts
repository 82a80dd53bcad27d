import { largestShardGb, proposedIndices, type SizedIndices } from "./indices";
import { type DataNodeType, dataNodeTypes, heapGib, masterTypeFor } from "./instances";
import { FREE_SPACE_FACTOR, storageOf } from "./storage";
import { peakEventsPerSecond, type SizingWorkload } from "./workload";

const SHARDS_PER_HEAP_GIB = 25;
export const VCPUS_PER_ACTIVE_SHARD = 1.5;
const GIB_PER_GB = 1e9 / 2 ** 30;

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

/** vCPUs that indexing needs at the peak, with the other half for searches, and at any time for the shards that are written to. */
export function neededVcpus(workload: SizingWorkload, { shardsPerDay }: SizedIndices): number {
  const perEvent = Math.max(CPU_PER_EVENT, workload.eventBytes * CPU_PER_BYTE);
  const indexing = (peakEventsPerSecond(workload) * perEvent * (1 + workload.replicas)) / INDEXING_SHARE;
  return Math.max(indexing, shardsPerDay * VCPUS_PER_ACTIVE_SHARD);
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
  const carriedShards = Math.floor(SHARDS_PER_HEAP_GIB * heapGib(node) * count);
  const indices = proposedIndices(workload, count).find(
    (proposed) => proposed.shards <= carriedShards && neededVcpus(workload, proposed) <= node.vcpus * count,
  );
  if (!indices || maxNodeGib(workload, count) > node.maxVolumeGib) return undefined;
  const hasMasters = workload.zones > 1 || count > MAX_NODES_WITHOUT_MASTERS;
  const masterType = masterTypeFor(count, indices.shards);
  if (hasMasters && masterType === undefined) return undefined;
  const volumeGib = Math.max(1, Math.ceil(nodeGib(indices, count) / VOLUME_STEP_GIB)) * VOLUME_STEP_GIB;
  return {
    ...{ node, count, indices, carriedShards },
    volumeGib: Math.min(volumeGib, node.maxVolumeGib),
    masterType: hasMasters ? masterType : undefined,
  };
}

/** Shards of the data node that has most: the engine gives each as many, or one more. */
export const shardsOfNode = ({ shards }: SizedIndices, nodes: number): number => Math.ceil(shards / nodes);

/** What the shards of a data node take, with free space. */
const nodeGib = (indices: SizedIndices, nodes: number): number =>
  shardsOfNode(indices, nodes) * indices.shardGb * FREE_SPACE_FACTOR * GIB_PER_GB;

/** The most that can be, whichever indices are proposed: it never falls when there is more to store. */
const maxNodeGib = (workload: SizingWorkload, nodes: number): number => {
  const oneMoreGb = largestShardGb(workload) * FREE_SPACE_FACTOR * (nodes - 1);
  return ((storageOf(workload).volumesGb + oneMoreGb) / nodes) * GIB_PER_GB;
};
