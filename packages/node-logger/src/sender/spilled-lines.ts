import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import type { RecordSource } from "./pending-record";

const SUFFIX = ".taken";

/** How long another process may still write to a file that this one has renamed. */
const FOREIGN_WRITE_MS = 1_000;

/**
 * Renames the files of a spill path, so that no line is added to them, and none is read by two that begin at once.
 *
 * A file that was taken before is taken again: its reader was killed, or reads it at the same time, which does no harm, since each
 * line is one document however often it is sent.
 *
 * @param move renames the file at the path itself
 * @param isStart whether files that were taken before are taken, too: later, this process may still be sending their lines
 * @returns the files' new names
 */
export async function takeSpillFiles(
  path: string,
  move: (to: string) => Promise<void>,
  isStart: boolean,
): Promise<string[]> {
  const taken: string[] = [];
  const fresh = `${path}.${randomUUID()}${SUFFIX}`;
  for (const [from, to] of [[path, fresh], ...(isStart ? await earlier(path) : [])] as [string, string][]) {
    try {
      await (from === path ? move(to) : rename(from, to));
      taken.push(to);
    } catch (error) {
      // No file, or another process was faster.
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  }
  if (taken.includes(fresh)) await wait(FOREIGN_WRITE_MS, undefined, { ref: false });
  return taken;
}

async function earlier(path: string): Promise<[string, string][]> {
  const names = await readdir(dirname(path));
  return names
    .filter((name) => name.startsWith(`${basename(path)}.`) && name.endsWith(SUFFIX))
    .map((name) => [join(dirname(path), name), `${path}.${randomUUID()}${SUFFIX}`]);
}

/** A file whose lines are sent again. It is deleted once all of them are settled. */
export class SpilledLines implements RecordSource {
  #open = 0;
  #isRead = false;

  /** @param file one that was taken */
  constructor(readonly file: string) {}

  /**
   * Reads the lines.
   *
   * @param add takes a line over, and returns whether to read on; else the file stays
   * @returns the number of lines that are none, such as one that a killed process has not finished
   */
  async read(add: (line: string) => Promise<boolean>): Promise<number> {
    let broken = 0;
    for await (const line of createInterface({
      input: createReadStream(this.file),
      crlfDelay: Number.POSITIVE_INFINITY,
    })) {
      if (line === "") continue;
      if (isObjectText(line)) {
        this.#open++;
        if (!(await add(line))) return broken;
      } else {
        broken++;
      }
    }
    this.#isRead = true;
    await this.#deleteIfSettled();
    return broken;
  }

  settle(lines: number): void {
    this.#open -= lines;
    void this.#deleteIfSettled();
  }

  async #deleteIfSettled(): Promise<void> {
    if (this.#isRead && this.#open === 0) await rm(this.file, { force: true }).catch(() => {});
  }
}

function isObjectText(line: string): boolean {
  try {
    return line.startsWith("{") && typeof JSON.parse(line) === "object";
  } catch {
    return false;
  }
}
