import { closeSync, existsSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const POLL_MS = 100;

/** Reads the lines that are appended to a log after this was created. */
export class LogTail {
  #position: number;
  #rest = "";

  /** @param path of a file that need not exist yet */
  constructor(private readonly path: string) {
    this.#position = existsSync(path) ? statSync(path).size : 0;
  }

  /** Reads the lines since the last call, without the time at the beginning of each. */
  read(): string[] {
    if (!existsSync(this.path)) return [];
    const file = openSync(this.path, "r");
    const added = Buffer.alloc(fstatSync(file).size - this.#position);
    const length = readSync(file, added, 0, added.length, this.#position);
    closeSync(file);
    // A line is written by one call, so no character is cut.
    const lines = (this.#rest + added.toString("utf8", 0, length)).split("\n");
    this.#position += length;
    this.#rest = lines.pop()!;
    return lines.map((line) => line.slice(line.indexOf(" ") + 1));
  }

  /**
   * Reads until `find` returns a value for all lines so far.
   *
   * @throws Error when `signal` aborts
   */
  async until<T>(find: (lines: readonly string[]) => T | undefined, signal: AbortSignal): Promise<T> {
    const lines: string[] = [];
    for (;;) {
      lines.push(...this.read());
      const found = find(lines);
      if (found !== undefined) return found;
      await sleep(POLL_MS, undefined, { signal });
    }
  }
}
