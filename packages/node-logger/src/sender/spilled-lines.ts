import { randomUUID } from "node:crypto";
import { readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { MAX_LOG_LINE_BYTES } from "../line/line-writer";
import { fileLinesIn } from "./file-lines";
import type { RecordSource } from "./pending-record";

const SUFFIX = ".taken";
const TAKEN_END = /^\.[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\.taken$/;

/** Of a file that has what is no line of this library: such a file is nobody's to delete. */
const KEPT_SUFFIX = ".kept";

/** How long another process may still write to a file that this one has renamed, after its last write. */
const FOREIGN_WRITE_MS = 1_000;

/**
 * Renames the files of a spill path, so that no line is added to them, and none is read by two that begin at once.
 *
 * A file that was taken before is taken again: its reader was killed, or reads it at the same time, which does no harm, since each
 * line is one document however often it is sent.
 *
 * @param move renames the file at the path itself
 * @param isStart whether files that were taken before are taken, too: later, this process may still be sending their lines
 * @param failed told of a file that cannot be taken, which keeps back no other
 * @returns the files' new names
 */
export async function takeSpillFiles(
  path: string,
  move: (to: string) => Promise<void>,
  isStart: boolean,
  failed: (file: string, error: unknown) => void,
): Promise<string[]> {
  const taken: string[] = [];
  const fresh = `${path}.${randomUUID()}${SUFFIX}`;
  for (const [from, to] of [[path, fresh], ...(isStart ? await earlier(path) : [])] as [string, string][]) {
    try {
      await (from === path ? move(to) : rename(from, to));
      taken.push(to);
    } catch (error) {
      // No file, or another process was faster.
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") failed(from, error);
    }
  }
  if (taken.includes(fresh)) await untilWritten(fresh);
  return taken;
}

/** Does not wait for what was written long ago: a process that ends soon would never send it. */
async function untilWritten(file: string): Promise<void> {
  const mtimeMs = await stat(file).then(
    (known) => known.mtimeMs,
    // Another process was faster.
    () => 0,
  );
  const left = Math.min(mtimeMs + FOREIGN_WRITE_MS - Date.now(), FOREIGN_WRITE_MS);
  if (left > 0) await wait(left, undefined, { ref: false });
}

async function earlier(path: string): Promise<[string, string][]> {
  const entries = await readdir(dirname(path), { withFileTypes: true });
  return (
    entries
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)
      // Nothing of a spill file whose own name is longer.
      .filter((name) => name.startsWith(`${basename(path)}.`) && TAKEN_END.test(name.slice(basename(path).length)))
      .map((name) => [join(dirname(path), name), `${path}.${randomUUID()}${SUFFIX}`])
  );
}

/** Lines of a file that are not sent. */
export interface UnsentLines {
  /** Beginnings of lines, which a process that was killed has left. */
  torn: number;
  /** What this library has not written. */
  foreign: number;
}

/** A file whose lines are sent again. Once all of them are settled it is deleted, or renamed if it has lines of others. */
export class SpilledLines implements RecordSource {
  readonly unsent: UnsentLines = { torn: 0, foreign: 0 };
  #open = 0;
  #isRead = false;

  /** @param file one that was taken */
  constructor(readonly file: string) {}

  /** What the file is called if it is not deleted. */
  get keptAs(): string {
    return `${this.file.slice(0, -SUFFIX.length)}${KEPT_SUFFIX}`;
  }

  /**
   * Reads the lines.
   *
   * @param add takes a line over, and returns whether to read on; else the file stays
   */
  async read(add: (line: string) => Promise<boolean>): Promise<void> {
    for await (const line of fileLinesIn(this.file, MAX_LOG_LINE_BYTES)) {
      if (line === "") continue;
      if (line !== undefined && isObjectText(line)) {
        this.#open++;
        if (!(await add(line))) return;
      } else if (line?.startsWith("{")) {
        this.unsent.torn++;
      } else {
        this.unsent.foreign++;
      }
    }
    this.#isRead = true;
    await this.#endIfSettled();
  }

  settle(lines: number): void {
    this.#open -= lines;
    void this.#endIfSettled();
  }

  async #endIfSettled(): Promise<void> {
    if (!this.#isRead || this.#open > 0) return;
    const end = this.unsent.foreign > 0 ? rename(this.file, this.keptAs) : rm(this.file, { force: true });
    await end.catch(() => {});
  }
}

function isObjectText(line: string): boolean {
  try {
    return line.startsWith("{") && typeof JSON.parse(line) === "object";
  } catch {
    return false;
  }
}
