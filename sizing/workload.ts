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
  /** The busiest minute as a multiple of the mean; undefined: unknown. */
  peakFactor: number | undefined;
  /** Copies of each shard besides the first. */
  replicas: number;
  /** Availability Zones of the domain. */
  zones: number;
  /** Shards that the stream has now; undefined: there is none. */
  currentShards: number | undefined;
}

/** What is taken for a peak that nobody knows. */
export const UNKNOWN_PEAK_FACTOR = 4;

const SECONDS_PER_DAY = 86_400;

/** Bytes of a second in the busiest minute, uncompressed. */
export const peakBytesPerSecond = ({ gbPerDay, peakFactor = UNKNOWN_PEAK_FACTOR }: SizingWorkload): number =>
  (gbPerDay * 1e9 * peakFactor) / SECONDS_PER_DAY;

/** Events of a second in the busiest minute. */
export const peakEventsPerSecond = (workload: SizingWorkload): number =>
  peakBytesPerSecond(workload) / workload.eventBytes;
