import { memoryOf, type PendingRecord } from "./pending-record";

/** The records that are neither delivered nor dropped, oldest first. */
export class RecordSet {
  readonly #records = new Set<PendingRecord>();
  #memory = 0;
  #waitingBytes = 0;
  #waiting = 0;
  #lines = 0;
  #bytes = 0;

  /** Bytes that all of them take, about. */
  get memory(): number {
    return this.#memory;
  }

  /** Bytes of those that are in no call. */
  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  /** Number of those that are in no call. */
  get waiting(): number {
    return this.#waiting;
  }

  get lines(): number {
    return this.#lines;
  }

  /** Bytes of the lines. */
  get bytes(): number {
    return this.#bytes;
  }

  get oldest(): PendingRecord | undefined {
    return this.#records.values().next().value;
  }

  /** The oldest one that is in no call. */
  get oldestWaiting(): PendingRecord | undefined {
    for (const record of this.#records) if (!record.isInFlight) return record;
    return undefined;
  }

  add(record: PendingRecord): void {
    this.#records.add(record);
    this.#memory += memoryOf(record);
    this.#lines += record.lines;
    this.#bytes += record.data.length;
    this.#count(record, 1);
  }

  delete(record: PendingRecord): void {
    if (!this.#records.delete(record)) return;
    this.#memory -= memoryOf(record);
    this.#lines -= record.lines;
    this.#bytes -= record.data.length;
    if (!record.isInFlight) this.#count(record, -1);
  }

  /** Notes what a record has become as gzip. */
  setPacked(record: PendingRecord, packed: Buffer): void {
    record.packed = packed;
    if (this.#records.has(record)) this.#memory += packed.length;
  }

  setInFlight(record: PendingRecord, isInFlight: boolean): void {
    if (record.isInFlight === isInFlight) return;
    record.isInFlight = isInFlight;
    if (this.#records.has(record)) this.#count(record, isInFlight ? -1 : 1);
  }

  /**
   * Chooses records for a call: the oldest that wait.
   *
   * @param overhead bytes that a call has for each record beside its data
   */
  batch(maxRecords: number, maxBytes: number, overhead: number): PendingRecord[] {
    const batch: PendingRecord[] = [];
    let bytes = 0;
    for (const record of this.#records) {
      if (record.isInFlight) continue;
      if (record.isAlone && batch.length > 0) continue;
      bytes += (record.packed ?? record.data).length + overhead;
      if (batch.length > 0 && bytes > maxBytes) break;
      batch.push(record);
      if (record.isAlone || batch.length === maxRecords) break;
    }
    return batch;
  }

  [Symbol.iterator](): Iterator<PendingRecord> {
    return this.#records.values();
  }

  #count(record: PendingRecord, sign: 1 | -1): void {
    this.#waiting += sign;
    this.#waitingBytes += sign * record.data.length;
  }
}
