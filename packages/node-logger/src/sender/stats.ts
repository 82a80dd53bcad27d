/** What has become of the lines so far. `accepted + restored = delivered + dropped + pending + spilled`, each in lines. */
export interface LoggerStats {
  /** Lines that were logged. */
  accepted: number;
  /** Lines that were read from the spill file. */
  restored: number;
  /** Lines that the service has taken. */
  delivered: number;
  dropped: DroppedLines;
  /** Of the dropped ones: lines of calls that were not answered. The service may have them. */
  uncertain: number;
  /** Lines in memory: what kill -9 would lose. */
  pending: number;
  /** Their bytes. */
  pendingBytes: number;
  /** Age of the oldest one, in seconds. */
  oldestSeconds: number;
  /** Lines that are in the spill file and were written there by this logger. */
  spilled: number;
  /** Calls of the service, and records in them that were sent again. */
  calls: number;
  resentRecords: number;
  throttledRecords: number;
  /** Lines that were longer than a line may be, and were cut. */
  cut: number;
  /** Values that JSON cannot say: cycles, and what throws. */
  unsayable: number;
  /** How often the system's clock was set. */
  clockJumps: number;
}

/** Lines that were dropped, by reason. */
export interface DroppedLines {
  /** Memory, and the spill file if there is one, were full. */
  full: number;
  /** The service refused the record for good. */
  refused: number;
  /** The logger was closed before they were logged. */
  closed: number;
  /** The process ended, or the logger was closed, before they were sent. */
  exit: number;
  /** An error in this library. */
  internal: number;
}
