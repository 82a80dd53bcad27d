import { DeliveryError } from "../functions/forwarder/delivery/delivery-error";
import { inParallel } from "../functions/forwarder/in-parallel";
import type { ReplayArguments } from "./arguments/arguments";
import type { Bucket, StoredObject } from "./bucket";
import { listFailure } from "./bucket-errors";
import type { Journal } from "./journal";
import { KIND_READERS } from "./kinds";
import { DamagedError, DeniedError, ObjectError, StoppedError, UndeliveredError } from "./outcome-errors";
import { type Interruption, RETRY_MS } from "./patience";
import { eventCount } from "./records";
import type { Report } from "./report";
import { emptyTally, type Sink } from "./sinks/sink";

/** Each holds up to a part of an object and two `_bulk` requests in memory. */
const OBJECTS = 4;

/** After so many objects that may not be read, and none that may, the others are not asked for. */
const MAX_DENIED = 4;

export interface Run {
  args: ReplayArguments;
  region: string;
  bucket: Bucket;
  sink: Sink;
  report: Report;
  /** Undefined where nothing is to be remembered. */
  journal: Journal | undefined;
  interruption: Interruption;
  /** Called after each object. */
  onProgress(report: Report): void;
}

/** Replays all objects under `prefixes`; what becomes of them is in the run's report. */
export async function replay(prefixes: string[], run: Run): Promise<void> {
  const { report, journal } = run;
  let partsDelivered = 0;
  let denied = 0;
  let readable = 0;
  await inParallel(OBJECTS, objects(prefixes, run), async (object) => {
    const tally = emptyTally();
    const deliveredBefore = partsDelivered;
    try {
      for await (const records of KIND_READERS[run.args.kind].read(run.bucket, object, run.args, run.region)) {
        tally.found += records.reduce((sum, record) => sum + eventCount(record), 0);
        await run.sink.deliver(records, tally);
        partsDelivered++;
      }
      readable++;
      // What was refused is worth another try by the same command.
      if (tally.refused === 0) journal?.finish(object.key, tally);
    } catch (error) {
      leaveOut(object, error, report);
      if (!(error instanceof DeniedError)) readable++;
      else if (++denied >= MAX_DENIED && readable === 0) report.stopped ??= error.advice;
      const isHopeless = error instanceof UndeliveredError && partsDelivered === deliveredBefore;
      if (isHopeless && !run.interruption.isInterrupted) {
        report.stopped ??= `Nothing could be delivered for ${RETRY_MS / 60_000} minutes: ${error.message}`;
      }
    }
    report.objects++;
    report.bytes += object.bytes;
    report.add(tally);
    run.onProgress(report);
  });
}

/** The objects that are still to be replayed, until the run is interrupted or stopped. */
async function* objects(prefixes: string[], { bucket, journal, interruption, report }: Run) {
  try {
    for (const prefix of prefixes) {
      for await (const object of bucket.list(prefix)) {
        if (interruption.isInterrupted || report.stopped !== undefined) return;
        if (!journal?.isFinished(object.key)) yield object;
      }
    }
  } catch (error) {
    if (!interruption.isInterrupted) report.stopped ??= listFailure(error, bucket.name);
  }
}

function leaveOut({ key }: StoredObject, error: unknown, report: Report): void {
  if (error instanceof DamagedError) report.skipped.add(key, error.message);
  else if (error instanceof ObjectError) report.failed.add(key, error.message);
  else if (error instanceof StoppedError || error instanceof DeliveryError) {
    report.failed.add(key, "was under way when the run stopped");
    report.stopped ??= error.message;
  } else throw error;
}
