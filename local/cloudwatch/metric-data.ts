import type { MetricDatum, Statistic } from "@aws-sdk/client-cloudwatch";

/** Dimensions by name. */
export type MetricDimensions = Readonly<Record<string, string>>;

interface Value {
  readonly time: number;
  readonly value: number;
  readonly count: number;
}

interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: MetricDimensions;
  readonly values: Value[];
}

/** Which metrics. */
export interface MetricSelection {
  readonly namespace: string;
  readonly name: string;
  /** Names of all dimensions. */
  readonly dimensions: readonly string[];
  /** Those that a metric has to have, by name; the others have any value. */
  readonly where: MetricDimensions;
}

const STATISTICS: Partial<Record<Statistic, (values: readonly Value[]) => number>> = {
  Sum: (values) => values.reduce((sum, { value, count }) => sum + value * count, 0),
  Maximum: (values) => Math.max(...values.map(({ value }) => value)),
  Minimum: (values) => Math.min(...values.map(({ value }) => value)),
  Average: (values) => STATISTICS.Sum!(values) / values.reduce((sum, { count }) => sum + count, 0),
};

/** The values of metrics, and their statistics over time. */
export class MetricData {
  readonly #metrics: Metric[] = [];

  /** @param datum with its time; without, it is ignored */
  put(namespace: string, { MetricName, Dimensions = [], Timestamp, Value: one, Values, Counts }: MetricDatum): void {
    if (Timestamp === undefined || MetricName === undefined) return;
    const dimensions = Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name!, Value!]));
    const values = Values ?? (one === undefined ? [] : [one]);
    const { values: all } = this.#metricOf(namespace, MetricName, dimensions);
    all.push(...values.map((value, n) => ({ time: Timestamp.getTime(), value, count: Counts?.[n] ?? 1 })));
  }

  /**
   * Returns a statistic of all values from `start` until `end`, without `end`; undefined if there are none.
   *
   * @param start in milliseconds since the epoch, as `end`
   * @throws Error for a statistic that is not supported
   */
  statistic(selection: MetricSelection, statistic: Statistic, start: number, end: number): number | undefined {
    const compute = STATISTICS[statistic];
    if (!compute) throw new Error(`the statistic ${statistic} is not supported`);
    const values = this.#metrics
      .filter((metric) => isSelected(metric, selection))
      .flatMap((metric) => metric.values.filter(({ time }) => time >= start && time < end));
    return values.length === 0 ? undefined : compute(values);
  }

  #metricOf(namespace: string, name: string, dimensions: MetricDimensions): Metric {
    const selection = { namespace, name, dimensions: Object.keys(dimensions), where: dimensions };
    const known = this.#metrics.find((metric) => isSelected(metric, selection));
    if (known) return known;
    const added: Metric = { namespace, name, dimensions, values: [] };
    this.#metrics.push(added);
    return added;
  }
}

/** A metric is another one as soon as a dimension differs (Amazon CloudWatch User Guide, "Metrics concepts"). */
function isSelected({ namespace, name, dimensions }: Metric, wanted: MetricSelection): boolean {
  const names = Object.keys(dimensions);
  return (
    namespace === wanted.namespace &&
    name === wanted.name &&
    names.length === wanted.dimensions.length &&
    wanted.dimensions.every((dimension) => names.includes(dimension)) &&
    Object.entries(wanted.where).every(([dimension, value]) => dimensions[dimension] === value)
  );
}
