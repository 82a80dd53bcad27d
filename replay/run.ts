import { inParallel } from "../core/concurrency/in-parallel";
import { PipelineError } from "../core/errors";
import type { ReplayArguments } from "./arguments/arguments";
import type { Bucket, StoredObject } from "./bucket";
import { listFailure } from "./bucket-errors";
import { RETRY_MS, type RunDeadline } from "./deadlines";
import type { Journal } from "./journal";
import { KIND_READERS } from "./kinds";
import {
  DamagedError,
  DeniedError,
  ObjectError,
  StoppedError,
  UndeliveredError,
  UnfinishedError,
} from "./outcome-errors";
import { eventCount } from "./records";
import type { ObjectOutcome, Report } from "./report";
import { resumed } from "./resumed";
import { emptyTally, type ReplaySink, type Tally, tallyProgress } from "./sinks/sink";

/** Maximum number of concurrent objects. Each holds up to a part of it and two `_bulk` requests in memory. */
const OBJECTS = 4;

/** After access to this number of objects was denied, and to none granted, no further one is requested. */
const MAX_DENIED = 4;

export interface Run {
  args: ReplayArguments;
  region: string;
  bucket: Bucket;
  sink: ReplaySink;
  report: Report;
  /** Undefined for a run that cannot be resumed. */
  journal: Journal | undefined;
  deadline: RunDeadline;
}

/** Counts over all objects that decide whether the run continues. */
interface Health {
  partsDelivered: number;
  denied: number;
  readable: number;
}

/** Replays all objects under `prefixes`; their outcomes are in the run's report. */
export async function replay(prefixes: string[], run: Run): Promise<void> {
  const health: Health = { partsDelivered: 0, denied: 0, readable: 0 };
  await inParallel(OBJECTS, objects(prefixes, run), (object) => replayObject(object, run, health));
}

async function replayObject(object: StoredObject, run: Run, health: Health): Promise<void> {
  const { report, journal, sink, deadline } = run;
  const { key } = object;
  const before = journal?.begin(key) ?? emptyTally();
  const tally = emptyTally();
  const partsBefore = health.partsDelivered;
  const known = (isThrough: boolean) =>
    resumed(before, tally, { isThrough, detectsDuplicates: sink.detectsDuplicates });
  let bytesLeft = object.bytes;
  const onRead = (bytes: number) => {
    bytesLeft -= bytes;
    report.bytes += bytes;
  };
  let outcome: ObjectOutcome = { kind: "done" };
  try {
    let parts = 0;
    for await (const records of KIND_READERS[run.args.kind].read(
      run.bucket,
      { ...object, onRead },
      run.args,
      run.region,
    )) {
      // A run that is killed leaves this in the journal.
      if (parts > 0) journal?.write({ key, unfinished: known(false) });
      const events = records.reduce((sum, record) => sum + eventCount(record), 0);
      tally.found += events;
      report.eventsRead += events;
      if (parts > 0 && deadline.isInterrupted) throw new UnfinishedError("has a further part");
      await sink.deliver(records, tallyProgress(tally));
      parts++;
      health.partsDelivered++;
    }
    health.readable++;
  } catch (error) {
    outcome = outcomeOf(error, report);
    if (!(error instanceof DeniedError)) health.readable++;
    else if (++health.denied >= MAX_DENIED && health.readable === 0) report.stopped ??= error.advice;
    if (error instanceof UndeliveredError && health.partsDelivered === partsBefore) {
      report.stopped ??= `Nothing could be delivered for ${RETRY_MS / 60_000} minutes: ${error.message}`;
    }
  }
  const counts = known(outcome.kind === "done" || outcome.kind === "skipped");
  if (outcome.kind !== "unfinished") report.bytes += bytesLeft;
  remember(key, outcome, counts, run);
  report.ended(object, outcome, tally, counts);
}

function remember(key: string, outcome: ObjectOutcome, counts: Tally, { journal, report }: Run): void {
  try {
    // A rejected event is worth another attempt by the same command.
    if (outcome.kind === "done" && counts.rejected === 0) journal?.write({ key, tally: counts });
    else if (counts.found > 0) journal?.write({ key, unfinished: counts });
  } catch (error) {
    if (!(error instanceof StoppedError)) throw error;
    report.stopped ??= error.message;
  }
}

/** Yields the objects that are still to be replayed, until the run is interrupted or stopped. */
async function* objects(prefixes: string[], { bucket, journal, deadline, report }: Run) {
  try {
    for (const prefix of prefixes) {
      for await (const object of bucket.list(prefix)) {
        if (journal?.isFinished(object.key)) continue;
        if (deadline.isInterrupted || report.stopped !== undefined) return;
        yield object;
      }
    }
    report.isListed = true;
  } catch (error) {
    if (!deadline.isInterrupted) report.stopped ??= listFailure(error, bucket.name);
  }
}

function outcomeOf(error: unknown, report: Report): ObjectOutcome {
  if (error instanceof UnfinishedError) return { kind: "unfinished" };
  if (error instanceof DamagedError) return { kind: "skipped", reason: error.message };
  if (error instanceof ObjectError) return { kind: "failed", reason: error.message };
  if (error instanceof StoppedError || error instanceof PipelineError) {
    // Nothing is wrong with the object.
    report.stopped ??= error.message;
    return { kind: "unfinished" };
  }
  throw error;
}
