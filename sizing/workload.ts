/** What a pipeline has to carry. */
export interface SizingWorkload {
  /** What the log groups write, uncompressed, in GB (10^9 bytes) a day. */
  gbPerDay: number;
  /** How long events can be searched. */
  days: number;
  /** Log groups, which are taken to write as much each. */
  groups: number;
  /** Mean size of an event, in bytes. */
  eventBytes: number;
  /** Events that CloudWatch Logs puts into one record. */
  eventsPerRecord: number;
  /** What gzip leaves of events in a record, from 0 to 1. */
  compressedTo: number;
  /** The busiest minute as a multiple of the mean; undefined: unknown. */
  peakFactor: number | undefined;
  /** Copies of each shard besides the first. */
  replicas: number;
  /** Availability Zones of the domain. */
  zones: number;
  /** Shards that the stream has now; undefined: there is none. */
  currentShards: number | undefined;
}

/** What is taken for a peak that nobody knows; the cost of a plan takes it, too. */
export const UNKNOWN_PEAK_FACTOR = 4;

/** What is taken for options that are not given. */
export const DEFAULT_SIZING = {
  ...{ groups: 1, eventBytes: 250, eventsPerRecord: 50, compressedTo: 0.3, replicas: 1, zones: 3 },
} satisfies Partial<SizingWorkload>;

/** The values that options accept, both limits included. */
export const SIZING_LIMITS = {
  gbPerDay: [0.001, 1_000_000],
  days: [1, 3_650],
  peakFactor: [1, 1_000],
  groups: [1, 10_000],
  replicas: [0, 20],
  zones: [1, 3],
  eventBytes: [1, 1_048_576],
  eventsPerRecord: [1, 10_000],
  compressedTo: [0.01, 1],
  currentShards: [1, 10_000],
} as const satisfies Record<keyof SizingWorkload, readonly [minimum: number, maximum: number]>;

const SECONDS_PER_DAY = 86_400;

/** Bytes of a second in the busiest minute, uncompressed. */
export const peakBytesPerSecond = ({ gbPerDay, peakFactor = UNKNOWN_PEAK_FACTOR }: SizingWorkload): number =>
  (gbPerDay * 1e9 * peakFactor) / SECONDS_PER_DAY;

/** Events of a second in the busiest minute. */
export const peakEventsPerSecond = (workload: SizingWorkload): number =>
  peakBytesPerSecond(workload) / workload.eventBytes;
