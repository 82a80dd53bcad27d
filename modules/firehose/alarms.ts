import { above } from "../aws/alarm-threshold";
import { type Alarm, alarmsByKey, createAlarms } from "../aws/alarms";
import { type Expression, hcl } from "../terraform/expression";
import { type DeliveryContext, hasSource } from "./context";

type MetricAlarm = Extract<Alarm, { metric: unknown }>;
type Defaulted = "namespace" | "dimensions";

/**
 * An alarm on a metric of the delivery stream, unless it has a namespace and dimensions (Amazon Data Firehose Developer Guide, Monitor
 * Amazon Data Firehose with CloudWatch metrics). The description completes "Firehose (<name>) …".
 */
export type DeliveryAlarm = Omit<MetricAlarm, Defaulted> & Partial<Pick<MetricAlarm, Defaulted>>;

/** The longest buffering interval, which AWS's best practices compare with, or twice an interval that comes near it. */
const oldestSeconds = (intervalSeconds: Expression): Expression => hcl`max(900, 2 * (${intervalSeconds}))`;

/** Records that wait longer than they should. @param metric without `.DataFreshness` */
export const waitingRecords = (metric: string, where: string, intervalSeconds: Expression): DeliveryAlarm => ({
  description: `has records that wait for ${where} for too long`,
  metric: `${metric}.DataFreshness`,
  statistic: "Maximum",
  ...above(oldestSeconds(intervalSeconds), 2),
});

/** Deliveries that fail for a while; Firehose tries a single one again. @param metric without `.Success` */
export const failedDeliveries = (metric: string, what: string): DeliveryAlarm => ({
  description: `fails to ${what}`,
  metric: `${metric}.Success`,
  statistic: "Average",
  comparison: "LessThanThreshold",
  threshold: 1,
  periods: 3,
});

/**
 * Whether all that is put comes in: records that are refused, or a source that is read too slowly. It is one alarm because a plan
 * may not know yet whether there is a source.
 */
export function intakeAlarm(context: DeliveryContext, intervalSeconds: Expression): DeliveryAlarm {
  const either = (read: Expression | string, put: Expression | string | number) =>
    hcl`${hasSource(context)} ? ${read} : ${put}`;
  return {
    description: either("reads its source too slowly", "refuses records: more arrive than the delivery stream takes"),
    metric: either("KinesisMillisBehindLatest", "ThrottledRecords"),
    statistic: either("Maximum", "Sum"),
    ...above(either(hcl`1000 * ${oldestSeconds(intervalSeconds)}`, 0), 2),
  };
}

/** @param alarms by the end of their names; there are none without topics */
export function createDeliveryAlarms(
  { scope, inputs, name }: DeliveryContext,
  alarms: Readonly<Record<string, DeliveryAlarm>>,
): void {
  const { alarmTopicArns: topics } = inputs;
  const all = Object.entries(alarms).map(([key, alarm]): [string, Alarm] => {
    const ofDeliveryStream = { namespace: "AWS/Firehose", dimensions: { DeliveryStreamName: name }, ...alarm };
    return [key, { ...ofDeliveryStream, description: hcl`join(" ", [${`Firehose (${name})`}, ${alarm.description}])` }];
  });
  createAlarms(scope, {
    ids: { local: "alarms", alarm: "metric_alarm" },
    alarms: alarmsByKey(name, Object.fromEntries(all), hcl`length(${topics}) > 0`),
    haveQueries: false,
    topics: { actions: topics, okActions: topics },
    tags: inputs.tags,
  });
}
