import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { failureReason } from "../functions/shared/failure-reason";
import type { ReplayArguments } from "./arguments/arguments";
import { MistakesError } from "./arguments/mistakes";
import { StoppedError } from "./outcome-errors";
import { emptyTally, type Tally } from "./sinks/sink";

/** Where journals are, below the working directory. */
const FOLDER = join(".local", "replay");

interface Entry {
  key: string;
  tally: Tally;
}

const TALLY_NAMES = Object.keys(emptyTally()) as (keyof Tally)[];

/**
 * The objects that are finished, one JSON line each, in a file that belongs to a run's arguments and surroundings: the same
 * command goes on behind them. Lines are only ever appended, so that the file is good whenever the run ends.
 */
export class Journal {
  readonly path: string;
  /** What became of the events of the objects that earlier runs have finished. */
  readonly before: Tally = emptyTally();
  private readonly finishedKeys = new Set<string>();

  /**
   * @param surroundings what else decides where events come from and go to
   * @throws MistakesError for a file that can't be read or written
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
      if (error instanceof MistakesError) throw error;
      throw this.unusable(failureReason(error));
    }
  }

  private load(): void {
    if (!existsSync(this.path)) return;
    const text = readFileSync(this.path, "utf8");
    const whole = text.slice(0, text.lastIndexOf("\n") + 1);
    // What follows the last line feed was being written when a run ended.
    if (whole !== text) writeFileSync(this.path, whole);
    for (const [i, line] of whole.split("\n").slice(0, -1).entries()) {
      const entry = entryIn(line);
      if (!entry) {
        throw new MistakesError([
          `${this.path} is no journal of a replay: line ${i + 1} tells no finished object. Remove the file to begin anew.`,
        ]);
      }
      this.finishedKeys.add(entry.key);
      for (const name of TALLY_NAMES) this.before[name] += entry.tally[name];
    }
  }

  private unusable(reason: string): MistakesError {
    return new MistakesError([
      `${this.path} cannot be used to remember what is finished: ${reason}. Allow it, or begin in another working directory.`,
    ]);
  }

  /**
   * Makes sure that `finish` will be able to write.
   *
   * @throws MistakesError
   */
  prepare(): void {
    try {
      mkdirSync(dirname(this.path), { recursive: true });
      appendFileSync(this.path, "");
    } catch (error) {
      throw this.unusable(failureReason(error));
    }
    if (this.finishedBefore === 0) this.remove();
  }

  get finishedBefore(): number {
    return this.finishedKeys.size;
  }

  isFinished(key: string): boolean {
    return this.finishedKeys.has(key);
  }

  /** @throws StoppedError when the file can't be written any more */
  finish(key: string, tally: Tally): void {
    try {
      appendFileSync(this.path, `${JSON.stringify({ key, tally } satisfies Entry)}\n`);
    } catch (error) {
      throw new StoppedError(`${this.path} cannot be written any more: ${failureReason(error)}.`);
    }
  }

  /** Everything is finished: there is nothing to go on with. */
  remove(): void {
    rmSync(this.path, { force: true });
  }
}

/** Undefined for a line that is no entry. */
function entryIn(line: string): Entry | undefined {
  try {
    const { key, tally } = JSON.parse(line) as Entry;
    const isEntry = typeof key === "string" && TALLY_NAMES.every((name) => Number.isInteger(tally[name]));
    return isEntry ? { key, tally } : undefined;
  } catch {
    return undefined;
  }
}
