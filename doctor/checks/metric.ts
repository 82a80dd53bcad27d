import { GetMetricStatisticsCommand, type Statistic } from "@aws-sdk/client-cloudwatch";
import type { DoctorContext } from "../context";

/** A metric of the time until now. */
interface AskedMetric {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: Extract<Statistic, "Sum" | "Maximum">;
  readonly minutes: number;
}

/** @returns undefined: it has no values */
export async function metricOf({ clients, nowMs }: DoctorContext, asked: AskedMetric): Promise<number | undefined> {
  const { Datapoints = [] } = await clients.cloudwatch.send(
    new GetMetricStatisticsCommand({
      Namespace: asked.namespace,
      MetricName: asked.metric,
      Dimensions: Object.entries(asked.dimensions).map(([Name, Value]) => ({ Name, Value })),
      StartTime: new Date(nowMs - asked.minutes * 60_000),
      EndTime: new Date(nowMs),
      Period: periodOf(asked.minutes),
      Statistics: [asked.statistic],
    }),
  );
  const values = Datapoints.map((point) => point[asked.statistic] ?? 0);
  if (values.length === 0) return undefined;
  return asked.statistic === "Sum" ? values.reduce((sum, value) => sum + value, 0) : Math.max(...values);
}

/**
 * Returns the length of a value's time in seconds, of which there are at most 1,440: CloudWatch API Reference, "GetMetricStatistics".
 * Values of older times are of longer periods.
 */
function periodOf(minutes: number): number {
  if (minutes <= 1_440) return 60;
  return minutes <= 5 * 1_440 ? 300 : 3_600 * Math.ceil(minutes / 60 / 1_440);
}
