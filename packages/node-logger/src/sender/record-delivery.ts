import { backoffMs } from "../../../../core/retry/backoff";
import { failureOf, failureRuleOf } from "../services/failures";
import type { RecordService, ServiceFailure } from "../services/record-service";
import type { GzipPacker } from "./gzip-packer";
import type { LineLedger } from "./line-ledger";
import type { PendingRecord } from "./pending-record";
import type { CompleteSenderOptions } from "./sender-options";
import type { Warnings } from "./warnings";
import { withinTime } from "./within-time";

/** What a call has for each record beside its data, in bytes, at most: Kinesis counts a key of 16. */
export const RECORD_OVERHEAD = 32;

type Failures = readonly (ServiceFailure | undefined)[];

/** What a delivery works on. */
interface DeliveryParts {
  service: RecordService;
  options: CompleteSenderOptions;
  ledger: LineLedger;
  warnings: Warnings;
  gzip: GzipPacker | undefined;
  /** Called when all records are settled, maybe several times. */
  onIdle: () => void;
}

/** Puts records in calls, a few at a time, until each is taken or dropped; what a service has not taken it puts again. */
export class RecordDelivery {
  readonly #parts: DeliveryParts;
  #abort = new AbortController();
  #isEnded = false;
  #inFlight = 0;
  /** Calls in succession of which the service has taken nothing. */
  #failures = 0;
  #isDue = false;
  #isScheduled = false;
  #pauseTimer: NodeJS.Timeout | undefined;

  constructor(parts: DeliveryParts) {
    this.#parts = parts;
  }

  /** Sends all records that wait, soon: a call takes longer to prepare than a line may take. */
  sendSoon(): void {
    this.#isDue = true;
    if (this.#isScheduled || !this.#canSend()) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#pump();
    });
  }

  /** Sends all records that wait now, even if the service was asked to rest. */
  sendNow(): void {
    this.#isDue = true;
    clearTimeout(this.#pauseTimer);
    this.#pauseTimer = undefined;
    this.#pump();
  }

  /** Ends calls that are not answered; whoever calls it has settled their records. */
  abortCalls(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
  }

  /** Begins no call any more. */
  end(): void {
    this.#isEnded = true;
    clearTimeout(this.#pauseTimer);
    this.abortCalls();
  }

  #canSend(): boolean {
    const { concurrency } = this.#parts.options;
    return this.#pauseTimer === undefined && this.#inFlight < concurrency && !this.#isEnded;
  }

  #pump(): void {
    const { service, ledger, onIdle } = this.#parts;
    while (this.#isDue && this.#canSend()) {
      const { records, callBytes } = service.limits;
      const batch = ledger.records.batch(records, callBytes, RECORD_OVERHEAD);
      this.#isDue = batch.length > 0;
      for (const record of batch) ledger.records.setInFlight(record, true);
      if (batch.length > 0) void this.#send(batch);
    }
    if (!ledger.records.oldest) onIdle();
  }

  async #send(batch: readonly PendingRecord[]): Promise<void> {
    const { ledger } = this.#parts;
    this.#inFlight++;
    ledger.counts.calls++;
    const failures = await this.#put(batch);
    this.#inFlight--;
    batch.forEach((record, i) => {
      const failure = failures[i];
      ledger.records.setInFlight(record, false);
      // At the end of the process, records in calls are settled, too.
      if (record.isSettled) return;
      if (failure) this.#notTaken(record, failure, batch.length);
      else ledger.delivered(record);
    });
    const failed = failures.filter((failure) => failure !== undefined).length;
    if (failed === 0) this.#failures = 0;
    else this.#pause(failed < batch.length);
    this.#pump();
  }

  /** Puts records once. */
  async #put(batch: readonly PendingRecord[]): Promise<Failures> {
    const { service, options } = this.#parts;
    try {
      const data = await Promise.all(batch.map((record) => this.#payload(record)));
      const milliseconds = options.requestSeconds * 1000;
      return await withinTime(milliseconds, this.#abort.signal, (signal) => service.put(data, signal));
    } catch (thrown) {
      const failure = failureOf(thrown);
      const isSent = failureRuleOf(failure).kind === "network" || (failure.status ?? 0) >= 500;
      if (isSent) for (const record of batch) record.isUncertain = true;
      return batch.map(() => failure);
    }
  }

  #notTaken(record: PendingRecord, failure: ServiceFailure, batchSize: number): void {
    const { service, ledger, warnings } = this.#parts;
    const { kind, outcome, advice } = failureRuleOf(failure);
    const isRefused = outcome === "alone" && batchSize === 1;
    const after = isRefused ? "its lines are dropped" : "lines are kept while there is room, and sent again";
    const message = `${service.name}: ${failure.code}: ${failure.message || "no message"}; ${after}; ${advice}`;
    warnings.warn(kind, message, record.lines);
    if (kind === "throttled") ledger.counts.throttledRecords++;
    if (isRefused) {
      ledger.drop(record, "refused");
    } else {
      record.isAlone = outcome !== "retry";
      ledger.counts.resentRecords++;
    }
  }

  async #payload(record: PendingRecord): Promise<Buffer> {
    const { gzip, ledger } = this.#parts;
    if (!gzip) return record.data;
    if (!record.packed) ledger.records.setPacked(record, await gzip.pack(record.data));
    return record.packed ?? record.data;
  }

  /** @param isPartly whether the service has taken some records of the call */
  #pause(isPartly: boolean): void {
    this.#failures = isPartly ? 1 : this.#failures + 1;
    this.#isDue = true;
    if (this.#pauseTimer !== undefined) return;
    const milliseconds = backoffMs(this.#failures - 1, Math.random());
    this.#pauseTimer = setTimeout(() => this.sendNow(), milliseconds);
    this.#pauseTimer.unref();
  }
}
