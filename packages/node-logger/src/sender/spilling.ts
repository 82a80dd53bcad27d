import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { shortText } from "../line/short-text";
import type { LineLedger } from "./line-ledger";
import type { PendingRecord, RecordSource } from "./pending-record";
import { type BuiltRecord, RecordBuilder } from "./record-builder";
import type { CompleteSenderOptions } from "./sender-options";
import { SpillFile } from "./spill-file";
import { SpilledLines, takeSpillFiles } from "./spilled-lines";
import type { Warnings } from "./warnings";

/** How much of the memory lines from the file may take. */
const RESTORED_SHARE = 0.5;

const LOOK_FOR_ROOM_MS = 200;

/** What a spill works on. */
interface SpillingParts {
  ledger: LineLedger;
  warnings: Warnings;
  options: CompleteSenderOptions;
  /** Takes a record of lines that were read from the file. */
  seal: (built: BuiltRecord, source: RecordSource) => void;
  /** Called when a file has been read. */
  onRead: () => void;
}

/** Writes records to the spill file, and brings their lines back when there is nothing else to send. */
export class Spilling {
  readonly file: SpillFile;
  readonly #parts: SpillingParts;
  /** In it, lines from the file are packed. */
  readonly builder: RecordBuilder;
  /** Whether there may be lines in the file: of an earlier process at first. */
  #hasLines = true;
  #isStart = true;
  #reading: Promise<void> | undefined;
  #isEnded = false;

  constructor(path: string, recordBytes: number, parts: SpillingParts) {
    this.#parts = parts;
    this.builder = new RecordBuilder(recordBytes);
    this.file = new SpillFile(path, parts.options.spillBytes, {
      written: (records) => this.#written(records),
      failed: (records, reason) => this.#failed(records, reason),
    });
  }

  /** Sends what is in the file, once nothing else is left to send. Resolves when it is read, also if that had begun before. */
  read(): Promise<void> {
    if (!this.#reading && this.#hasLines && !this.#isEnded) {
      this.#reading = this.#readFiles().finally(() => {
        this.#reading = undefined;
      });
    }
    return this.#reading ?? Promise.resolve();
  }

  async #readFiles(): Promise<void> {
    try {
      this.#hasLines = false;
      const isStart = this.#isStart;
      this.#isStart = false;
      if (isStart && !(await this.#canWrite())) return;
      const failed = (file: string, error: unknown) => this.#tellUnreadable(file, error);
      const files = await takeSpillFiles(this.file.path, (to) => this.file.moveTo(to), isStart, failed);
      for (const file of files) await this.#restore(file).catch((error) => failed(file, error));
    } catch (error) {
      this.#tellUnreadable(this.file.path, error);
    }
  }

  end(): void {
    this.#isEnded = true;
  }

  #tellUnreadable(file: string, error: unknown): void {
    this.#parts.warnings.warn("spill", `cannot read ${file}: ${shortText(error)}; what it has stays there`);
  }

  /** Whether there is a folder for the file, and files can be written there; told at once, and not when memory is full. */
  async #canWrite(): Promise<boolean> {
    const folder = dirname(this.file.path);
    try {
      await access(folder, constants.W_OK | constants.X_OK);
      return true;
    } catch (error) {
      const text = `${this.file.path} cannot be written: ${shortText(error)}; until it can, lines that memory has no room for are dropped`;
      this.#parts.warnings.warn("spill", text);
      return false;
    }
  }

  async #restore(path: string): Promise<void> {
    const { ledger, options, seal, onRead } = this.#parts;
    const source = new SpilledLines(path);
    await source.read(async (line) => {
      ledger.counts.restored++;
      for (const built of this.builder.add(line)) seal(built, source);
      while (ledger.records.memory > options.memoryBytes * RESTORED_SHARE && !this.#isEnded) {
        onRead();
        await wait(LOOK_FOR_ROOM_MS, undefined, { ref: false });
      }
      // What is not read stays in the file.
      return !this.#isEnded;
    });
    const last = this.builder.take();
    if (last) seal(last, source);
    this.#tellUnsent(source);
    onRead();
  }

  #tellUnsent({ file, keptAs, unsent: { torn, foreign } }: SpilledLines): void {
    if (torn + foreign === 0) return;
    const lost = `${torn} lines of ${file} are lost, of which a process that was killed had written the beginning only`;
    const kept = `${foreign} lines of ${file} are no lines of this library, or too long; it is kept as ${keptAs}`;
    const text = [...(torn > 0 ? [lost] : []), ...(foreign > 0 ? [kept] : [])].join("; ");
    this.#parts.warnings.warn("spill", text, torn + foreign);
  }

  #written(records: readonly PendingRecord[]): void {
    this.#hasLines = true;
    for (const record of records) this.#parts.ledger.spilled(record);
  }

  #failed(records: readonly PendingRecord[], reason: string): void {
    const { ledger, warnings } = this.#parts;
    const lines = records.reduce((sum, record) => sum + record.lines, 0);
    const text = `cannot write ${this.file.path}: ${reason}; the oldest lines are dropped instead`;
    warnings.warn("spill", text, lines);
    for (const record of records) ledger.drop(record, "full");
  }
}
