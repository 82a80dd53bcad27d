import { METRICS as OWN_METRICS } from "../metrics/forwarder";
import type { EventMetric } from "./event-metrics";
import type { LogGroupException } from "./log-groups";

interface MetricVariables {
  METRICS: readonly EventMetric[];
  METRICS_NAMESPACE: string;
  LOG_GROUPS: readonly LogGroupException[];
}

/**
 * Returns what is wrong with metrics beside other variables: without a namespace they would be none, and in it are the function's own.
 *
 * @param values those that are allowed by themselves
 */
export function eventMetricErrors(values: Partial<MetricVariables>): string[] {
  const { METRICS = [], METRICS_NAMESPACE, LOG_GROUPS = [] } = values;
  const all = [METRICS, ...LOG_GROUPS.map(({ variables }) => variables.METRICS ?? [])].flat();
  const own = [...new Set(all.map(({ name }) => name))].filter((name) => Object.hasOwn(OWN_METRICS, name));
  return [
    ...(METRICS_NAMESPACE === "" && all.length > 0
      ? ["METRICS_NAMESPACE is not set. Allowed beside METRICS: any namespace but nothing."]
      : []),
    ...own.map((name) => `METRICS has ${JSON.stringify(name)}. Allowed: any metric but the function's own.`),
  ];
}
