/** What a function of this repository is for; undefined in {@link DeployedFunction}: it is none of them. */
export type FunctionKind =
  | "forwarder"
  | "index-cleanup"
  | "archive-compaction"
  | "audit"
  | "access-logs"
  | "firehose-transform";

export interface Stream {
  readonly address: string;
  readonly name: string;
  /** 0: on-demand. */
  readonly shards: number;
  readonly retentionHours: number;
  readonly isEncrypted: boolean;
  /** Consumers with enhanced fan-out. */
  readonly consumers: number;
}

export interface DeployedFunction {
  readonly address: string;
  readonly name: string;
  readonly kind?: FunctionKind;
  /** By its schedule; undefined: the plan has none. */
  readonly runsPerMonth?: number;
  readonly memoryMib: number;
  readonly isArm: boolean;
  /** Its variables, as far as the plan knows them. */
  readonly variables: Readonly<Record<string, string>>;
  readonly isInVpc: boolean;
}

/** How Lambda reads the streams. */
export interface Batching {
  /** Records of a batch, at most. */
  readonly size: number;
  readonly windowSeconds: number;
  /** Concurrent batches of a shard. */
  readonly parallelization: number;
}

export interface LogGroup {
  readonly address: string;
  readonly name: string;
  /** 0: for ever. */
  readonly retentionDays: number;
  /** Whether a function of this repository, Firehose or the domain writes into it, and nothing that is delivered. */
  readonly isOwn: boolean;
}

/** {@link Domain.nodes} that hold the indices. */
export const DATA_NODES = "data nodes";

export interface Domain {
  readonly address: string;
  readonly nodes: readonly { readonly what: string; readonly instanceType: string; readonly count: number }[];
  /** Of all data nodes, in GB. */
  readonly volumeGb: number;
  readonly volumeType: string;
  /** Availability Zones; 1 where it has no zone awareness. */
  readonly zones: number;
  readonly isInVpc: boolean;
}

/** What the index settings of a pipeline make of its events. */
export interface KeptIndices {
  /** Days for which an index is kept after its period, 0: for ever; undefined: the plan does not tell. */
  readonly days?: number;
  /** Maximum number of replicas; undefined: the plan does not tell. */
  readonly replicas?: number;
}

export interface PlannedFirehose {
  readonly address: string;
  readonly name: string;
  readonly bufferingSeconds: number;
  readonly bufferingMib: number;
}

/** Copies of an event in a domain: a copy of a shard is on another data node. */
export function copiesIn({ nodes }: Domain, { indices }: Deployment): number {
  const dataNodes = nodes.find(({ what }) => what === DATA_NODES)?.count ?? 1;
  return Math.min(1 + (indices.replicas ?? 1), dataNodes);
}

/** What a bucket's lifecycle makes of its objects. */
export interface BucketLifecycle {
  /** Undefined: they stay in S3 Standard. */
  readonly transition?: { readonly days: number; readonly storageClass: string };
  /** Undefined: never. */
  readonly expirationDays?: number;
}

/** What a plan has of what AWS charges for. */
export interface Deployment {
  /** Undefined: the plan does not say. */
  readonly region?: string;
  readonly streams: readonly Stream[];
  readonly batching: Batching;
  readonly functions: readonly DeployedFunction[];
  readonly logGroups: readonly LogGroup[];
  /** Names of the log groups that the plan subscribes, whether it makes them or not. */
  readonly subscribedLogGroups: readonly string[];
  readonly domains: readonly Domain[];
  readonly indices: KeptIndices;
  readonly firehoses: readonly PlannedFirehose[];
  readonly queues: number;
  /** Of the archive; undefined: its bucket is not in the plan. */
  readonly lifecycle?: BucketLifecycle;
  /** Whether each PUT into the archive asks KMS for a key. */
  readonly asksKmsForEachPut: boolean;
  readonly keys: number;
  readonly secrets: number;
  /** Metrics of all alarms together. */
  readonly alarmMetrics: number;
  readonly dashboards: number;
  /** Resources that may cost, and that the model does not know: address and reason. */
  readonly notIncluded: readonly (readonly [address: string, reason: string])[];
}
