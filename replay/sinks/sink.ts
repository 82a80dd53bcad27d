import type { DeliveryProgress, EventRun } from "../../core/sinks/sink";
import type { ReplayRecord } from "../records";

/** Outcomes of events. Those that are found and none of the others are open: failed, or unfinished. */
export interface Tally {
  found: number;
  delivered: number;
  /** In the index before. */
  alreadyIndexed: number;
  /** By the index once more, or records that still cannot be decoded. */
  rejected: number;
  /** Left out by today's rules. */
  dropped: number;
}

export function emptyTally(): Tally {
  return { found: 0, delivered: 0, alreadyIndexed: 0, rejected: 0, dropped: 0 };
}

export function openEvents({ found, delivered, alreadyIndexed, rejected, dropped }: Tally): number {
  return found - delivered - alreadyIndexed - rejected - dropped;
}

/** Adds `more` to `sum`. */
export function addTally(sum: Tally, more: Tally): void {
  for (const name of Object.keys(sum) as (keyof Tally)[]) sum[name] += more[name];
}

/** Is told what becomes of events, also of those that are not delivered on purpose. */
export interface ReplayProgress extends DeliveryProgress {
  dropped(events: number): void;
}

/** Counts the outcomes of events in `tally`. */
export function tallyProgress(tally: Tally): ReplayProgress {
  return {
    delivered({ count }: EventRun, alreadyPresent) {
      if (alreadyPresent) tally.alreadyIndexed += count;
      else tally.delivered += count;
    },
    rejected() {
      tally.rejected++;
    },
    dropped(events) {
      tally.dropped += events;
    },
  };
}

/**
 * A destination of a replay. In addition to the errors of every sink, `deliver` throws
 * - UnfinishedError when the run is interrupted first,
 * - ObjectError when some events could not be delivered because of retryable errors,
 * - StoppedError when nothing can be delivered until somebody acts.
 */
export interface ReplaySink {
  deliver(records: ReplayRecord[], progress: ReplayProgress): Promise<void>;
  /** Whether it detects events that it already has. */
  readonly detectsDuplicates: boolean;
}
