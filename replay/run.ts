import { inspect } from "node:util";
import type { Bucket, StoredObject } from "../archive/bucket";
import { listFailure } from "../archive/bucket-errors";
import { RETRY_MS, type RunDeadline } from "../archive/deadlines";
import {
  DamagedError,
  DeniedError,
  ObjectError,
  OverwrittenError,
  StoppedError,
  UndeliveredError,
  UnfinishedError,
} from "../archive/outcome-errors";
import { inParallel } from "../core/concurrency/in-parallel";
import { PipelineError } from "../core/errors";
import type { ReplayArguments } from "./arguments/arguments";
import type { Journal } from "./journal";
import { KIND_READERS } from "./kinds";
import type { LaneMessages } from "./lane-messages";
import { eventCount } from "./records";
import type { ObjectOutcome, Report } from "./report";
import { resumed } from "./resumed";
import { emptyTally, type ReplaySink, type Tally, tallyProgress } from "./sinks/sink";

/** Maximum number of concurrent objects, unless their kind has another. */
const OBJECTS = 4;

/** After access to this number of objects was denied, and to none granted, no further one is requested. */
const MAX_DENIED = 4;

/** After as many overwritten versions an object is left to a later run. */
const MAX_OVERWRITTEN = 3;

export interface Run {
  args: ReplayArguments;
  region: string;
  bucket: Bucket;
  sink: ReplaySink;
  /** What becomes of messages; undefined for a sink that delivers what is in the bucket. */
  messages?: LaneMessages | undefined;
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
  const { concurrency = OBJECTS } = KIND_READERS[run.args.kind];
  await inParallel(concurrency, objects(prefixes, run), (object) => replayObject(object, run, health));
}

/** One reading of an object. */
interface Attempt {
  version: StoredObject;
  /** Outcomes of earlier runs. */
  before: Tally;
  tally: Tally;
  /** Why it ended early. */
  error?: unknown;
}

/** Replays an object as it is listed. If somebody overwrites it meanwhile, what it is then: another batch, as a rule the same. */
async function replayObject(listed: StoredObject, run: Run, health: Health): Promise<void> {
  const { report, sink, bucket } = run;
  let bytesLeft = listed.bytes;
  const onRead = (bytes: number) => {
    // A larger version counts as much as what was listed.
    const counted = Math.min(bytes, bytesLeft);
    bytesLeft -= counted;
    report.bytes += counted;
  };
  const attempt = async (find: () => Promise<StoredObject>): Promise<Attempt> => {
    const attempted: Attempt = { version: listed, before: emptyTally(), tally: emptyTally() };
    try {
      attempted.version = { ...(await find()), onRead };
      await deliver(attempted, run, health);
    } catch (error) {
      attempted.error = error;
    }
    return attempted;
  };
  let last = await attempt(async () => listed);
  for (let n = 0; n < MAX_OVERWRITTEN && last.error instanceof OverwrittenError; n++) {
    last = await attempt(() => bucket.find(listed.key));
  }
  const { version, before, tally, error } = last;
  const outcome = error === undefined ? ({ kind: "done" } as const) : outcomeOf(error, report);
  const isThrough = outcome.kind === "done" || outcome.kind === "skipped";
  const counts = resumed(before, tally, { isThrough, detectsDuplicates: sink.detectsDuplicates });
  if (outcome.kind !== "unfinished") report.bytes += bytesLeft;
  remember(version, outcome, counts, run);
  report.ended(version, outcome, tally, counts);
}

/** Reads and delivers the parts of an object one after the other. @throws what its kind or the sink throws */
async function deliver(attempt: Attempt, run: Run, health: Health): Promise<void> {
  const { args, bucket, region, report, journal, sink, messages, deadline } = run;
  const { version, tally } = attempt;
  const { key, etag } = version;
  const partsBefore = health.partsDelivered;
  attempt.before = journal?.known.begin(version) ?? emptyTally();
  try {
    let parts = 0;
    for await (const records of KIND_READERS[args.kind].read(bucket, version, args, region, messages)) {
      if (parts > 0) {
        const unfinished = resumed(attempt.before, tally, {
          isThrough: false,
          detectsDuplicates: sink.detectsDuplicates,
        });
        // A run that is killed leaves this in the journal.
        journal?.write({ key, etag, unfinished });
      }
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
    if (!(error instanceof DeniedError)) health.readable++;
    else if (++health.denied >= MAX_DENIED && health.readable === 0) report.stopped ??= error.advice;
    if (error instanceof UndeliveredError && health.partsDelivered === partsBefore) {
      report.stopped ??= `Nothing could be delivered for ${RETRY_MS / 60_000} minutes: ${error.message}`;
    }
    throw error;
  }
}

function remember({ key, etag }: StoredObject, outcome: ObjectOutcome, counts: Tally, { journal, report }: Run): void {
  try {
    // A rejected event is worth another attempt by the same command.
    if (outcome.kind === "done" && counts.rejected === 0) journal?.write({ key, etag, tally: counts });
    else if (counts.found > 0) journal?.write({ key, etag, unfinished: counts });
  } catch (error) {
    if (!(error instanceof StoppedError)) throw error;
    report.stopped ??= error.message;
  }
}

/** Yields the objects that are still to be replayed, until the run is interrupted or stopped. */
async function* objects(prefixes: string[], { args, bucket, journal, deadline, report }: Run) {
  const reader = KIND_READERS[args.kind];
  try {
    for (const prefix of prefixes) {
      for await (const object of bucket.list(prefix)) {
        if (journal?.known.isFinished(object) || reader.isSelected?.(object, args) === false) continue;
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
  // Whatever an object holds ends no run: the others are replayed, and this one is named.
  return { kind: "failed", reason: `cannot be replayed because of a defect, please report it: ${inspect(error)}` };
}
