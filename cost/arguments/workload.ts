import { DEFAULT_WORKLOAD, type Workload } from "../model/workload";
import type { CostOptions } from "./options";

/** What is written: what the options say, and assumptions for the rest. */
export const workloadOf = (options: CostOptions): Workload => ({
  logGbPerDay: options.gbPerDay ?? 0,
  firehoseGbPerDay: options.firehoseGbPerDay ?? 0,
  accessLogGbPerDay: options.accessLogsGbPerDay ?? 0,
  lineBytes: options.lineBytes ?? DEFAULT_WORKLOAD.lineBytes,
  linesPerRecord: options.linesPerRecord ?? DEFAULT_WORKLOAD.linesPerRecord,
  compressedTo: options.compressedTo ?? DEFAULT_WORKLOAD.compressedTo,
  peak: options.peakFactor ?? DEFAULT_WORKLOAD.peak,
  cpuSecondsPerMillionLines: options.cpuSecondsPerMillionLines ?? DEFAULT_WORKLOAD.cpuSecondsPerMillionLines,
  waitingSeconds: options.waitingMs === undefined ? DEFAULT_WORKLOAD.waitingSeconds : options.waitingMs / 1_000,
  cleanupSeconds: options.cleanupSeconds ?? DEFAULT_WORKLOAD.cleanupSeconds,
  dimensionValues: options.dimensionValues ?? DEFAULT_WORKLOAD.dimensionValues,
  keptDays: options.keptDays ?? DEFAULT_WORKLOAD.keptDays,
});
