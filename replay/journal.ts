import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, truncateSync } from "node:fs";
import { dirname, join } from "node:path";
import { failureReason } from "../core/http/failure-reason";
import { UsageError } from "../tools/usage/usage-error";
import type { ReplayArguments } from "./arguments/arguments";
import { type JournalEntry, parseJournalEntry } from "./journal-entry";
import { StoppedError } from "./outcome-errors";
import { addTally, emptyTally, type Tally } from "./sinks/sink";

/** Where journals are, below the working directory. */
const FOLDER = join(".local", "replay");

/**
 * What became of each object, one JSON line each, in a file that belongs to a run's arguments and surroundings: the same
 * command goes on after the finished ones. Whole lines are only ever appended, and a line that is not whole is only ever
 * the last one, so that the file is good whenever the run ends; of several lines of an unfinished object the last counts.
 */
export class Journal {
  readonly path: string;
  /** What became of the events of the objects that earlier runs have finished. */
  readonly before: Tally = emptyTally();
  /** What is known of the objects that earlier runs have begun, and this one not yet. */
  readonly unfinished = new Map<string, Tally>();
  /** An earlier run has written it. */
  readonly isContinued: boolean;
  private readonly finishedKeys = new Set<string>();
  /** Why nothing more is written: half a line is at its end, and could not be taken away. */
  private broken?: StoppedError;

  /**
   * @param surroundings what else decides where events come from and go to
   * @throws UsageError for a file that can't be read or written
   */
  constructor(args: ReplayArguments, surroundings: unknown, workingDirectory = process.cwd()) {
    const name = createHash("sha256")
      .update(JSON.stringify([args, surroundings]))
      .digest("hex")
      .slice(0, 16);
    this.path = join(workingDirectory, FOLDER, `${name}.jsonl`);
    try {
      this.load();
    } catch (error) {
      if (error instanceof UsageError) throw error;
      throw this.unusable(failureReason(error));
    }
    this.isContinued = this.finishedKeys.size + this.unfinished.size > 0;
  }

  private load(): void {
    if (!existsSync(this.path)) return;
    // A text could not be as long as a file of some million lines.
    const content = readFileSync(this.path);
    let start = 0;
    let lineNumber = 1;
    for (let end = content.indexOf(0x0a); end >= 0; end = content.indexOf(0x0a, start)) {
      const entry = parseJournalEntry(content.toString("utf8", start, end));
      if (!entry) {
        throw new UsageError([
          `${this.path} is no journal of a replay: line ${lineNumber} is no object with counts that add up. ` +
            "Remove the file to begin anew.",
        ]);
      }
      this.remember(entry);
      start = end + 1;
      lineNumber++;
    }
    // What follows the last line feed was being written when a run ended.
    if (start < content.length) truncateSync(this.path, start);
  }

  private remember(entry: JournalEntry): void {
    const { key } = entry;
    // Two runs of the same command at the same time may both have replayed it.
    if (this.finishedKeys.has(key)) return;
    if ("unfinished" in entry) {
      this.unfinished.set(key, entry.unfinished);
      return;
    }
    this.unfinished.delete(key);
    this.finishedKeys.add(key);
    addTally(this.before, entry.tally);
  }

  private unusable(reason: string): UsageError {
    return new UsageError([
      `${this.path} cannot be used to remember what is finished: ${reason}. Allow it, or begin in another working directory.`,
    ]);
  }

  /**
   * Makes sure that `write` will be able to.
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

  get finishedBefore(): number {
    return this.finishedKeys.size;
  }

  /** Whether the next run finds anything in it. */
  get isKept(): boolean {
    return this.length > 0;
  }

  private get length(): number {
    return statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
  }

  isFinished(key: string): boolean {
    return this.finishedKeys.has(key);
  }

  /** Begins an object: returns what earlier runs know of it. */
  begin(key: string): Tally {
    const known = this.unfinished.get(key) ?? emptyTally();
    this.unfinished.delete(key);
    return known;
  }

  /** @throws StoppedError when the file can't be written any more */
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

  /** A disk that gets full takes half a line: the next one must not follow it. */
  private cutTo(length: number, stopped: StoppedError): void {
    try {
      if (this.length > length) truncateSync(this.path, length);
    } catch {
      this.broken = stopped;
    }
  }

  /** Everything is finished: there is nothing to go on with. */
  remove(): void {
    rmSync(this.path, { force: true });
  }
}
