import { HOUR_MS } from "../../core/events/durations";
import type { Deployment } from "../plan/deployment";
import { type CountedMetric, countedMetrics } from "./counted";
import { hourText, labelText, metricName } from "./label";

/** What `aws cloudwatch get-metric-data --cli-input-json` takes. */
export interface MetricDataInput {
  readonly StartTime: string;
  readonly EndTime: string;
  readonly MetricDataQueries: readonly {
    readonly Id: string;
    readonly Label: string;
    readonly MetricStat: {
      readonly Metric: {
        readonly Namespace: string;
        readonly MetricName: string;
        readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
      };
      readonly Period: number;
      readonly Stat: CountedMetric["stat"];
    };
  }[];
}

const PERIOD_SECONDS = 3_600;
/** GetMetricData takes no more (CloudWatch API Reference, GetMetricData). */
export const MAX_QUERIES = 500;
/** A week: days of all kinds. */
export const DEFAULT_METRIC_HOURS = 168;
/** CloudWatch keeps values of an hour for 455 days (CloudWatch User Guide, Metrics retention). */
export const MAX_METRIC_HOURS = 455 * 24;

/** The queries for a deployment, hour by hour. @param now in milliseconds since the epoch: the hour that has begun is left out */
export function metricDataInput(deployment: Deployment, hours: number, now: number): MetricDataInput {
  const end = Math.floor(now / HOUR_MS) * HOUR_MS;
  const start = end - hours * HOUR_MS;
  const asked = { region: deployment.region ?? "-", from: hourText(start), to: hourText(end) };
  return {
    StartTime: new Date(start).toISOString(),
    EndTime: new Date(end).toISOString(),
    MetricDataQueries: countedMetrics(deployment).map((counted) => ({
      Id: counted.id,
      Label: labelText({ ...asked, metric: metricName(counted) }),
      MetricStat: {
        Metric: {
          ...{ Namespace: counted.namespace, MetricName: counted.metric },
          Dimensions: counted.dimension ? [{ Name: counted.dimension[0], Value: counted.dimension[1] }] : [],
        },
        Period: PERIOD_SECONDS,
        Stat: counted.stat,
      },
    })),
  };
}
