import { ALARM_PERIOD_SECONDS } from "../inputs/alarms";
import { type Expression, hcl } from "../terraform/expression";

/** Terraform evaluates the thresholds of alarms that are not made, too: those of no `alarms` are null. */
export const known = (threshold: Expression): Expression => hcl`coalesce(${threshold}, 0)`;

/** Begins when every one of so many periods is above the threshold. */
export const above = (threshold: number | Expression, periods: number | Expression) => ({
  comparison: "GreaterThanThreshold" as const,
  ...{ threshold, periods },
});

/** @param minutes whole periods */
export const periodsIn = (minutes: Expression): Expression => hcl`${known(minutes)} * 60 / ${ALARM_PERIOD_SECONDS}`;
