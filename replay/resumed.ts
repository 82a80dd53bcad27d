import type { Tally } from "./sinks/sink";

/** A run over an object. */
export interface RunOverObject {
  /** The object was read to its end, or as far as it can be read. */
  isThrough: boolean;
  /** Whether its sink detects events that it already has. */
  detectsDuplicates: boolean;
}

/**
 * Counts an object's events over all runs, one more included, each event once.
 *
 * A run finds already indexed what an earlier one delivered, so as many of these count as delivered. After a run that read
 * the whole object the counts are those of a single run; before, they are lower bounds that never exceed what was found.
 *
 * @param before the counts of the earlier runs
 * @param run the counts of this run alone
 */
export function resumed(before: Tally, run: Tally, { isThrough, detectsDuplicates }: RunOverObject): Tally {
  const deliveredBefore = Math.min(before.delivered, run.alreadyIndexed);
  const foundIndexed = run.alreadyIndexed - deliveredBefore;
  if (isThrough) return { ...run, delivered: run.delivered + deliveredBefore, alreadyIndexed: foundIndexed };
  const found = Math.max(before.found, run.found);
  // A sink that detects no duplicates may get the same events again.
  const everDelivered = detectsDuplicates
    ? before.delivered + run.delivered
    : Math.max(before.delivered, run.delivered);
  const delivered = Math.min(found, everDelivered);
  const alreadyIndexed = Math.min(found - delivered, Math.max(before.alreadyIndexed, foundIndexed));
  const rejected = Math.min(found - delivered - alreadyIndexed, Math.max(before.rejected, run.rejected));
  const dropped = Math.min(found - delivered - alreadyIndexed - rejected, Math.max(before.dropped, run.dropped));
  return { found, delivered, alreadyIndexed, rejected, dropped };
}
