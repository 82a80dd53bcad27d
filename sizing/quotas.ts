import type { SizedDomain } from "./domain";
import { heapGib, MAX_DATA_NODES } from "./instances";
import type { SizingRuleName } from "./rules";
import { MAX_SHARDS, type SizedStream } from "./stream";

/** From this part of a quota on, the command says that the workload comes near it. */
export const NEAR_SHARE = 0.8;

/** A limit of AWS, and how much of it a workload takes. */
export interface SizedQuota {
  readonly quota: string;
  readonly used: number;
  readonly limit: number;
  /** Of the limit; above 1: beyond it. */
  readonly share: number;
  readonly rule: SizingRuleName;
}

/** Of regions with the lowest quota. */
const ACCOUNT_SHARDS = 1_000;
const ACCOUNT_CONCURRENCY = 1_000;

const HARD_SHARDS_PER_HEAP_GIB = 1_000 / 16;
const MAX_HARD_SHARDS = 4_000;

export function quotasOf(stream: SizedStream, domain: SizedDomain): SizedQuota[] {
  const { node, count, volumeGib, indices, carriedShards } = domain;
  const hardShards = Math.min(MAX_HARD_SHARDS, Math.floor(HARD_SHARDS_PER_HEAP_GIB * heapGib(node)));
  const quota = (name: string, used: number, limit: number, rule: SizingRuleName): SizedQuota => ({
    ...{ quota: name, used, limit, rule },
    share: used / limit,
  });
  return [
    quota("shards of one stream", stream.shards, MAX_SHARDS, "resharding"),
    quota("shards of all streams of the account in most regions", stream.shards, ACCOUNT_SHARDS, "accountShards"),
    quota("concurrent invocations of the account", stream.shards, ACCOUNT_CONCURRENCY, "concurrency"),
    quota("data nodes", count, MAX_DATA_NODES, "dataNodes"),
    quota("GiB of a data node's volume", volumeGib, node.maxVolumeGib, "volume"),
    quota("shards that the heap should carry", indices.shards, carriedShards, "shardsPerHeap"),
    quota("shards of a data node", Math.ceil(indices.shards / count), hardShards, "shardsPerNode"),
  ];
}
