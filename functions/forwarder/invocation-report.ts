/** What each invocation reports, by name: the unit in CloudWatch, and the meaning. The table in docs is written from these. */
export const METRICS = {
  Records: ["Count", "records in the batch"],
  Events: ["Count", "events in them, as far as they were read"],
  ReceivedBytes: ["Bytes", "the records' data, before it is inflated"],
  BulkRequests: ["Count", "`_bulk` requests, repeated ones included"],
  SentBytes: ["Bytes", "their bodies"],
  AlreadyPresentEvents: ["Count", "events that an earlier try had indexed"],
  ConflictingEvents: ["Count", "events that the index refused and that were sent again as text"],
  RejectedEvents: [
    "Count",
    "events that the index refused as text too: in `rejected/`, if their record was acknowledged",
  ],
  RetriedEvents: ["Count", "events that failed for a passing reason, counted once for each failure"],
  DeadLetteredRecords: ["Count", "acknowledged records that cannot be read: in `dead-letter/`"],
  GivenBackRecords: ["Count", "records that Lambda hands over again"],
  ArchivedBytes: ["Bytes", "objects put into the archive bucket"],
  IteratorAge: ["Milliseconds", "age of the batch's last record at the beginning"],
  DecodeDuration: ["Milliseconds", "reading records, writing and packing documents"],
  DeliveryDuration: ["Milliseconds", "until all was delivered or the time was over; it includes DecodeDuration"],
  ArchiveDuration: ["Milliseconds", "writing the archive"],
  Duration: ["Milliseconds", "the whole invocation"],
} as const satisfies Record<string, readonly ["Count" | "Bytes" | "Milliseconds", string]>;

export type Metric = keyof typeof METRICS;

const DEFINITIONS = Object.entries(METRICS).map(([Name, [Unit]]) => ({ Name, Unit }));

/** So that the line stays short, whatever an engine says. */
const MAX_FAILURES = 20;

/** Counts what one invocation does. */
export class InvocationReport {
  readonly values = Object.fromEntries(Object.keys(METRICS).map((name) => [name, 0])) as Record<Metric, number>;
  private readonly failures: Record<string, number> = {};
  private error: string | undefined;

  /** @param now milliseconds from any beginning */
  constructor(private readonly now: () => number) {}

  add(metric: Metric, value = 1): void {
    this.values[metric] += value;
  }

  /** Adds the time that `work` takes to `metric`. */
  async timed<T>(metric: Metric, work: () => Promise<T>): Promise<T> {
    const start = this.now();
    try {
      return await work();
    } finally {
      this.add(metric, this.now() - start);
    }
  }

  /** Passes `items` on, and adds the time that making them takes to `metric`. */
  *timedItems<T>(metric: Metric, items: Iterator<T>): Generator<T> {
    for (;;) {
      const start = this.now();
      const next = items.next();
      this.add(metric, this.now() - start);
      if (next.done) return;
      yield next.value;
    }
  }

  /** @param where `search` or `archive` */
  failed(where: string, reason: string): void {
    const failure = `${where}: ${reason}`;
    const isNew = !(failure in this.failures) && Object.keys(this.failures).length >= MAX_FAILURES;
    const key = isNew ? "others" : failure;
    this.failures[key] = (this.failures[key] ?? 0) + 1;
  }

  /** The invocation ends with `error`. */
  endedBy(error: unknown): void {
    this.error = String(error);
  }

  /**
   * The invocation's one line: CloudWatch makes metrics of it, without dimensions, so that their number (and price) does not grow
   * with the log groups.
   *
   * Source: Amazon CloudWatch User Guide "Specification: Embedded metric format".
   *
   * @param namespace of the metrics; "": none are made
   * @param timestamp in milliseconds since the epoch
   */
  line(namespace: string, timestamp: number): Record<string, unknown> {
    const directive = { Namespace: namespace, Dimensions: [[]], Metrics: DEFINITIONS };
    return {
      ...(namespace && { _aws: { Timestamp: timestamp, CloudWatchMetrics: [directive] } }),
      ...this.values,
      ...(Object.keys(this.failures).length > 0 && { failures: this.failures }),
      ...(this.error !== undefined && { error: this.error }),
    };
  }
}
