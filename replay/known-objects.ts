import type { ObjectVersion } from "../archive/bucket";
import { UsageError } from "../tools/usage/usage-error";
import type { JournalEntry } from "./journal-entry";
import { addTally, emptyTally, type Tally } from "./sinks/sink";

interface Known {
  etag: string;
  tally: Tally;
  isFinished: boolean;
  lineNumber: number;
  /** The bucket still has it, with this ETag. */
  isListed: boolean;
}

/** Returns the error for a line of a journal that no run of this command has written. */
export function lineError(path: string, lineNumber: number, reason: string): UsageError {
  return new UsageError([
    `${path} is no journal of this replay: line ${lineNumber} ${reason}. ` +
      "Remove the file to start over: delivered events are then found already indexed.",
  ]);
}

/** What earlier runs of the same command know of the bucket's objects, and this one has not begun. */
export class KnownObjects {
  private readonly objects = new Map<string, Known>();

  /** @param path of the journal, for errors */
  constructor(private readonly path: string) {}

  /** Adds a line of the journal. The last one of an object counts. */
  add(entry: JournalEntry, lineNumber: number): void {
    const { key, etag } = entry;
    // Two runs of the same command at the same time may both have replayed it.
    if (this.isFinished(entry)) return;
    const isFinished = "tally" in entry;
    const tally = isFinished ? entry.tally : entry.unfinished;
    this.objects.set(key, { etag, tally, isFinished, lineNumber, isListed: false });
  }

  /**
   * Compares what is known of an object with the listing.
   *
   * @param maxEvents that the object can hold
   * @throws UsageError for more of them
   */
  compare({ key, etag }: ObjectVersion, maxEvents: number): void {
    const known = this.objects.get(key);
    if (known?.etag !== etag) return;
    const { found } = known.tally;
    if (found > maxEvents) {
      const reason = `has ${found} events, more than the ${maxEvents} that ${key} can hold`;
      throw lineError(this.path, known.lineNumber, reason);
    }
    known.isListed = true;
  }

  /** Forgets the objects that the listing lacks, or that were overwritten: these are done again. @returns how many */
  forgetUnlisted(): number {
    const unlisted = [...this.objects].filter(([, { isListed }]) => !isListed);
    for (const [key] of unlisted) this.objects.delete(key);
    return unlisted.length;
  }

  /** Whether an earlier run has finished the object, and nobody has overwritten it since. */
  isFinished({ key, etag }: ObjectVersion): boolean {
    const known = this.objects.get(key);
    return known?.isFinished === true && known.etag === etag;
  }

  /** Begins an object. @returns its outcomes of earlier runs */
  begin({ key, etag }: ObjectVersion): Tally {
    const known = this.objects.get(key);
    this.objects.delete(key);
    return known?.etag === etag ? known.tally : emptyTally();
  }

  get size(): number {
    return this.objects.size;
  }

  /** Number of objects that earlier runs have finished. */
  get finished(): number {
    return this.tallies(true).length;
  }

  /** Outcomes of the events in finished objects. */
  get finishedTally(): Tally {
    const sum = emptyTally();
    for (const tally of this.tallies(true)) addTally(sum, tally);
    return sum;
  }

  /** Outcomes so far of the events in each unfinished object. */
  get unfinished(): Tally[] {
    return this.tallies(false);
  }

  private tallies(finished: boolean): Tally[] {
    return [...this.objects.values()].flatMap(({ isFinished, tally }) => (isFinished === finished ? tally : []));
  }
}
