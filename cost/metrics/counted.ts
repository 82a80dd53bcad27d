import type { Deployment } from "../plan/deployment";

/** What a running account counts of a pipeline's use. */
export type Counted =
  | "logBytes"
  | "streamBytes"
  | "streamRecords"
  | "invocations"
  | "functionMilliseconds"
  | "events"
  | "sentBytes"
  | "archivedBytes";

/** A metric of CloudWatch that counts it. */
export interface CountedMetric {
  /** Of its query: letters, digits and "_", from a small letter on (CloudWatch API Reference, MetricDataQuery). */
  readonly id: string;
  readonly counted: Counted;
  readonly namespace: string;
  readonly metric: string;
  /** The forwarder's own have none. */
  readonly dimension?: readonly [name: string, value: string];
  readonly stat: "Sum" | "SampleCount";
}

type Row = readonly [id: string, Counted, metric: string, stat: CountedMetric["stat"]];

const ofServices = (
  names: readonly string[],
  namespace: string,
  dimension: string,
  rows: readonly Row[],
): CountedMetric[] =>
  rows.flatMap(([id, counted, metric, stat]) =>
    names.map((name, index) => ({
      ...{ id: `${id}_${index}`, counted, namespace, metric, stat },
      dimension: [dimension, name] as const,
    })),
  );

/** The forwarder's own, docs/forwarder.md: forwarders of a namespace share them. A retry counts twice. */
const OWN: readonly Row[] = [
  ["own_bytes", "streamBytes", "ReceivedBytes", "Sum"],
  ["own_records", "streamRecords", "Records", "Sum"],
  ["own_invocations", "invocations", "Duration", "SampleCount"],
  ["own_duration", "functionMilliseconds", "Duration", "Sum"],
  ["own_events", "events", "Events", "Sum"],
  ["own_sent", "sentBytes", "SentBytes", "Sum"],
  ["own_archived", "archivedBytes", "ArchivedBytes", "Sum"],
];

/** The metrics of a deployment. Of those that count the same, the services' come first: they are what AWS bills. */
export function countedMetrics({ subscribedLogGroups, streams, functions }: Deployment): CountedMetric[] {
  const forwarders = functions.filter(({ kind }) => kind === "forwarder");
  const namespaces = [...new Set(forwarders.map(({ variables }) => variables.METRICS_NAMESPACE ?? ""))];
  const own = (namespace: string, index: number) =>
    OWN.map(([id, counted, metric, stat]) => ({ id: `${id}_${index}`, counted, namespace, metric, stat }));
  return [
    ...ofServices(subscribedLogGroups, "AWS/Logs", "LogGroupName", [["group", "logBytes", "IncomingBytes", "Sum"]]),
    ...ofServices(
      streams.map(({ name }) => name),
      "AWS/Kinesis",
      "StreamName",
      [
        ["stream_bytes", "streamBytes", "IncomingBytes", "Sum"],
        ["stream_records", "streamRecords", "IncomingRecords", "Sum"],
      ],
    ),
    ...ofServices(
      forwarders.map(({ name }) => name),
      "AWS/Lambda",
      "FunctionName",
      [
        ["invocations", "invocations", "Invocations", "Sum"],
        ["duration", "functionMilliseconds", "Duration", "Sum"],
      ],
    ),
    ...namespaces.filter((namespace) => namespace !== "").flatMap(own),
  ];
}
