import type { ComparisonOperator, MetricAlarm, Statistic } from "@aws-sdk/client-cloudwatch";
import type { ModulePlan } from "./terraform";

/** Attributes of `aws_cloudwatch_metric_alarm` in a plan, in which null is what is not given. */
interface Attributes {
  readonly alarm_name: string;
  readonly namespace: string | null;
  readonly metric_name: string | null;
  readonly dimensions: Readonly<Record<string, string>> | null;
  readonly statistic: Statistic | null;
  readonly period: number | null;
  readonly metric_query: readonly { readonly id: string; readonly expression: string; readonly period: number }[];
  readonly comparison_operator: ComparisonOperator;
  readonly threshold: number;
  readonly evaluation_periods: number;
  readonly datapoints_to_alarm: number | null;
  readonly treat_missing_data: string;
}

/** The alarms of a plan as CloudWatch would have them, by their keys in Terraform. */
export function plannedAlarms({ resource_changes }: ModulePlan): Map<string, MetricAlarm> {
  const alarms = resource_changes.filter(({ type }) => type === "aws_cloudwatch_metric_alarm");
  return new Map(alarms.map(({ index, change }) => [String(index), alarmOf(change.after as unknown as Attributes)]));
}

function alarmOf(planned: Attributes): MetricAlarm {
  const { metric_query: queries = [], dimensions } = planned;
  return {
    AlarmName: planned.alarm_name,
    Namespace: planned.namespace ?? undefined,
    MetricName: planned.metric_name ?? undefined,
    Dimensions: Object.entries(dimensions ?? {}).map(([Name, Value]) => ({ Name, Value })),
    Statistic: planned.statistic ?? undefined,
    Period: planned.period ?? undefined,
    Metrics: queries.map(({ id, expression, period }) => ({ Id: id, Expression: expression, Period: period })),
    ComparisonOperator: planned.comparison_operator,
    Threshold: planned.threshold,
    EvaluationPeriods: planned.evaluation_periods,
    DatapointsToAlarm: planned.datapoints_to_alarm ?? undefined,
    TreatMissingData: planned.treat_missing_data,
  };
}
