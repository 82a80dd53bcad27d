/** Lines that are sent together, until they are delivered, dropped or in the spill file. */
export interface PendingRecord {
  /** The lines, each with its line feed. */
  readonly data: Buffer;
  /** The same as gzip, once it is made. */
  packed?: Buffer;
  readonly lines: number;
  /** When its first line was logged, by the monotonic clock in milliseconds. */
  readonly since: number;
  /** Rises from record to record. */
  readonly sequence: number;
  /** Where its lines were read again. */
  readonly source?: RecordSource | undefined;
  isInFlight: boolean;
  /** Whether it is sent in a call of its own. */
  isAlone: boolean;
  /** Whether a call that had it was not answered: the service may have it. */
  isUncertain: boolean;
  /** Whether it is delivered, dropped or spilled. */
  isSettled: boolean;
}

/** A file that may be deleted once all of its lines are settled. */
export interface RecordSource {
  settle(lines: number): void;
}

/** What the objects of a record take besides its bytes, about. */
const OVERHEAD_BYTES = 300;

/** What a record takes in memory, about. */
export function memoryOf({ data, packed }: PendingRecord): number {
  return data.length + (packed?.length ?? 0) + OVERHEAD_BYTES;
}
