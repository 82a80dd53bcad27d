import type { StoredObject } from "../archive/bucket";
import type { Journal } from "./journal";
import { addTally, emptyTally, openEvents, type Tally } from "./sinks/sink";

/** Maximum number of objects that are named; all are counted. */
const MAX_NAMED = 20;

/** Objects that were left out, with the reasons. */
export class LeftOut {
  count = 0;
  readonly named: { key: string; reason: string }[] = [];

  add(key: string, reason: string): void {
    this.count++;
    if (this.named.length < MAX_NAMED) this.named.push({ key, reason });
  }
}

/** The size of the replay, as counted before the first object. */
export interface Totals {
  objects: number;
  bytes: number;
}

/** Outcome of an object in this run; `reason` continues after its key. */
export type ObjectOutcome =
  | { kind: "done" | "unfinished" }
  /** Failed: worth another attempt. Skipped: not in the form of its place, so another attempt changes nothing. */
  | { kind: "failed" | "skipped"; reason: string };

/** The results of a run so far, and of the earlier runs that it continues. */
export class Report {
  /** Objects that this run has begun and ended, whatever their outcome. */
  objects = 0;
  /** Stored bytes that this run has read, and those of failed and skipped objects that it does not read. */
  bytes = 0;
  /** Events that this run has read, and those of them that are settled. */
  eventsRead = 0;
  eventsSettled = 0;

  /** Objects that were read to their end, in this run or before. */
  done = 0;
  readonly failed = new LeftOut();
  readonly skipped = new LeftOut();
  /** Objects that were begun and not ended, and those that were not begun. */
  unfinished = 0;
  notBegun = 0;
  /** Outcomes of events, each counted once over all runs; those that are open are failed or unfinished. */
  readonly tally: Tally = emptyTally();
  failedEvents = 0;
  unfinishedEvents = 0;

  /** Whether every object was begun. */
  isListed = false;
  /** Why the run stopped early. */
  stopped?: string;

  /**
   * @param run counted in this run alone
   * @param known over all runs
   */
  ended({ key }: StoredObject, outcome: ObjectOutcome, run: Tally, known: Tally): void {
    this.objects++;
    this.eventsSettled += run.found - openEvents(run);
    addTally(this.tally, known);
    if (outcome.kind === "done") this.done++;
    else if (outcome.kind === "skipped") this.skipped.add(key, outcome.reason);
    else if (outcome.kind === "failed") {
      this.failed.add(key, outcome.reason);
      this.failedEvents += openEvents(known);
    } else this.addUnfinished(known);
  }

  /** Adds the results of earlier runs of the same command, and the objects that none has begun. */
  conclude(totals: Totals, journal: Journal | undefined): void {
    if (journal) {
      this.done += journal.known.finished;
      addTally(this.tally, journal.known.finishedTally);
    }
    if (this.isListed) return;
    this.notBegun = totals.objects - this.objects;
    for (const known of journal?.known.unfinished ?? []) {
      this.notBegun--;
      addTally(this.tally, known);
      this.addUnfinished(known);
    }
    // Objects may have been added or removed since they were counted.
    this.notBegun = Math.max(0, this.notBegun);
  }

  private addUnfinished(known: Tally): void {
    this.unfinished++;
    this.unfinishedEvents += openEvents(known);
  }

  get isThrough(): boolean {
    return this.isListed && this.stopped === undefined && this.failed.count + this.unfinished === 0;
  }
}
