import { type EventMetric, MAX_VALUE_SETS, parseMetrics } from "../../core/settings/event-metrics";
import { parseLogGroups } from "../../core/settings/log-groups";
import type { DeployedFunction, Deployment } from "../plan/deployment";
import { forwardersOf } from "./traffic";
import type { Workload } from "./workload";

/**
 * How many metrics of CloudWatch the metrics of events are: one for each set of their dimensions' values (docs/metrics.md, "Dimensions
 * cost"). Log groups of one namespace whose metrics have the same name share them.
 *
 * @param workload says how many values a dimension has that names none
 */
export function eventMetricsOf(deployment: Deployment, { dimensionValues }: Workload): number {
  const sets = new Map<string, number>();
  for (const forwarder of forwardersOf(deployment)) {
    for (const metric of metricsOf(forwarder)) {
      const name = `${forwarder.variables.METRICS_NAMESPACE}/${metric.name}`;
      sets.set(name, Math.max(sets.get(name) ?? 0, setsOf(metric, dimensionValues)));
    }
  }
  return [...sets.values()].reduce((sum, each) => sum + each, 0);
}

function metricsOf({ variables: { METRICS = "{}", LOG_GROUPS = "[]" } }: DeployedFunction): readonly EventMetric[] {
  const exceptions = parseLogGroups(LOG_GROUPS || "[]").exceptions ?? [];
  return [
    ...(parseMetrics(METRICS || "{}").metrics ?? []),
    ...exceptions.flatMap(({ variables }) => variables.METRICS ?? []),
  ];
}

/** A dimension has one value more for all that it does not name; one that names none has a limit for the whole metric. */
function setsOf({ dimensions }: EventMetric, dimensionValues: number): number {
  const sets = dimensions.reduce((product, { values }) => product * ((values?.length ?? dimensionValues) + 1), 1);
  return Math.min(sets, MAX_VALUE_SETS + 1);
}
