import { ENVIRONMENT } from "../core/settings/environment";
import { INDEX_FACTOR } from "./storage";
import type { SizingWorkload } from "./workload";

const SHARD_GB = 30;
const MIN_SHARD_GB = 10;

/** The indices of a day and their shards. */
export interface SizedIndices {
  /** One for each log group, or one that all share. */
  readonly perDay: number;
  /** Primary shards of each. */
  readonly primaryShards: number;
  /** Size of a primary shard at the end of a day. */
  readonly shardGb: number;
  /** With replicas; all of them are written to until the day ends. */
  readonly shardsPerDay: number;
  /** Of all days that are kept, and the current one. */
  readonly shards: number;
}

/** What is written in a day, as an index, in GB. */
const dailyGb = ({ gbPerDay }: SizingWorkload): number => gbPerDay * INDEX_FACTOR;

const shardsFor = (gb: number): number => Math.max(1, Math.ceil(gb / SHARD_GB));

/** No shard of any proposal is larger. */
export const largestShardGb = (workload: SizingWorkload): number => Math.min(SHARD_GB, dailyGb(workload));

/** One index for all log groups. */
const sharedIndices = (workload: SizingWorkload): SizedIndices => indicesOf(workload, 1, shardsFor(dailyGb(workload)));

/** An index for all log groups with as many shards on each data node; none if a shard would have less than 10 GB. */
function spreadIndices(workload: SizingWorkload, nodes: number): SizedIndices[] {
  const spread = indicesOf(workload, 1, Math.ceil(shardsFor(dailyGb(workload)) / nodes) * nodes);
  return spread.shardGb >= MIN_SHARD_GB ? [spread] : [];
}

/** An index for each log group; none if there is only one. */
function ownIndices(workload: SizingWorkload): SizedIndices[] {
  const { groups } = workload;
  return groups > 1 ? [indicesOf(workload, groups, shardsFor(dailyGb(workload) / groups))] : [];
}

/** Returns what can be proposed for so many data nodes, the best first. */
export const proposedIndices = (workload: SizingWorkload, nodes: number): SizedIndices[] =>
  [...ownIndices(workload), ...spreadIndices(workload, nodes), sharedIndices(workload)].filter(
    ({ primaryShards }) => primaryShards <= ENVIRONMENT.INDEX_SHARDS.maximum,
  );

function indicesOf(workload: SizingWorkload, perDay: number, primaryShards: number): SizedIndices {
  const shardsPerDay = perDay * primaryShards * (1 + workload.replicas);
  const shardGb = dailyGb(workload) / perDay / primaryShards;
  return { perDay, primaryShards, shardGb, shardsPerDay, shards: shardsPerDay * (workload.days + 1) };
}
