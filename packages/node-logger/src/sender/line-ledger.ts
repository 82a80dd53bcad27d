import { FlushWaiters } from "./flush-waiters";
import type { PendingRecord } from "./pending-record";
import { RecordSet } from "./record-set";
import type { DroppedLines, LoggerStats } from "./stats";

/** Counts what becomes of records, and holds those that are not settled. */
export class LineLedger {
  readonly records = new RecordSet();
  readonly waiters = new FlushWaiters(this.records);
  readonly counts = {
    accepted: 0,
    restored: 0,
    delivered: 0,
    uncertain: 0,
    spilled: 0,
    cut: 0,
    unsayable: 0,
    calls: 0,
    resentRecords: 0,
    throttledRecords: 0,
  } satisfies Partial<LoggerStats>;
  readonly dropped: DroppedLines = { full: 0, refused: 0, closed: 0, exit: 0, internal: 0 };

  delivered(record: PendingRecord): void {
    if (this.#settle(record)) this.counts.delivered += record.lines;
  }

  drop(record: PendingRecord, reason: keyof DroppedLines): void {
    if (!this.#settle(record)) return;
    this.dropped[reason] += record.lines;
    if (record.isUncertain || record.isInFlight) this.counts.uncertain += record.lines;
  }

  spilled(record: PendingRecord): void {
    if (this.#settle(record)) this.counts.spilled += record.lines;
  }

  /** @returns whether it was not settled before */
  #settle(record: PendingRecord): boolean {
    if (record.isSettled) return false;
    record.isSettled = true;
    this.records.delete(record);
    record.source?.settle(record.lines);
    this.waiters.check();
    return true;
  }
}
