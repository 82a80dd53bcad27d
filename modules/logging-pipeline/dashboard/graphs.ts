import type { METRICS } from "../../../core/metrics/forwarder";
import type { Context } from "../context";
import { metricsNamespace } from "../metrics-namespace";
import { type Graph, type MetricSearch, metric, type Statistic, search } from "./graph";

const FILTER = {
  namespace: "AWS/Logs",
  dimensions: ["DestinationType", "FilterName", "LogGroupName"],
  dimension: "FilterName",
};
const FUNCTION = { namespace: "AWS/Lambda", dimensions: ["FunctionName"], dimension: "FunctionName" };
const STREAM = { namespace: "AWS/Kinesis", dimensions: ["StreamName"], dimension: "StreamName" };

/** From the log groups to the index, in this order. */
export function pipelineGraphs({ inputs }: Context): Graph[] {
  const own = (...names: (keyof typeof METRICS)[]) => names.map((name) => metric(metricsNamespace(inputs), name));
  const each = (what: Omit<MetricSearch, "metric" | "statistic">, statistic: Statistic, ...names: string[]) =>
    names.map((name) => search(inputs.name, { ...what, metric: name, statistic }));
  const sum = { statistic: "Sum", unit: "in 5 minutes" } as const;
  return [
    {
      title: "Events that CloudWatch Logs delivers, by log group",
      ...sum,
      lines: each(FILTER, "Sum", "ForwardedLogEvents"),
    },
    {
      title: "Events that CloudWatch Logs could not deliver, or was throttled for",
      ...sum,
      lines: each(FILTER, "Sum", "DeliveryErrors", "DeliveryThrottling"),
    },
    {
      title: "Writes to the streams, and those that were throttled",
      ...sum,
      lines: each(STREAM, "Sum", "IncomingRecords", "WriteProvisionedThroughputExceeded"),
    },
    { title: "Records and events that the functions read", ...sum, lines: own("Records", "Events") },
    {
      title: "Age of records when they are read",
      statistic: "Maximum",
      unit: "milliseconds",
      lines: [...own("IteratorAge"), ...each(FUNCTION, "Maximum", "IteratorAge")],
    },
    {
      title: "Quarantined, and returned to Lambda",
      ...sum,
      lines: own("RejectedEvents", "DeadLetteredRecords", "UnprocessedRecords"),
    },
    { title: "Function errors and throttles", ...sum, lines: each(FUNCTION, "Sum", "Errors", "Throttles") },
    {
      title: "Events that were sent again, or left out by a rule",
      ...sum,
      lines: own("RetriedEvents", "SentAsTextEvents", "AlreadyIndexedEvents", "DroppedEvents", "SampledOutEvents"),
    },
    {
      title: "Duration of an invocation",
      statistic: "Average",
      unit: "milliseconds",
      lines: own("Duration", "DeliveryDuration", "ArchiveDuration"),
    },
    { title: "Bytes read, sent and archived", ...sum, lines: own("ReceivedBytes", "SentBytes", "ArchivedBytes") },
  ];
}

/** The health of the domain that the pipeline makes. */
export function domainGraphs({ inputs, account }: Context): Graph[] {
  const own = (...names: string[]) =>
    names.map((name) => metric("AWS/ES", name, { DomainName: inputs.name, ClientId: account.id }));
  const maximum = { statistic: "Maximum" } as const;
  return [
    {
      title: "Domain: red, yellow, writes blocked",
      ...{ ...maximum, unit: "1: yes" },
      lines: own("ClusterStatus.red", "ClusterStatus.yellow", "ClusterIndexWritesBlocked"),
    },
    {
      title: "Domain: memory pressure and CPU",
      ...maximum,
      unit: "%",
      lines: own("JVMMemoryPressure", "CPUUtilization"),
    },
    {
      title: "Domain: free storage of the fullest node",
      statistic: "Minimum",
      unit: "MiB",
      lines: own("FreeStorageSpace"),
    },
  ];
}
