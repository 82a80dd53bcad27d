import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ReplayArguments } from "./arguments/arguments";
import { emptyTally, type Tally } from "./sinks/sink";

/** Where journals are, below the working directory. */
const FOLDER = join(".local", "replay");

interface Entry {
  key: string;
  tally: Tally;
}

/**
 * The objects that are finished, one JSON line each, in a file that belongs to a run's arguments: the same command goes on
 * behind them. Lines are only ever appended, so that the file is good whenever the run ends.
 */
export class Journal {
  readonly path: string;
  /** What became of the events of the objects that earlier runs have finished. */
  readonly before: Tally = emptyTally();
  private readonly finishedKeys = new Set<string>();

  constructor(args: ReplayArguments, workingDirectory = process.cwd()) {
    const name = createHash("sha256").update(JSON.stringify(args)).digest("hex").slice(0, 16);
    this.path = join(workingDirectory, FOLDER, `${name}.jsonl`);
    if (!existsSync(this.path)) return;
    const text = readFileSync(this.path, "utf8");
    const whole = text.slice(0, text.lastIndexOf("\n") + 1);
    // What follows the last line feed was being written when a run ended.
    if (whole !== text) writeFileSync(this.path, whole);
    for (const line of whole.split("\n").slice(0, -1)) {
      const { key, tally } = JSON.parse(line) as Entry;
      this.finishedKeys.add(key);
      for (const name of Object.keys(tally) as (keyof Tally)[]) this.before[name] += tally[name];
    }
  }

  get finishedBefore(): number {
    return this.finishedKeys.size;
  }

  isFinished(key: string): boolean {
    return this.finishedKeys.has(key);
  }

  finish(key: string, tally: Tally): void {
    mkdirSync(dirname(this.path), { recursive: true });
    appendFileSync(this.path, `${JSON.stringify({ key, tally } satisfies Entry)}\n`);
  }

  /** Everything is finished: there is nothing to go on with. */
  remove(): void {
    rmSync(this.path, { force: true });
  }
}
