import type { Tally } from "./sinks/sink";

/** How a run went over an object, and whether its sink tells an event that it has from a new one. */
export interface RunOverObject {
  /** The object was read to its end, or as far as it can be read. */
  isThrough: boolean;
  findsPresent: boolean;
}

/**
 * What is known of an object's events after one more run over it, each event counted once.
 *
 * A later run finds present what an earlier one delivered, so as many of the events that are found present count as
 * delivered. After a run that is through, the counts are those of a single run; before, they are lower bounds that never
 * exceed what was found.
 *
 * @param before known from the runs before
 * @param run counted in this run alone
 */
export function resumed(before: Tally, run: Tally, { isThrough, findsPresent }: RunOverObject): Tally {
  const deliveredBefore = Math.min(before.delivered, run.alreadyIndexed);
  const foundPresent = run.alreadyIndexed - deliveredBefore;
  if (isThrough) return { ...run, delivered: run.delivered + deliveredBefore, alreadyIndexed: foundPresent };
  const found = Math.max(before.found, run.found);
  // Without ids that are found present, what is delivered now may be what was delivered before.
  const everDelivered = findsPresent ? before.delivered + run.delivered : Math.max(before.delivered, run.delivered);
  const delivered = Math.min(found, everDelivered);
  const alreadyIndexed = Math.min(found - delivered, Math.max(before.alreadyIndexed, foundPresent));
  const rejected = Math.min(found - delivered - alreadyIndexed, Math.max(before.rejected, run.rejected));
  return { found, delivered, alreadyIndexed, rejected };
}
