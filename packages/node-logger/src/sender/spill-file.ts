import { appendFileSync, renameSync } from "node:fs";
import { appendFile, stat } from "node:fs/promises";
import { shortText } from "../line/short-text";
import { memoryOf, type PendingRecord } from "./pending-record";

/** How much may wait to be written, in bytes: beyond that the disk is slower than the logger, and lines are dropped. */
const MAX_BACKLOG_BYTES = 16 * 1024 * 1024;

/** After an error, how long the file is not tried again. */
const REST_MS = 10_000;

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
  /** Bytes that the file has; undefined before it was looked at. */
  #size: number | undefined;
  #restUntil = Number.NEGATIVE_INFINITY;
  #writing: Promise<void> | undefined;

  /** @param maxBytes maximum size of the file */
  constructor(
    readonly path: string,
    readonly maxBytes: number,
    readonly observer: SpillObserver,
  ) {}

  /** Bytes of memory that wait to be written. */
  get backlogBytes(): number {
    return this.#backlogBytes;
  }

  /** Whether a record may be given to the file. */
  get hasRoom(): boolean {
    return (
      this.#backlogBytes < MAX_BACKLOG_BYTES &&
      (this.#size ?? 0) + this.#backlogBytes < this.maxBytes &&
      performance.now() >= this.#restUntil
    );
  }

  /** Takes a record over; the observer is told what has become of it. */
  add(record: PendingRecord): void {
    this.#backlog.push(record);
    this.#backlogBytes += memoryOf(record);
    this.#writing ??= this.#write().finally(() => {
      this.#writing = undefined;
    });
  }

  /** Waits until everything is written, or has failed. */
  async idle(): Promise<void> {
    while (this.#writing) await this.#writing;
  }

  /**
   * Gives the file another name, so that the next record begins a new one.
   *
   * @throws the file system's error, ENOENT if there is no file
   */
  async moveTo(path: string): Promise<void> {
    // Synchronously after the last write: the next one must not begin before.
    while (this.#writing) await this.#writing;
    renameSync(this.path, path);
    this.#size = 0;
  }

  /**
   * Writes records, and what is waiting, before the process ends.
   *
   * @throws the file system's error
   */
  writeNow(records: readonly PendingRecord[]): void {
    const all = [...this.#inWrite, ...this.#backlog, ...records];
    if (all.length > 0) appendFileSync(this.path, textOf(all), { mode: MODE });
  }

  async #write(): Promise<void> {
    while (this.#backlog.length > 0) {
      const records = this.#backlog.splice(0, MAX_RECORDS_PER_WRITE);
      const data = textOf(records);
      this.#inWrite = records;
      try {
        this.#size ??= await sizeOf(this.path);
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

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch {
    return 0;
  }
}
