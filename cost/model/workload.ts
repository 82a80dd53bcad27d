import { DEFAULT_SIZING, UNKNOWN_PEAK_FACTOR } from "../../sizing/workload";

/** What is written, and how. */
export interface Workload {
  /** What log groups ingest, in GB a day. */
  readonly logGbPerDay: number;
  /** What applications put into Firehose, in GB a day. */
  readonly firehoseGbPerDay: number;
  /** Access logs in S3, inflated, in GB a day. */
  readonly accessLogGbPerDay: number;
  /** Of a line, on average. */
  readonly lineBytes: number;
  /** That CloudWatch Logs puts into a record, or an application into one of Firehose. */
  readonly linesPerRecord: number;
  /** What gzip leaves of the lines, from 0 to 1. */
  readonly compressedTo: number;
  /** The busiest minute, as a multiple of the mean. */
  readonly peak: number;
  /** Of a full vCPU. */
  readonly cpuSecondsPerMillionLines: number;
  /** That an invocation waits for the search endpoint and S3, in seconds. */
  readonly waitingSeconds: number;
  /** Of a run of the function that deletes old indices. */
  readonly cleanupSeconds: number;
  /** That a dimension of a metric of events has, of those that name none. */
  readonly dimensionValues: number;
  /** For which logs are kept that never expire: storage is that of the end of this time. */
  readonly keptDays: number;
  /** What a running account counted, in place of assumptions. */
  readonly measured?: Measured;
}

export interface MeasuredTime {
  /** Whole hours, as 2026-11-21T00Z. */
  readonly from: string;
  readonly to: string;
  /** Hours between them in which nothing was counted. */
  readonly silentHours: number;
}

/** What a running account counted in a time. Undefined: nobody counted it. */
export interface Measured {
  readonly days: number;
  /** When; undefined: it does not matter. */
  readonly time?: MeasuredTime;
  readonly logBytes?: number;
  readonly streamBytes?: number;
  readonly streamRecords?: number;
  readonly invocations?: number;
  /** Of all forwarders together. */
  readonly functionSeconds?: number;
  readonly events?: number;
  /** Bodies of `_bulk` requests, before they are compressed. */
  readonly sentBytes?: number;
  /** Put into the archive bucket. */
  readonly archivedBytes?: number;
}

/**
 * Sources: docs/performance.md, "The whole function", access logs (text), for the CPU time; of lines, records and peak what `sizing`
 * takes; nobody has measured a clean-up, and nobody knows the values of dimensions; the others are docs/log-groups.md's.
 */
export const DEFAULT_WORKLOAD: Workload = {
  logGbPerDay: 0,
  firehoseGbPerDay: 0,
  accessLogGbPerDay: 0,
  lineBytes: DEFAULT_SIZING.eventBytes,
  linesPerRecord: DEFAULT_SIZING.eventsPerRecord,
  compressedTo: DEFAULT_SIZING.compressedTo,
  peak: UNKNOWN_PEAK_FACTOR,
  cpuSecondsPerMillionLines: 1.906,
  waitingSeconds: 0.1,
  cleanupSeconds: 10,
  dimensionValues: 10,
  keptDays: 365,
};
