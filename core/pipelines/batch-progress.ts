import type { DeliveryProgress, EventPlace, EventRun, Rejection } from "../sinks/sink";

/**
 * What becomes of the events of one record, of whatever source, on their way to one sink.
 *
 * A sink that reports more events than are pending would settle a record that it has not delivered, so the report throws:
 * the batch fails, and nothing of it is acknowledged.
 */
export class EventProgress {
  #pending: number;
  #rejections: Rejection[] = [];

  /** @param events that the record holds */
  constructor(events: number) {
    this.#pending = events;
  }

  delivered(events: number): void {
    this.#settle(events);
  }

  rejected(rejection: Rejection): void {
    this.#settle(1);
    this.#rejections.push(rejection);
  }

  #settle(events: number): void {
    if (events > this.#pending)
      throw new Error(`a sink reports ${events} events of a record that has ${this.#pending} pending`);
    this.#pending -= events;
  }

  /** For a source whose records are read during the delivery. */
  protected setPending(events: number): void {
    this.#pending = events;
  }

  /** Events that are neither delivered nor rejected. */
  get pending(): number {
    return this.#pending;
  }

  /** Whether each of its events is delivered or rejected. */
  get isSettled(): boolean {
    return this.#pending === 0;
  }

  get rejections(): readonly Rejection[] {
    return this.#rejections;
  }
}

/** Characters of rejections that a batch keeps whole; of further ones it keeps the kind, such as `400 mapper_parsing_exception`. */
const MAX_REJECTIONS_LENGTH = 4 * 1024 * 1024;

/** Rejected events of a batch, in memory until they are stored: some 50 bytes each, so that 200,000 take 10 MB. */
const MAX_REJECTIONS = 200_000;

/** What becomes of a batch's records on their way to one sink. */
export class BatchProgress<Progress extends EventProgress> implements DeliveryProgress {
  #rejections = 0;
  #rejectionsLength = 0;
  /** Each once, by itself: a batch has few. */
  readonly #kinds = new Map<string, string>();

  constructor(readonly records: readonly Progress[]) {}

  /** Whether further records may be read: false once so many events are rejected that more would not fit in memory. */
  get hasRoom(): boolean {
    return this.#rejections < MAX_REJECTIONS;
  }

  delivered({ record, count }: EventRun): void {
    this.records[record]!.delivered(count);
  }

  rejected({ record, position }: EventPlace, rejection: string): void {
    this.#rejections++;
    this.records[record]!.rejected({ position, rejection: this.#shortened(rejection) });
  }

  #shortened(rejection: string): string {
    this.#rejectionsLength += rejection.length;
    if (this.#rejectionsLength <= MAX_REJECTIONS_LENGTH) return rejection;
    const kind = rejection.split(": ", 1)[0]!;
    const known = this.#kinds.get(kind) ?? kind;
    this.#kinds.set(known, known);
    return known;
  }

  /** Events that are neither delivered nor rejected. */
  get pending(): number {
    return this.records.reduce((sum, { pending }) => sum + pending, 0);
  }

  /** The records before the first one that is not settled. */
  get settledPrefix(): readonly Progress[] {
    const unsettled = this.records.findIndex((record) => !record.isSettled);
    return unsettled < 0 ? this.records : this.records.slice(0, unsettled);
  }
}
