import type { DeliveryRecord } from "./record";

/** Where a source leaves the records that it reads, each at least once. */
export interface Intake {
  accept(record: DeliveryRecord): void;
  /** Resolves when there is room for further records, or `signal` is aborted. */
  hasRoom(): Promise<void>;
  /** Called with a line when the source cannot be read. */
  onProblem(problem: string): void;
  /** The source is read until it is aborted. */
  readonly signal: AbortSignal;
}
