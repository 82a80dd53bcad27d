import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { type Precondition, TerraformIterator, TerraformLocal } from "cdktf";
import type { Construct } from "constructs";
import { ALARM_PERIOD_SECONDS } from "../inputs/alarms";
import { type Expression, hcl } from "../terraform/expression";
import type { Account } from "./account";
import { ownArns } from "./own-arns";

/** What an alarm watches, each period of five minutes for itself. */
export type Alarm = AlarmCondition & (AlarmMetric | AlarmQuery);

interface AlarmCondition {
  /** What is wrong and what to look at: the notification has it. Up to 1,024 characters. */
  readonly description: string | Expression;
  readonly comparison: "GreaterThanThreshold" | "LessThanThreshold";
  readonly threshold: number | Expression;
  /** The alarm begins after so many periods in a row. */
  readonly periods: number | Expression;
  /** What a period without data is taken for. @default notBreaching */
  readonly missing?: "breaching" | "missing";
  /** Whether there is the alarm; known when Terraform plans. @default true */
  readonly wanted?: Expression;
}

interface AlarmMetric {
  readonly namespace: string | Expression;
  readonly metric: string | Expression;
  readonly dimensions: Readonly<Record<string, string | Expression>> | Expression;
  readonly statistic: "Average" | "Maximum" | "Minimum" | "Sum" | Expression;
}

interface AlarmQuery {
  /** In the language of CloudWatch Metrics Insights, for one time series. */
  readonly query: Expression;
}

/** Lists of topics that alarms notify. */
export interface AlarmTopics {
  readonly actions: Expression;
  readonly okActions: Expression;
  /** @default none */
  readonly insufficientDataActions?: Expression;
}

const UNGIVEN = { namespace: null, metric: null, dimensions: null, statistic: null, query: null };

/**
 * Returns those that are wanted, as a map for {@link createAlarms}: the key `red` makes the name `<name>-red`.
 *
 * @param keyOf the key in the map, as a Terraform expression of `key`. @default key
 */
export const alarmsByKey = (
  name: string | Expression,
  alarms: Readonly<Record<string, Alarm>>,
  areWanted: Expression,
  keyOf: Expression = hcl`key`,
): Expression => {
  const all = Object.fromEntries(
    Object.entries(alarms).map(([key, alarm]) => [
      key,
      { wanted: true, missing: "notBreaching", ...UNGIVEN, ...alarm },
    ]),
  );
  const named = hcl`merge(alarm, { name = join("-", [${name}, replace(key, "_", "-")]) })`;
  return hcl`{ for key, alarm in ${all} : ${keyOf} => ${named} if ${areWanted} && alarm.wanted }`;
};

export interface AlarmsProps {
  /** Ids of the local and of the resource, which decide the addresses in Terraform. */
  readonly ids: { readonly local: string; readonly alarm: string };
  /** By {@link alarmsByKey}. */
  readonly alarms: Expression;
  /** Whether one of them has a query. */
  readonly haveQueries: boolean;
  readonly topics: AlarmTopics;
  readonly tags: Expression;
}

export function createAlarms(scope: Construct, { ids, alarms, haveQueries, topics, tags }: AlarmsProps): void {
  const local = new TerraformLocal(scope, ids.local, alarms);
  const resource = new CloudwatchMetricAlarm(scope, ids.alarm, {
    forEach: TerraformIterator.fromMap(local.expression),
    alarmName: hcl`each.value.name`.string,
    alarmDescription: hcl`each.value.description`.string,
    namespace: hcl`each.value.namespace`.string,
    metricName: hcl`each.value.metric`.string,
    dimensions: hcl`each.value.dimensions`.map,
    statistic: hcl`each.value.statistic`.string,
    period: haveQueries ? hcl`each.value.query == null ? ${ALARM_PERIOD_SECONDS} : null`.number : ALARM_PERIOD_SECONDS,
    comparisonOperator: hcl`each.value.comparison`.string,
    threshold: hcl`each.value.threshold`.number,
    evaluationPeriods: hcl`each.value.periods`.number,
    treatMissingData: hcl`each.value.missing`.string,
    alarmActions: topics.actions.list,
    okActions: topics.okActions.list,
    ...(topics.insufficientDataActions && { insufficientDataActions: topics.insufficientDataActions.list }),
    tags: tags.map,
  });
  if (!haveQueries) return;
  resource.addOverride("dynamic.metric_query", {
    for_each: hcl`each.value.query == null ? [] : [each.value.query]`,
    content: {
      id: "query",
      expression: hcl`metric_query.value`,
      period: ALARM_PERIOD_SECONDS,
      return_data: true,
    },
  });
}

/** The topics of the input `alarms`, as its members {@link alarmActions} have them. Without `ok_actions`, it is `actions`. */
export const alarmTopics = ({ actions, okActions, insufficientDataActions }: AlarmTopics): AlarmTopics => ({
  actions,
  ...(insufficientDataActions && { insufficientDataActions }),
  // Both are null without alarms.
  okActions: hcl`try(coalesce(${okActions}, ${actions}), null)`,
});

/** Violated by topics of another region in the input `alarms`. */
export function ownTopics(
  account: Account,
  { actions, okActions, insufficientDataActions }: AlarmTopics,
): Precondition[] {
  const members = {
    ...{ actions, ok_actions: okActions },
    ...(insufficientDataActions && { insufficient_data_actions: insufficientDataActions }),
  };
  return Object.entries(members).map(([name, arns]) =>
    ownArns(account, {
      ...{ path: `alarms.${name}`, arns: hcl`coalesce(${arns}, [])`, own: ["region"] },
      allowed: `topics in ${account.region} (CloudWatch API Reference, PutMetricAlarm: AlarmActions)`,
    }),
  );
}
