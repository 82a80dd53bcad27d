import type { ComparisonOperator, StateValue } from "@aws-sdk/client-cloudwatch";

/** The value of a period; undefined when it is missing. */
export type Datapoint = number | undefined;

/** When an alarm begins, and what it makes of missing data. */
export interface AlarmCondition {
  readonly comparison: ComparisonOperator;
  readonly threshold: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  /** `breaching`, `notBreaching`, `ignore`, or `missing`. */
  readonly missing: string;
}

const COMPARISONS: Partial<Record<ComparisonOperator, (value: number, threshold: number) => boolean>> = {
  GreaterThanThreshold: (value, threshold) => value > threshold,
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

/** Number of periods that CloudWatch looks at: two more than it evaluates, in the examples of the page below. */
export const evaluationRange = ({ evaluationPeriods }: AlarmCondition): number => evaluationPeriods + 2;

/**
 * Returns the state of an alarm after an evaluation.
 *
 * Source: Amazon CloudWatch User Guide "Configuring how CloudWatch alarms treat missing data".
 *
 * @param datapoints of the evaluation range, the latest last
 * @param current the state before
 * @throws Error for the comparison of an anomaly detection, which is not supported
 */
export function alarmState(
  condition: AlarmCondition,
  datapoints: readonly Datapoint[],
  current: StateValue,
): StateValue {
  const { comparison, threshold, evaluationPeriods: periods, datapointsToAlarm: toAlarm, missing } = condition;
  const compare = COMPARISONS[comparison];
  if (!compare) throw new Error(`${comparison} is not supported`);

  // Real datapoints come first, however old, and missing ones are filled in only as far as there are too few.
  const real = datapoints.filter((value) => value !== undefined).slice(-periods);
  const breaching = real.filter((value) => compare(value, threshold)).length;
  const filled = periods - real.length;
  if (breaching + (missing === "breaching" ? filled : 0) >= toAlarm) return "ALARM";
  if (filled === 0 || missing === "breaching" || missing === "notBreaching") return "OK";
  if (breaching < real.length) return "OK";
  if (missing === "ignore") return current;
  // A breach so old that enough others could have followed, and nothing better did.
  const age = datapoints.length - datapoints.findIndex((value) => value !== undefined);
  return real.length > 0 && age >= toAlarm ? "ALARM" : "INSUFFICIENT_DATA";
}
