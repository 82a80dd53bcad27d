import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, truncateSync } from "node:fs";
import { dirname, join } from "node:path";
import { StoppedError } from "../archive/outcome-errors";
import { failureReason } from "../core/http/failure-reason";
import { UsageError } from "../tools/usage/usage-error";
import type { ReplayArguments } from "./arguments/arguments";
import { type JournalEntry, JournalLineError, parseJournalEntry } from "./journal-entry";
import { KnownObjects, lineError } from "./known-objects";

/** Where journals are, below the working directory. */
const FOLDER = join(".local", "replay");

/**
 * The outcome of each object, one JSON line each, in a file that belongs to a run's arguments and surroundings: the same
 * command continues after the finished ones. Lines are only appended, and only the last one can be incomplete, so the file
 * is valid whenever the run ends; of several lines of an unfinished object the last counts.
 */
export class Journal {
  readonly path: string;
  readonly known: KnownObjects;
  /** An earlier run has written it. */
  readonly isContinued: boolean;
  /** Set when nothing more can be written: the file ends with half a line that could not be removed. */
  private broken?: StoppedError;

  /**
   * @param surroundings further settings that identify source and destination of the events
   * @throws UsageError for a file that cannot be read or written
   */
  constructor(args: ReplayArguments, surroundings: unknown, workingDirectory = process.cwd()) {
    const name = createHash("sha256")
      .update(JSON.stringify([args, surroundings], (_, value) => (value instanceof Map ? [...value] : value)))
      .digest("hex")
      .slice(0, 16);
    this.path = join(workingDirectory, FOLDER, `${name}.jsonl`);
    this.known = new KnownObjects(this.path);
    try {
      this.load();
    } catch (error) {
      if (error instanceof UsageError) throw error;
      throw this.unusable(failureReason(error));
    }
    this.isContinued = this.known.size > 0;
  }

  private load(): void {
    if (!existsSync(this.path)) return;
    // A string cannot be as long as a file of some million lines.
    const content = readFileSync(this.path);
    let start = 0;
    let lineNumber = 1;
    for (let end = content.indexOf(0x0a); end >= 0; end = content.indexOf(0x0a, start)) {
      try {
        this.known.add(parseJournalEntry(content.toString("utf8", start, end)), lineNumber);
      } catch (error) {
        if (!(error instanceof JournalLineError)) throw error;
        throw lineError(this.path, lineNumber, error.message);
      }
      start = end + 1;
      lineNumber++;
    }
    // What follows the last line feed was being written when a run ended.
    if (start < content.length) truncateSync(this.path, start);
  }

  private unusable(reason: string): UsageError {
    return new UsageError([
      `${this.path} cannot be used to remember what is finished: ${reason}. Allow it, or begin in another working directory.`,
    ]);
  }

  /**
   * Ensures that `write` can write.
   *
   * @throws UsageError
   */
  prepare(): void {
    try {
      mkdirSync(dirname(this.path), { recursive: true });
      appendFileSync(this.path, "");
    } catch (error) {
      throw this.unusable(failureReason(error));
    }
    if (!this.isContinued) this.remove();
  }

  /** Whether the next run finds an entry in it. */
  get isKept(): boolean {
    return this.length > 0;
  }

  private get length(): number {
    return statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
  }

  /** @throws StoppedError when the file cannot be written any more */
  write(entry: JournalEntry): void {
    if (this.broken) throw this.broken;
    const { length } = this;
    try {
      appendFileSync(this.path, `${JSON.stringify(entry)}\n`);
    } catch (error) {
      const stopped = new StoppedError(`${this.path} cannot be written any more: ${failureReason(error)}.`);
      this.cutTo(length, stopped);
      throw stopped;
    }
  }

  /** A full disk may leave half a line: the next one must not follow it. */
  private cutTo(length: number, stopped: StoppedError): void {
    try {
      if (this.length > length) truncateSync(this.path, length);
    } catch {
      this.broken = stopped;
    }
  }

  /** Deletes the file: nothing is left to resume. */
  remove(): void {
    rmSync(this.path, { force: true });
  }
}
