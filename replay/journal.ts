import type { ReplayArguments } from "./arguments/arguments";
import { type JournalEntry, JournalLineError, parseJournalEntry } from "./journal-entry";
import { JournalFile } from "./journal-file";
import { KnownObjects, lineError } from "./known-objects";

/** The outcome of each object: the same command continues after the finished ones. Of several lines of an object the last counts. */
export class Journal {
  readonly known: KnownObjects;
  /** An earlier run has written it. */
  readonly isContinued: boolean;
  private readonly file: JournalFile;

  /**
   * @param surroundings further settings that identify source and destination of the events
   * @throws UsageError for a file that cannot be read or written
   */
  constructor(args: ReplayArguments, surroundings: unknown, workingDirectory = process.cwd()) {
    this.file = new JournalFile("replay", [args, surroundings], workingDirectory);
    this.known = new KnownObjects(this.path);
    this.file.read((line, lineNumber) => this.add(line, lineNumber));
    this.isContinued = this.known.size > 0;
  }

  private add(line: string, lineNumber: number): void {
    try {
      this.known.add(parseJournalEntry(line), lineNumber);
    } catch (error) {
      if (!(error instanceof JournalLineError)) throw error;
      throw lineError(this.path, lineNumber, error.message);
    }
  }

  get path(): string {
    return this.file.path;
  }

  /**
   * Ensures that `write` can write.
   *
   * @throws UsageError
   */
  prepare(): void {
    this.file.prepare();
    if (!this.isContinued) this.remove();
  }

  /** Whether the next run finds an entry in it. */
  get isKept(): boolean {
    return this.file.isKept;
  }

  /** @throws StoppedError when the file cannot be written any more */
  write(entry: JournalEntry): void {
    this.file.write(entry);
  }

  /** Deletes the file: nothing is left to resume. */
  remove(): void {
    this.file.remove();
  }
}
