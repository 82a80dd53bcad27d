import { type CompactionPlace, compactPlace, type PlaceIo } from "../../core/compaction/compact-place";
import type { CompactionBucket } from "../../core/compaction/compaction-bucket";
import { CompactionError } from "../../core/compaction/compaction-error";
import { placesOf, wholeHours } from "../../core/compaction/places";
import { ARCHIVE_COMPACTION_METRICS } from "../../core/metrics/archive-compaction";
import { InvocationReport } from "../../core/report/invocation-report";
import { askedRange, type RangeSettings } from "./asked-range";

/** Time at the end of a run to report, in milliseconds; the requests end before it. */
export const REPORT_RESERVE_MS = 5_000;

/** After as many failures in a row the rest is left to the next run: S3 does not allow it at all. */
const MAX_FAILURES_IN_A_ROW = 5;

export interface CompactionSettings extends RangeSettings {
  archivePrefix: string;
  /** Namespace of the metrics in the run's line; "": none. */
  metricsNamespace: string;
  /** As `PlaceIo` has it. */
  partBytes?: number;
}

export interface CompactionIo {
  settings: CompactionSettings;
  /** @param failed called with the reason of each request that is repeated */
  bucket(failed: (reason: string) => void): CompactionBucket;
  /** Milliseconds until the invocation's deadline. */
  remainingMs(): number;
  /** The time, in milliseconds since the epoch. */
  now(): number;
  /** Milliseconds of a monotonic clock. */
  monotonicMs(): number;
  /** Writes a line to the function's own log. */
  log(line: Record<string, unknown>): void;
}

type Report = InvocationReport<keyof typeof ARCHIVE_COMPACTION_METRICS>;

/**
 * Compacts the archive's hours that are old enough, the oldest first, until the time is over.
 *
 * @param event may ask for a time range: `askedRange`
 * @throws CompactionError when the bucket has Object Lock or cannot be listed, and when a place could not be compacted
 */
export async function compact(event: unknown, io: CompactionIo): Promise<void> {
  const report: Report = new InvocationReport(ARCHIVE_COMPACTION_METRICS, io.monotonicMs);
  try {
    await report.timed("Duration", () => compactReporting(event, io, report));
  } catch (error) {
    report.failedWith(error);
    throw error;
  } finally {
    io.log(report.line(io.settings.metricsNamespace, io.now()));
  }
}

async function compactReporting(event: unknown, io: CompactionIo, report: Report): Promise<void> {
  const { fromMs, toMs } = askedRange(event, io.settings, io.now());
  const bucket = io.bucket((reason) => report.failed("archive", reason));
  if (await bucket.isLocked()) {
    throw new CompactionError("ARCHIVE_LOCKED", LOCKED);
  }
  const hours = wholeHours(fromMs, toMs);
  const run = new Run(bucket, io, report);
  for (const [i, hour] of hours.entries()) {
    if (await run.compactHour(`${io.settings.archivePrefix}archive/${hour}/`)) continue;
    report.add("PostponedHours", hours.length - i);
    break;
  }
  if (run.failed === 0) return;
  const text = `${run.failed} hours of a log group or stream could not be compacted; nothing of them is lost. \`failures\` says why.`;
  throw new CompactionError("ARCHIVE_NOT_COMPACTED", text);
}

const LOCKED =
  "The archive bucket has Object Lock, by which each object stays until its days are over: compaction could only add objects. Remove archive_compaction.";

class Run {
  failed = 0;
  #failedInARow = 0;

  constructor(
    private readonly bucket: CompactionBucket,
    private readonly io: CompactionIo,
    private readonly report: Report,
  ) {}

  /** @returns whether the run goes on */
  async compactHour(prefix: string): Promise<boolean> {
    try {
      for await (const place of placesOf(prefix, this.bucket.list(prefix))) {
        if (this.#failedInARow >= MAX_FAILURES_IN_A_ROW) return false;
        await this.#compact(place);
      }
      return true;
    } catch (error) {
      if (!isOutOfTime(error)) throw error;
      return false;
    }
  }

  /** @throws CompactionError when the time is over */
  async #compact(place: CompactionPlace): Promise<void> {
    const { report } = this;
    try {
      await compactPlace(place, this.#placeIo());
      this.#failedInARow = 0;
    } catch (error) {
      if (!(error instanceof CompactionError) || isOutOfTime(error)) throw error;
      this.failed++;
      this.#failedInARow++;
      report.add("FailedPlaces");
      report.failed("archive", error.code);
      this.io.log({ notCompacted: place.prefix, because: error.message });
    }
  }

  #placeIo(): PlaceIo {
    const { bucket, report, io } = this;
    return {
      bucket,
      ...(io.settings.partBytes !== undefined && { partBytes: io.settings.partBytes }),
      checkTime: () => {
        if (io.remainingMs() > REPORT_RESERVE_MS) return;
        throw new CompactionError("DEADLINE_PASSED", "The invocation's time is over; the next run continues.");
      },
      did: (what, objects, bytes) => {
        const [counted, size] = COUNTS[what];
        report.add(counted, objects);
        report.add(size, bytes);
      },
      damaged: (key, reason) => {
        report.add("DamagedObjects");
        io.log({ damaged: key, because: reason });
      },
      contended: () => report.add("ContendedPlaces"),
    };
  }
}

const COUNTS = {
  read: ["ReadObjects", "ReadBytes"],
  wrote: ["CompactedObjects", "CompactedBytes"],
  deleted: ["DeletedObjects", "DeletedBytes"],
} as const;

const isOutOfTime = (error: unknown): boolean => error instanceof CompactionError && error.code === "DEADLINE_PASSED";
