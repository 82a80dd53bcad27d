import type { ReplayRecord } from "../records";

/** What became of events. Those that are found and none of the others are open: failed, or unfinished. */
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

export function openEvents({ found, delivered, alreadyPresent, refused }: Tally): number {
  return found - delivered - alreadyPresent - refused;
}

/** Adds `more` to `sum`. */
export function addTally(sum: Tally, more: Tally): void {
  for (const name of Object.keys(sum) as (keyof Tally)[]) sum[name] += more[name];
}

export interface Sink {
  /** Whether it tells an event that it has already from a new one. */
  readonly findsPresent: boolean;
  /**
   * Delivers `records`, and counts in `tally` what became of their events.
   *
   * @throws UnfinishedError when the run is interrupted first
   * @throws ObjectError when some could not be delivered for a passing reason
   * @throws StoppedError, DeliveryError when nothing can be delivered until somebody acts
   */
  deliver(records: ReplayRecord[], tally: Tally): Promise<void>;
}
