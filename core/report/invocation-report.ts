import { PipelineError } from "../errors";
import type { MetricDefinition } from "../metrics/metric-definition";

/** Maximum number of failures, and of warnings, that the line names, so that it stays short whatever happens. */
const MAX_FAILURES = 20;

/** Counts what one invocation of a function does. */
export class InvocationReport<Metric extends string> {
  readonly #metrics: Readonly<Record<Metric, MetricDefinition>>;
  readonly #monotonicMs: () => number;
  readonly #values: Map<string, number>;
  readonly #failures: Record<string, number> = {};
  readonly #warnings: string[] = [];
  #error: { error: string; errorCode?: string } | undefined;

  /**
   * @param metrics all that the function reports
   * @param monotonicMs milliseconds of a monotonic clock
   */
  constructor(metrics: Readonly<Record<Metric, MetricDefinition>>, monotonicMs: () => number) {
    this.#metrics = metrics;
    this.#monotonicMs = monotonicMs;
    this.#values = new Map(Object.keys(metrics).map((name) => [name, 0]));
  }

  add(metric: Metric, value = 1): void {
    this.#values.set(metric, this.#values.get(metric)! + value);
  }

  /** Adds the time that `work` takes to `metric`. */
  async timed<T>(metric: Metric, work: () => Promise<T>): Promise<T> {
    const start = this.#monotonicMs();
    try {
      return await work();
    } finally {
      this.add(metric, this.#monotonicMs() - start);
    }
  }

  /** Counts a failure by its reason. @param where `search`, `stream`, `archive` or `record` */
  failed(where: string, reason: string): void {
    const failure = `${where}: ${reason}`;
    const isNamed = failure in this.#failures || Object.keys(this.#failures).length < MAX_FAILURES;
    const key = isNamed ? failure : "others";
    this.#failures[key] = (this.#failures[key] ?? 0) + 1;
  }

  /** Adds what somebody should look at, though the invocation goes on. */
  warned(text: string): void {
    if (this.#warnings.length < MAX_FAILURES && !this.#warnings.includes(text)) this.#warnings.push(text);
  }

  /** Adds the error that the invocation fails with. */
  failedWith(error: unknown): void {
    this.#error = { error: String(error), ...(error instanceof PipelineError && { errorCode: error.code }) };
  }

  /**
   * Returns the one line that an invocation logs. CloudWatch extracts metrics from it, without dimensions, so that their number and
   * price do not grow with the number of log groups.
   *
   * Source: Amazon CloudWatch User Guide "Specification: Embedded metric format".
   *
   * @param namespace of the metrics; "": CloudWatch extracts none
   * @param timestamp in milliseconds since the epoch
   */
  line(namespace: string, timestamp: number): Record<string, unknown> {
    return {
      ...(namespace && { _aws: { Timestamp: timestamp, CloudWatchMetrics: [this.#directive(namespace)] } }),
      ...Object.fromEntries([...this.#values].map(([name, value]) => [name, Math.round(value)])),
      ...(Object.keys(this.#failures).length > 0 && { failures: this.#failures }),
      ...(this.#warnings.length > 0 && { warnings: this.#warnings }),
      ...this.#error,
    };
  }

  #directive(namespace: string) {
    const definitions = Object.entries<MetricDefinition>(this.#metrics).map(([Name, { unit }]) => ({
      Name,
      Unit: unit,
    }));
    return { Namespace: namespace, Dimensions: [[]], Metrics: definitions };
  }
}
