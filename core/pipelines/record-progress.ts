import type { DeliveryProgress, EventPlace, EventRun } from "../sinks/sink";
import type { KinesisRecord } from "../sources/kinesis/record";

/** An event that the sink rejected for good. */
export interface Rejection {
  /** The event's position in its record. */
  readonly position: number;
  readonly rejection: string;
}

/** What the archive keeps of a record with events, and under which log group. */
export interface ArchiveMember {
  readonly logGroup: string;
  /** Gzip members that inflate to one line. */
  readonly member: Buffer;
}

/** What becomes of one record on its way to one sink. */
export class RecordProgress {
  /** Events that are not settled; as long as it is not read, the record itself. */
  #pending = 1;
  #rejections: Rejection[] = [];
  #archiveMember: ArchiveMember | undefined;
  #deadLetterReason: string | undefined;

  constructor(readonly record: KinesisRecord) {}

  /** The record is read, and holds `events`. */
  read(events: number, archiveMember: ArchiveMember): void {
    this.#pending = events;
    this.#archiveMember = archiveMember;
  }

  /** The record is read, and holds nothing to deliver. */
  acknowledge(): void {
    this.#pending = 0;
  }

  /** The record cannot be decoded. */
  deadLetter(reason: string): void {
    this.#pending = 0;
    this.#deadLetterReason = reason;
  }

  deliver(events: number): void {
    this.#pending -= events;
  }

  reject(rejection: Rejection): void {
    this.#pending--;
    this.#rejections.push(rejection);
  }

  /** Whether each of its events is delivered or rejected, or the whole record is acknowledged or dead-lettered. */
  get isSettled(): boolean {
    return this.#pending === 0;
  }

  get rejections(): readonly Rejection[] {
    return this.#rejections;
  }

  /** Of a record that was read and holds events. */
  get archiveMember(): ArchiveMember | undefined {
    return this.#archiveMember;
  }

  /** Of a record that cannot be decoded. */
  get deadLetterReason(): string | undefined {
    return this.#deadLetterReason;
  }
}

/** What becomes of a batch's records on their way to one sink. */
export class BatchProgress implements DeliveryProgress {
  readonly records: readonly RecordProgress[];

  constructor(records: readonly KinesisRecord[]) {
    this.records = records.map((record) => new RecordProgress(record));
  }

  delivered({ record, count }: EventRun): void {
    this.records[record]!.deliver(count);
  }

  rejected({ record, position }: EventPlace, rejection: string): void {
    this.records[record]!.reject({ position, rejection });
  }

  /** The records before the first one that is not settled. */
  get settledPrefix(): readonly RecordProgress[] {
    const unsettled = this.records.findIndex((record) => !record.isSettled);
    return unsettled < 0 ? this.records : this.records.slice(0, unsettled);
  }
}
