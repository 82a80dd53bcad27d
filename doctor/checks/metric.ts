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
      // Up to 1,440 values: all of a day by the minute.
      Period: asked.minutes > 60 ? 3_600 : 60,
      Statistics: [asked.statistic],
    }),
  );
  const values = Datapoints.map((point) => point[asked.statistic] ?? 0);
  if (values.length === 0) return undefined;
  return asked.statistic === "Sum" ? values.reduce((sum, value) => sum + value, 0) : Math.max(...values);
}
