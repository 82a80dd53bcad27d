import type { ShardWait } from "../record-ledger";

/**
 * A shard with hostile records may keep the others waiting twice as long as one without, and 30 s more: faults hit one shard's
 * invocation and not its neighbour's, and an invocation and the pause after it take up to 22 s.
 */
const ALLOWED = { factor: 2, furtherMs: 30_000 };

/** Whether no record waited for longer in a shard with a stranger's records than in one without. */
export function isUnhindered(waits: readonly ShardWait[]): boolean {
  const longest = (isHostile: boolean) =>
    Math.max(0, ...waits.filter(({ hostile }) => hostile > 0 === isHostile).map(({ longestMs }) => longestMs));
  return longest(true) <= ALLOWED.factor * longest(false) + ALLOWED.furtherMs;
}
