import { setTimeout as wait } from "node:timers/promises";
import { MAX_LOG_LINE_BYTES, type WrittenLine } from "../line/line-writer";
import { shortText } from "../line/short-text";
import type { RecordService } from "../services/record-service";
import { ClockWatch } from "./clock-watch";
import { GzipPacker } from "./gzip-packer";
import { LineLedger } from "./line-ledger";
import type { PendingRecord, RecordSource } from "./pending-record";
import { registerSender, unregisterSender } from "./process-end";
import { type BuiltRecord, RecordBuilder } from "./record-builder";
import { RECORD_OVERHEAD, RecordDelivery } from "./record-delivery";
import type { CompleteSenderOptions } from "./sender-options";
import { Spilling } from "./spilling";
import type { LoggerStats } from "./stats";
import { Warnings } from "./warnings";

/** Of the memory: the rest is for lines that come while the oldest are being written to the spill file. */
const SPILL_SHARE = 3 / 4;

/**
 * Sends lines to a service. None of its methods throws, and none but `flush` and `close` takes longer than it takes to copy a line.
 * A line is delivered, dropped and counted, or in the spill file.
 */
export class Sender {
  readonly #service: RecordService;
  readonly #options: CompleteSenderOptions;
  readonly #warnings: Warnings;
  readonly #ledger = new LineLedger();
  readonly #gzip: GzipPacker | undefined;
  readonly #builder: RecordBuilder;
  readonly #delivery: RecordDelivery;
  readonly #spilling: Spilling | undefined;
  readonly #clock: ClockWatch;
  #sequence = 0;
  #isClosed = false;
  /** Whether the last flush was not done in its time. */
  #isLate = false;
  #bufferTimer: NodeJS.Timeout | undefined;

  constructor(service: RecordService, options: CompleteSenderOptions) {
    this.#service = service;
    this.#options = options;
    const ledger = this.#ledger;
    const warnings = new Warnings(options.onWarning);
    this.#warnings = warnings;
    this.#clock = new ClockWatch((message) => warnings.warn("clock", message));
    const gzip = options.compress === "gzip" ? new GzipPacker(options.recordBytes) : undefined;
    this.#gzip = gzip;
    const recordBytes = options.pack ? options.recordBytes - RECORD_OVERHEAD : 0;
    this.#builder = new RecordBuilder(recordBytes);
    const onIdle = () => void this.#spilling?.read();
    this.#delivery = new RecordDelivery({ service, options, ledger, warnings, gzip, onIdle });
    if (options.spill !== undefined) {
      const seal = (built: BuiltRecord, source: RecordSource) => this.#seal(built, source);
      const onRead = () => this.#delivery.sendSoon();
      this.#spilling = new Spilling(options.spill, recordBytes, { ledger, warnings, options, seal, onRead });
      void this.#spilling.read();
    }
    if (options.flushAtExit) registerSender(this);
  }

