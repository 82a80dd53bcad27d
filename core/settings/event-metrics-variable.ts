import { type EventMetric, METRICS_ALLOWED, parseMetrics } from "./event-metrics";
import type { Variable } from "./variable";

/** The variable `METRICS` of the forwarder, which a log group may have of its own. */
export const METRICS_VARIABLE = {
  meaning: "Metrics that count events, as docs/metrics.md describes.",
  allowed: METRICS_ALLOWED,
  default: "{}",
  parse: (value: string) => parseMetrics(value).metrics,
  mistakesIn: (value: string, path: string) => parseMetrics(value, path).errors,
} satisfies Variable<readonly EventMetric[]>;
