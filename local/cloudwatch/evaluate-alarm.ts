import type { MetricAlarm, StateValue, Statistic } from "@aws-sdk/client-cloudwatch";
import { type AlarmCondition, alarmState, type Datapoint, evaluationRange } from "./alarm-state";
import type { MetricData, MetricSelection } from "./metric-data";

/** CloudWatch evaluates an alarm whose period is a minute or longer each minute (Amazon CloudWatch User Guide, "Alarm evaluation"). */
const MINUTE_MS = 60_000;

/** A query of CloudWatch Metrics Insights for one time series. */
const QUERY =
  /^SELECT (?<statistic>SUM|MAX|MIN|AVG)\((?<name>\w+)\) FROM SCHEMA\("(?<namespace>[^"]+)"(?<dimensions>(?:, \w+)*)\)(?: WHERE (?<where>\w+) = '(?<value>[^']*)')?$/;

const STATISTICS: Readonly<Record<string, Statistic>> = { SUM: "Sum", MAX: "Maximum", MIN: "Minimum", AVG: "Average" };

interface Series {
  readonly selection: MetricSelection;
  readonly statistic: Statistic;
  readonly periodMs: number;
}

/**
 * Returns the state of an alarm by the data of whole minutes before `now`, as CloudWatch would find it.
 *
 * @param alarm as `DescribeAlarms` and `PutMetricAlarm` have it
 * @param now in milliseconds since the epoch
 * @throws Error for what is not supported: metric math, queries with more than one condition, percentiles
 */
export function evaluateAlarm(alarm: MetricAlarm, data: MetricData, now: number, current: StateValue): StateValue {
  const { selection, statistic, periodMs } = seriesOf(alarm);
  const condition = conditionOf(alarm);
  const end = Math.floor(now / MINUTE_MS) * MINUTE_MS;
  const range = evaluationRange(condition);
  const datapoints = Array.from({ length: range }, (_, n): Datapoint => {
    const start = end - (range - n) * periodMs;
    return data.statistic(selection, statistic, start, start + periodMs);
  });
  return alarmState(condition, datapoints, current);
}

const conditionOf = (alarm: MetricAlarm): AlarmCondition => ({
  comparison: alarm.ComparisonOperator!,
  threshold: alarm.Threshold!,
  evaluationPeriods: alarm.EvaluationPeriods!,
  datapointsToAlarm: alarm.DatapointsToAlarm ?? alarm.EvaluationPeriods!,
  missing: alarm.TreatMissingData ?? "missing",
});

function seriesOf({
  AlarmName,
  Namespace,
  MetricName,
  Dimensions = [],
  Statistic,
  Period,
  Metrics,
}: MetricAlarm): Series {
  if (Namespace !== undefined && MetricName !== undefined && Statistic !== undefined && Period !== undefined) {
    const where = Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name!, Value!]));
    const selection = { namespace: Namespace, name: MetricName, dimensions: Object.keys(where), where };
    return { selection, statistic: Statistic, periodMs: Period * 1000 };
  }
  const [query] = Metrics ?? [];
  const { groups } = QUERY.exec(query?.Expression ?? "") ?? {};
  if (!groups || Metrics?.length !== 1 || query?.Period === undefined) {
    throw new Error(
      `${AlarmName}: the local pipeline evaluates a metric with a statistic, or one query of a time series`,
    );
  }
  const selection = {
    namespace: groups.namespace!,
    name: groups.name!,
    dimensions: groups.dimensions!.split(", ").slice(1),
    where: groups.where === undefined ? {} : { [groups.where]: groups.value! },
  };
  return { selection, statistic: STATISTICS[groups.statistic!]!, periodMs: query.Period * 1000 };
}
