import { appendFileSync, lstatSync, renameSync, type Stats } from "node:fs";
import { appendFile, lstat } from "node:fs/promises";
import { shortText } from "../line/short-text";
import { memoryOf, type PendingRecord } from "./pending-record";
import { withinTime } from "./within-time";

/** How much may wait to be written, in bytes: beyond that the disk is slower than the logger, and lines are dropped. */
const MAX_BACKLOG_BYTES = 16 * 1024 * 1024;

/** After an error, how long the file is not tried again. */
const REST_MS = 10_000;

/** How long a full file is not looked at again: another process may take it. */
const LOOK_MS = 1_000;

/** Told about the records that were given to the file. */
export interface SpillObserver {
  written(records: readonly PendingRecord[]): void;
  failed(records: readonly PendingRecord[], reason: string): void;
}

/** The end of a file to which records go that memory has no room for. Appending never blocks the event loop. */
export class SpillFile {
  #backlog: PendingRecord[] = [];
  #inWrite: PendingRecord[] = [];
  #backlogBytes = 0;
  /** Bytes that the file had when it was looked at. */
  #size = 0;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #restUntil = Number.NEGATIVE_INFINITY;
  #writing: Promise<void> | undefined;

  /** @param maxBytes maximum size of the file */
  constructor(
    readonly path: string,
    readonly maxBytes: number,
    readonly observer: SpillObserver,
  ) {}

  /** Lines that wait to be written, and their bytes. */
  get waiting(): { lines: number; bytes: number } {
    const all = [...this.#inWrite, ...this.#backlog].filter(({ isSettled }) => !isSettled);
    return {
      lines: all.reduce((sum, { lines }) => sum + lines, 0),
      bytes: all.reduce((sum, { data }) => sum + data.length, 0),
    };
  }

  /** Whether a record may be given to the file. */
  get hasRoom(): boolean {
    const now = performance.now();
    if (this.#backlogBytes >= MAX_BACKLOG_BYTES || now < this.#restUntil) return false;
    if (this.#isFull && now >= this.#lookedAt + LOOK_MS) void this.#look();
    return !this.#isFull;
  }

  get #isFull(): boolean {
    return this.#size + this.#backlogBytes >= this.maxBytes;
  }

  async #look(): Promise<void> {
    this.#lookedAt = performance.now();
    try {
      this.#size = sizeOf(await lstat(this.path).catch(noneOrThrow));
    } catch {
      // Whoever writes is told.
    }
  }

  /** Takes a record over; the observer is told what has become of it. */
  add(record: PendingRecord): void {
    this.#backlog.push(record);
    this.#backlogBytes += memoryOf(record);
    this.#writing ??= this.#write().finally(() => {
      this.#writing = undefined;
    });
  }

  /**
   * Waits until everything is written, or has failed.
   *
   * @returns whether it has; false after `milliseconds`, as a disk may never answer
   */
  async idle(milliseconds: number): Promise<boolean> {
    const until = performance.now() + milliseconds;
    while (this.#writing) {
      const isDone = await withinTime(until - performance.now(), NEVER, () => this.#writing!).then(
        () => true,
        () => false,
      );
      if (!isDone) return false;
    }
    return true;
  }

  /**
   * Gives the file another name, so that the next record begins a new one.
   *
   * @throws the file system's error, ENOENT if there is nothing, NotAFileError if there is something else
   */
  async moveTo(path: string): Promise<void> {
    // Synchronously after the last write: the next one must not begin before.
    while (this.#writing) await this.#writing;
    sizeOf(lstatSync(this.path, { throwIfNoEntry: false }));
    renameSync(this.path, path);
    this.#size = 0;
  }

  /** Takes back what waits to be written, before the process ends; what is being written may be in the file, too. */
  takeWaiting(): PendingRecord[] {
    const taken = [...this.#inWrite, ...this.#backlog];
    for (const record of this.#backlog.splice(0)) this.#backlogBytes -= memoryOf(record);
    return taken.filter(({ isSettled }) => !isSettled);
  }

  /**
   * Writes records before the process ends.
   *
   * @throws the file system's error, NotAFileError if the path is something else
   */
  writeNow(records: readonly PendingRecord[]): void {
    if (records.length === 0) return;
    sizeOf(lstatSync(this.path, { throwIfNoEntry: false }));
    appendFileSync(this.path, textOf(records), { mode: MODE });
  }

  async #write(): Promise<void> {
    while (this.#backlog.length > 0) {
      const records = this.#backlog.splice(0, MAX_RECORDS_PER_WRITE);
      const data = textOf(records);
      this.#inWrite = records;
      try {
        this.#size = sizeOf(await lstat(this.path).catch(noneOrThrow));
        await appendFile(this.path, data, { mode: MODE });
        this.#size += data.length;
        this.observer.written(records);
      } catch (error) {
        this.#restUntil = performance.now() + REST_MS;
        this.observer.failed(records, shortText(error));
      }
      this.#inWrite = [];
      for (const record of records) this.#backlogBytes -= memoryOf(record);
    }
  }
}

/** Logs may hold what not everybody on the machine may read. */
const MODE = 0o600;

const MAX_RECORDS_PER_WRITE = 200;

/** Begins with a line feed: a process that was killed may have left the beginning of a line. */
const textOf = (records: readonly PendingRecord[]): Buffer =>
  Buffer.concat([LINE_FEED, ...records.map(({ data }) => data)]);

const LINE_FEED = Buffer.from("\n");

/** Never aborted. */
const NEVER = new AbortController().signal;

/** Thrown if a path is a device, a folder or a link: records written there are nowhere, or at a place that others choose. */
class NotAFileError extends Error {
  override name = "NotAFileError";
}

/**
 * Returns a file's size; 0 if there is none.
 *
 * @throws {NotAFileError}
 */
function sizeOf(found: Stats | undefined): number {
  if (found && !found.isFile()) throw new NotAFileError("it is no file, but a folder, device or link");
  return found?.size ?? 0;
}

function noneOrThrow(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}
