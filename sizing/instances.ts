/** An instance type of data nodes. */
export interface DataNodeType {
  readonly type: string;
  readonly vcpus: number;
  readonly memoryGib: number;
  readonly maxVolumeGib: number;
  readonly maxCount: number;
}

/** Until AWS raises that (OpenSearch Service Developer Guide, Domain and instance quotas); T3 never has more than 10. */
export const MAX_DATA_NODES = 80;
const MAX_BURSTABLE_NODES = 10;

/**
 * The types that are proposed. Sources: Amazon EC2 Instance Types Guide, Specifications; OpenSearch Service Developer Guide, EBS
 * volume size quotas.
 */
const BURSTABLE_TYPES: readonly DataNodeType[] = [
  { type: "t3.small.search", vcpus: 2, memoryGib: 2, maxVolumeGib: 100, maxCount: MAX_BURSTABLE_NODES },
  { type: "t3.medium.search", vcpus: 2, memoryGib: 4, maxVolumeGib: 200, maxCount: MAX_BURSTABLE_NODES },
];

/** Of each size of R7g its vCPUs and the maximum of its volume; a vCPU has 8 GiB of memory. */
const R7G = {
  large: [2, 1_536],
  xlarge: [4, 3_072],
  "2xlarge": [8, 6_144],
  "4xlarge": [16, 12_288],
  "8xlarge": [32, 16_384],
  "12xlarge": [48, 24_576],
  "16xlarge": [64, 36_864],
} as const;

const PRODUCTION_TYPES: readonly DataNodeType[] = Object.entries(R7G).map(([size, [vcpus, maxVolumeGib]]) => ({
  ...{ type: `r7g.${size}.search`, vcpus, maxVolumeGib },
  memoryGib: vcpus * 8,
  maxCount: MAX_DATA_NODES,
}));

export const dataNodeTypes = (zones: number): readonly DataNodeType[] =>
  zones === 1 ? [...BURSTABLE_TYPES, ...PRODUCTION_TYPES] : PRODUCTION_TYPES;

/** Half of the memory, and up to 32 GiB (OpenSearch Service Developer Guide, Supported instance types). */
export const heapGib = ({ memoryGib }: DataNodeType): number => Math.min(32, memoryGib / 2);

/** Dedicated master nodes, by how many data nodes and shards they manage (the same guide, Dedicated master nodes). */
const MASTER_TYPES = [
  { type: "m6g.large.search", maxNodes: 10, maxShards: 10_000 },
  { type: "c6g.2xlarge.search", maxNodes: 30, maxShards: 30_000 },
  { type: "r6g.xlarge.search", maxNodes: 75, maxShards: 40_000 },
  { type: "r6g.2xlarge.search", maxNodes: 125, maxShards: 75_000 },
] as const;

/** @returns undefined: none manages so many */
export const masterTypeFor = (nodes: number, shards: number): string | undefined =>
  MASTER_TYPES.find(({ maxNodes, maxShards }) => nodes <= maxNodes && shards <= maxShards)?.type;
