import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, truncateSync } from "node:fs";
import { dirname, join } from "node:path";
import { StoppedError } from "../archive/outcome-errors";
import { failureReason } from "../core/http/failure-reason";
import { UsageError } from "../tools/usage/usage-error";

/** Where journals are, below the working directory, in a folder for each command. */
const FOLDER = ".local";

/**
 * A file of JSON lines that belongs to a run's arguments and surroundings. Lines are only appended, and only the last one can be
 * incomplete, so the file is valid whenever the run ends.
 */
export class JournalFile {
  readonly path: string;
  /** Set when nothing more can be written: the file ends with half a line that could not be removed. */
  private broken?: StoppedError;

  /** @param identity what the file belongs to, as JSON; maps are allowed */
  constructor(command: string, identity: unknown, workingDirectory: string) {
    const name = createHash("sha256")
      .update(JSON.stringify(identity, (_, value) => (value instanceof Map ? [...value] : value)))
      .digest("hex")
      .slice(0, 16);
    this.path = join(workingDirectory, FOLDER, command, `${name}.jsonl`);
  }

  /**
   * Reads the lines that earlier runs have written, and drops a last one that was cut off.
   *
   * @throws UsageError for a file that cannot be read, and what `visit` throws
   */
  read(visit: (line: string, lineNumber: number) => void): void {
    try {
      this.readLines(visit);
    } catch (error) {
      if (error instanceof UsageError) throw error;
      throw this.unusable(failureReason(error));
    }
  }

  private readLines(visit: (line: string, lineNumber: number) => void): void {
    if (!existsSync(this.path)) return;
    // A string cannot be as long as a file of some million lines.
    const content = readFileSync(this.path);
    let start = 0;
    let lineNumber = 1;
    for (let end = content.indexOf(0x0a); end >= 0; end = content.indexOf(0x0a, start)) {
      visit(content.toString("utf8", start, end), lineNumber);
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

  /** Ensures that `write` can write. @throws UsageError */
  prepare(): void {
    try {
      mkdirSync(dirname(this.path), { recursive: true });
      appendFileSync(this.path, "");
    } catch (error) {
      throw this.unusable(failureReason(error));
    }
  }

  /** Whether the next run finds a line in it. */
  get isKept(): boolean {
    return this.length > 0;
  }

  private get length(): number {
    return statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
  }

  /** Appends a line. @throws StoppedError when the file cannot be written any more */
  write(entry: object): void {
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
