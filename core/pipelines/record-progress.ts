import type { KinesisRecord } from "../sources/kinesis/record";
import { BatchProgress, EventProgress } from "./batch-progress";

/** What the archive keeps of a record with events, and under which log group. */
export interface ArchiveMember {
  readonly logGroup: string;
  /** Gzip members that inflate to one line. */
  readonly member: Buffer;
}

/** What becomes of one Kinesis record on its way to one sink. As long as it is not read, it is not settled. */
export class RecordProgress extends EventProgress {
  #isRead = false;
  #archiveMember: ArchiveMember | undefined;
  #deadLetterReason: string | undefined;

  constructor(readonly record: KinesisRecord) {
    super(0);
  }

  /** The record is read, and holds `events`. */
  read(events: number, archiveMember: ArchiveMember): void {
    this.#isRead = true;
    this.setPending(events);
    this.#archiveMember = archiveMember;
  }

  /** The record is read, and holds nothing to deliver. */
  acknowledge(): void {
    this.#isRead = true;
  }

  /** The record cannot be decoded. */
  deadLetter(reason: string): void {
    this.#isRead = true;
    this.#deadLetterReason = reason;
  }

  override get isSettled(): boolean {
    return this.#isRead && super.isSettled;
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

export type KinesisProgress = BatchProgress<RecordProgress>;

/** The progress of a batch of which nothing is read yet. */
export function kinesisProgress(records: readonly KinesisRecord[]): KinesisProgress {
  return new BatchProgress(records.map((record) => new RecordProgress(record)));
}