  /** Takes a line over. */
  add(line: WrittenLine): void {
    const { counts } = this.#ledger;
    counts.accepted++;
    try {
      if (this.#isClosed) {
        this.#lose("closed", "a line was logged after close(), and is dropped");
        return;
      }
      for (const built of this.#builder.add(line.text)) this.#seal(built);
      if (this.#bufferTimer === undefined) this.#startBufferTimer();
      if (line.isCut || line.unsayable > 0) this.#tellChanged(line);
    } catch (error) {
      this.#lose("internal", `a line is dropped; please report this: ${shortText(error)}`);
    }
  }

  /** Counts a line that could not even be written, because of an error in this library. */
  failed(error: unknown): void {
    this.#ledger.counts.accepted++;
    this.#lose("internal", `a line is dropped; please report this: ${shortText(error)}`);
  }

  /**
   * Sends all lines so far.
   *
   * @param seconds how long to wait. @default `flushSeconds`
   * @returns whether none of them is only in memory any more
   */
  async flush(seconds = this.#options.flushSeconds): Promise<boolean> {
    this.#sealAll();
    const mark = this.#sequence;
    this.#delivery.sendNow();
    const until = performance.now() + seconds * 1000;
    const isSettled = await this.#ledger.waiters.wait(mark, seconds * 1000);
    const isDone = isSettled && ((await this.#spilling?.file.idle(until - performance.now())) ?? true);
    this.#isLate = !isDone;
    return isDone;
  }

  /**
   * Flushes, sends what the spill file has, and ends. Lines that are left go to the spill file, or are dropped; later ones are dropped.
   *
   * @param seconds how long to wait. @default `flushSeconds`
   * @returns whether no line was dropped by that
   */
  async close(seconds = this.#options.flushSeconds): Promise<boolean> {
    this.#isClosed = true;
    const until = performance.now() + seconds * 1000;
    await this.flush(seconds);
    if (this.#spilling && !this.#isLate) await this.#restoreUntil(until, this.#spilling);
    // While what they say is so: lines that are kept, and sent again.
    this.#warnings.end();
    this.#spilling?.end();
    const isKept = this.#keepRest();
    clearTimeout(this.#bufferTimer);
    this.#delivery.end();
    this.#warnings.end();
    unregisterSender(this);
    return isKept;
  }

  /** Sends what the spill file has: a program that ends sooner than the file is read would leave its lines for ever. */
  async #restoreUntil(until: number, spilling: Spilling): Promise<void> {
    const left = () => Math.max(0, until - performance.now());
    const read = new AbortController();
    const isOver = wait(left(), undefined, { signal: read.signal }).catch(() => {});
    await Promise.race([spilling.read(), isOver]);
    read.abort();
    await this.flush(left() / 1000);
  }

  /** Keeps what is left in the spill file, or drops it, and ends calls that are not answered. */
  giveUp(): void {
    this.#keepRest();
    this.#delivery.abortCalls();
  }

  /** What has become of the lines. */
  stats(): LoggerStats {
    const { records, counts, dropped } = this.#ledger;
    const open = [this.#builder, this.#spilling?.builder].filter(
      (builder) => builder && builder.lines > 0,
    ) as RecordBuilder[];
    const waiting = this.#spilling?.file.waiting ?? { lines: 0, bytes: 0 };
    const since = Math.min(records.oldest?.since ?? Number.POSITIVE_INFINITY, ...open.map((one) => one.since));
    return {
      ...counts,
      dropped: { ...dropped },
      pending: open.reduce((sum, { lines }) => sum + lines, records.lines + waiting.lines),
      pendingBytes: open.reduce((sum, { bytes }) => sum + bytes, records.bytes + waiting.bytes),
      oldestSeconds: since === Number.POSITIVE_INFINITY ? 0 : (performance.now() - since) / 1000,
      clockJumps: this.#clock.jumps,
    };
  }

  #startBufferTimer(): void {
    this.#bufferTimer = setTimeout(() => {
      this.#bufferTimer = undefined;
      this.#sealAll();
      this.#delivery.sendSoon();
    }, this.#options.bufferSeconds * 1000);
    this.#bufferTimer.unref();
  }

  #sealAll(): void {
    const built = this.#builder.take();
    if (built) this.#seal(built);
  }

  #seal(built: BuiltRecord, source?: RecordSource): void {
    const { records } = this.#ledger;
    this.#clock.check();
    if (this.#gzip && this.#options.pack) this.#builder.maxBytes = this.#gzip.linesBytes;
    const state = { isInFlight: false, isAlone: false, isUncertain: false, isSettled: false };
    records.add({ ...built, sequence: ++this.#sequence, source, ...state });
    this.#makeRoom();
    const { bufferBytes, memoryBytes } = this.#options;
    // Small memory must not be full before anything is sent.
    const enough = Math.min(bufferBytes, memoryBytes / 4);
    const isFull = records.waitingBytes >= enough || records.waiting >= this.#service.limits.records;
    if (isFull) this.#delivery.sendSoon();
  }

  /** Spills the oldest lines while they fill much of the memory, and drops those that it has no room for. */
  #makeRoom(): void {
    const { records } = this.#ledger;
    const { memoryBytes } = this.#options;
    const file = this.#spilling?.file;
    while (file && records.memory > memoryBytes * SPILL_SHARE && records.oldestWaiting && file.hasRoom) {
      const record = records.oldestWaiting;
      records.delete(record);
      file.add(record);
    }
    while (records.memory > memoryBytes) {
      const record = records.oldestWaiting;
      if (!record) return;
      this.#ledger.drop(record, "full");
      const advice = "the oldest are dropped; see the other warnings, or raise memoryBytes";
      this.#warnings.warn("full", `memory for ${this.#service.name} is full of lines: ${advice}`, record.lines);
    }
  }

  /**
   * Writes what is left in memory to the spill file, or drops it, synchronously: nothing else can be done while a process ends.
   *
   * @returns whether nothing was dropped
   */
  #keepRest(): boolean {
    this.#sealAll();
    const rest = [...(this.#spilling?.file.takeWaiting() ?? []), ...this.#ledger.records];
    const reason = this.#writeRest(rest);
    for (const record of rest) {
      if (reason === undefined) this.#ledger.spilled(record);
      else this.#ledger.drop(record, "exit");
    }
    if (reason === undefined || rest.length === 0) return true;
    const lines = rest.reduce((sum, record) => sum + record.lines, 0);
    this.#warnings.warn("exit", `${lines} lines for ${this.#service.name} are lost: ${reason}`, lines);
    return false;
  }

  /** @returns why the spill file does not have all records; undefined if it has */
  #writeRest(rest: readonly PendingRecord[]): string | undefined {
    const file = this.#spilling?.file;
    if (!file) {
      return this.#isLate
        ? "they were not sent in the time to flush; raise flushSeconds, or set spill"
        : "await close() before the process ends, or set spill";
    }
    try {
      file.writeNow(rest);
      return undefined;
    } catch (error) {
      return `cannot write ${file.path}: ${shortText(error)}`;
    }
  }

  #lose(reason: "closed" | "internal", message: string): void {
    this.#ledger.dropped[reason]++;
    this.#warnings.warn(reason, message);
  }

  #tellChanged({ isCut, unsayable }: WrittenLine): void {
    const { counts } = this.#ledger;
    counts.unsayable += unsayable;
    if (isCut) counts.cut++;
    const cut = `a line was longer than ${MAX_LOG_LINE_BYTES} bytes, or had too many members, and was cut`;
    if (isCut) this.#warnings.warn("cut", cut);
    if (unsayable === 0) return;
    const text = "a value was logged that JSON cannot say: it throws, contains itself, or is too deep";
    this.#warnings.warn("unsayable", text, unsayable);
  }
}
