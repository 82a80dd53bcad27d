import type { Deployment } from "../plan/deployment";

/** An element of `--metric-data-queries` of `aws cloudwatch get-metric-data`. */
export interface MetricQuery {
  readonly Id: string;
  readonly MetricStat: {
    readonly Metric: {
      readonly Namespace: string;
      readonly MetricName: string;
      readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
    };
    readonly Period: number;
    readonly Stat: "Sum";
  };
}

/** What a query counts. */
export type Counted = "logBytes" | "streamBytes" | "streamRecords" | "invocations" | "functionMilliseconds";

const DAY_SECONDS = 86_400;
/** GetMetricData takes no more (CloudWatch API Reference, GetMetricData). */
export const MAX_QUERIES = 500;

const COUNTED: Readonly<
  Record<Counted, readonly [prefix: string, namespace: string, metric: string, dimension: string]>
> = {
  logBytes: ["group", "AWS/Logs", "IncomingBytes", "LogGroupName"],
  streamBytes: ["stream_bytes", "AWS/Kinesis", "IncomingBytes", "StreamName"],
  streamRecords: ["stream_records", "AWS/Kinesis", "IncomingRecords", "StreamName"],
  invocations: ["invocations", "AWS/Lambda", "Invocations", "FunctionName"],
  functionMilliseconds: ["duration", "AWS/Lambda", "Duration", "FunctionName"],
};

/** The queries for a deployment, by day: what its log groups, streams and forwarders count. */
export function metricQueries({ subscribedLogGroups, streams, functions }: Deployment): MetricQuery[] {
  const forwarders = functions.filter(({ kind }) => kind === "forwarder").map(({ name }) => name);
  const streamNames = streams.map(({ name }) => name);
  return [
    ...queriesOf("logBytes", subscribedLogGroups),
    ...queriesOf("streamBytes", streamNames),
    ...queriesOf("streamRecords", streamNames),
    ...queriesOf("invocations", forwarders),
    ...queriesOf("functionMilliseconds", forwarders),
  ];
}

function queriesOf(counted: Counted, names: readonly string[]): MetricQuery[] {
  const [prefix, Namespace, MetricName, dimension] = COUNTED[counted];
  return names.map((Value, index) => ({
    Id: `${prefix}_${index}`,
    MetricStat: {
      Metric: { Namespace, MetricName, Dimensions: [{ Name: dimension, Value }] },
      Period: DAY_SECONDS,
      Stat: "Sum",
    },
  }));
}

/** What the query of an id counts. */
export const countedBy = (id: string): Counted | undefined =>
  (Object.keys(COUNTED) as Counted[]).find((counted) => id.replace(/_\d+$/, "") === COUNTED[counted][0]);
