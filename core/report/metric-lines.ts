import type { MetricTally } from "../rules/metrics/metric-tally";
import type { EventMetric } from "../settings/event-metrics";

/** Maximum number of values of a metric in a line. Source: Amazon CloudWatch User Guide "Specification: Embedded metric format". */
const MAX_VALUES = 100;

/**
 * Returns the lines from which CloudWatch extracts what metrics have counted: one for each set of dimensions' values, and of numbers
 * one for each 100.
 *
 * Source: Amazon CloudWatch User Guide "Specification: Embedded metric format".
 *
 * @param timestamp in milliseconds since the epoch
 */
export function* metricLines(
  { name, value, unit, dimensions }: EventMetric,
  tally: MetricTally,
  namespace: string,
  timestamp: number,
): Generator<Record<string, unknown>> {
  const names = dimensions.map((one) => one.name);
  const directive = { Namespace: namespace, Dimensions: [names], Metrics: [{ Name: name, Unit: unit }] };
  const _aws = { Timestamp: timestamp, CloudWatchMetrics: [directive] };
  for (const { values, count, numbers } of tally.series) {
    const members = Object.fromEntries(names.map((one, i) => [one, values[i]]));
    if (value === undefined) yield { _aws, ...members, [name]: count };
    for (let i = 0; i < numbers.length; i += MAX_VALUES) {
      yield { _aws, ...members, [name]: numbers.slice(i, i + MAX_VALUES) };
    }
  }
}
