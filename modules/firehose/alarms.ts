import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { TerraformIterator, TerraformLocal } from "cdktf";
import { type Expression, hcl } from "../terraform/expression";
import { type DeliveryContext, hasSource } from "./context";

/** An alarm on a metric of Firehose, over periods of five minutes. */
export interface DeliveryAlarm {
  /** Completes "Firehose …". */
  readonly description: string | Expression;
  /** @default AWS/Firehose */
  readonly namespace?: Expression;
  /** Of Firehose's namespace unless another is given (Amazon Data Firehose Developer Guide, Monitor Amazon Data Firehose with CloudWatch metrics). */
  readonly metric: string | Expression;
  readonly statistic: "Average" | "Maximum" | "Sum" | Expression;
  readonly comparison: "GreaterThanThreshold" | "LessThanThreshold";
  readonly threshold: number | Expression;
  /** After so many periods. */
  readonly periods: number;
  /** Whether there is the metric; known when Terraform plans. @default true */
  readonly wanted?: Expression;
}

const NAMESPACE = "AWS/Firehose";

const PERIOD_SECONDS = 300;

/** The longest buffering interval, which AWS's best practices compare with, or twice an interval that comes near it. */
const oldestSeconds = (intervalSeconds: Expression): Expression => hcl`max(900, 2 * (${intervalSeconds}))`;

/** Records that wait longer than they should. @param metric without `.DataFreshness` */
export const waitingRecords = (metric: string, where: string, intervalSeconds: Expression): DeliveryAlarm => ({
  description: `has records that wait for ${where} for too long`,
  metric: `${metric}.DataFreshness`,
  statistic: "Maximum",
  comparison: "GreaterThanThreshold",
  threshold: oldestSeconds(intervalSeconds),
  periods: 2,
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
    comparison: "GreaterThanThreshold",
    threshold: either(hcl`1000 * ${oldestSeconds(intervalSeconds)}`, 0),
    periods: 2,
  };
}

/** @param alarms by the end of their names; there are none without topics */
export function createAlarms(
  { scope, inputs, name }: DeliveryContext,
  alarms: Readonly<Record<string, DeliveryAlarm>>,
): void {
  const { alarmTopicArns } = inputs;
  const all = Object.fromEntries(
    Object.entries(alarms).map(([key, alarm]) => [key, { wanted: true, namespace: NAMESPACE, ...alarm }]),
  );
  const wanted = hcl`{ for key, alarm in ${all} : key => alarm if length(${alarmTopicArns}) > 0 && alarm.wanted }`;
  const local = new TerraformLocal(scope, "alarms", wanted);
  new CloudwatchMetricAlarm(scope, "metric_alarm", {
    forEach: TerraformIterator.fromMap(local.expression),
    alarmName: hcl`join("-", [${name}, replace(each.key, "_", "-")])`.string,
    alarmDescription: hcl`join(" ", [${`Firehose (${name})`}, each.value.description])`.string,
    namespace: hcl`each.value.namespace`.string,
    metricName: hcl`each.value.metric`.string,
    dimensions:
      hcl`{ for stream in [${name}] : "DeliveryStreamName" => stream if each.value.namespace == ${NAMESPACE} }`.map,
    statistic: hcl`each.value.statistic`.string,
    comparisonOperator: hcl`each.value.comparison`.string,
    threshold: hcl`each.value.threshold`.number,
    period: PERIOD_SECONDS,
    evaluationPeriods: hcl`each.value.periods`.number,
    // There are no metrics while there are no records.
    treatMissingData: "notBreaching",
    alarmActions: alarmTopicArns.list,
    okActions: alarmTopicArns.list,
    tags: inputs.tags.map,
  });
}
