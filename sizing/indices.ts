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
  /** With replicas. */
  readonly shardsPerDay: number;
  /** Of all days that are kept, and the current one. */
  readonly shards: number;
}

/** What is written in a day, as an index, in GB. */
const dailyGb = ({ gbPerDay }: SizingWorkload): number => gbPerDay * INDEX_FACTOR;

const shardsFor = (gb: number): number => Math.max(1, Math.ceil(gb / SHARD_GB));

/** One index for all log groups. */
export const sharedIndices = (workload: SizingWorkload): SizedIndices =>
  indicesOf(workload, 1, shardsFor(dailyGb(workload)));

/**
 * The same with as many shards on each data node.
 *
 * @returns undefined: a shard would have less than 10 GB, or all of them more heap than there is
 */
export function spreadIndices(
  workload: SizingWorkload,
  nodes: number,
  carriedShards: number,
): SizedIndices | undefined {
  const spread = indicesOf(workload, 1, Math.ceil(shardsFor(dailyGb(workload)) / nodes) * nodes);
  return spread.shardGb >= MIN_SHARD_GB && spread.shards <= carriedShards ? spread : undefined;
}

/** An index for each log group. */
export const ownIndices = (workload: SizingWorkload): SizedIndices =>
  indicesOf(workload, workload.groups, shardsFor(dailyGb(workload) / workload.groups));

function indicesOf(workload: SizingWorkload, perDay: number, primaryShards: number): SizedIndices {
  const shardsPerDay = perDay * primaryShards * (1 + workload.replicas);
  const shardGb = dailyGb(workload) / perDay / primaryShards;
  return { perDay, primaryShards, shardGb, shardsPerDay, shards: shardsPerDay * (workload.days + 1) };
}

/** Shards that are written to all the time, each with its part of the day's data. */
export const activeShards = (workload: SizingWorkload): number =>
  shardsFor(dailyGb(workload)) * (1 + workload.replicas);
