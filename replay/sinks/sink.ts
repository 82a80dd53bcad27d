import type { ReplayRecord } from "../records";

/** What became of events. Those that are found and none of the others are not delivered. */
export interface Tally {
  found: number;
  delivered: number;
  /** In the index before. */
  alreadyPresent: number;
  /** By the index once more, or records that still can't be read. */
  refused: number;
}

export function emptyTally(): Tally {
  return { found: 0, delivered: 0, alreadyPresent: 0, refused: 0 };
}

export interface Sink {
  /**
   * Delivers `records`, and counts in `tally` what became of their events.
   *
   * @throws ObjectError when some could not be delivered for a passing reason
   * @throws StoppedError, DeliveryError when nothing can be delivered until somebody acts
   */
  deliver(records: ReplayRecord[], tally: Tally): Promise<void>;
}
