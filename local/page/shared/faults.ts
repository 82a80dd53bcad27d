/** What the section "Break things" shows, as it goes over the wire. */
export interface FaultsState {
  readonly faults: readonly PageFault[];
  /** Undefined until the first fault. */
  readonly experiment?: ExperimentCounts;
  /** Message of the last invocation that has failed since a fault began. */
  readonly lastError?: string;
}

/** Where a fault is. */
export type FaultSite = "function" | "search engine" | "archive" | "log lines";

export interface PageFault {
  readonly id: string;
  readonly title: string;
  readonly site: FaultSite;
  /** What it does, as a sentence. */
  readonly does: string;
  /** What the pipeline does about it, as a sentence. */
  readonly expect: string;
  readonly status: FaultStatus;
  /** How often it has struck since it began. */
  readonly strikes: number;
  /** Why it could not begin or end. */
  readonly error?: string;
}

/**
 * A fault is `off`, or `on` until somebody heals it or {@link FAULT_SECONDS} have passed; `unavailable`: what it would break is
 * not this machine's.
 */
export type FaultStatus = "off" | "on" | "unavailable";

/** How long a fault lasts if nobody heals it. */
export const FAULT_SECONDS = 300;

/** What became of the events that were put since the first fault of a time with faults. */
export interface ExperimentCounts {
  readonly put: number;
  readonly indexed: number;
  readonly archived: number;
  /** Put, and not yet in both the index and the archive. */
  readonly inFlight: number;
  /** Of those in flight: nothing has arrived for {@link STALLED_SECONDS}, although all is healed. */
  readonly lost: number;
  /** Additional copies, in the index and in the archive. */
  readonly duplicated: number;
  /** Objects that were added to the quarantine meanwhile. */
  readonly rejected: number;
  readonly deadLettered: number;
  /** Which objects cannot be read, and why, as sentences: events that only these hold are not counted. */
  readonly unreadable: readonly string[];
  readonly phase: ExperimentPhase;
}

/** `checking`: all have arrived; the index is asked once more for copies. `over`: the counts are final. */
export type ExperimentPhase = "faults" | "healed" | "checking" | "over";

export const STALLED_SECONDS = 60;
