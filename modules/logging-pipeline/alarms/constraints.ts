import type { Constraint } from "../../inputs/constraints";
import { hcl } from "../../terraform/expression";
import type { pipelineInputs } from "../inputs";

/** The longest MaximumRecordAgeInSeconds (Lambda API Reference, CreateEventSourceMapping). */
const SEVEN_DAYS_IN_MINUTES = 10_080;

/** The rule between the age of records that alarms, and how long they are kept. */
export const iteratorAgeConstraint: Constraint<typeof pipelineInputs> = {
  path: "alarms.iterator_age_minutes",
  allowed:
    "less than the time for which Lambda retries a record: an hour less than stream_retention_hours, 7 days at most",
  decidedBy: ["alarms", "streamRetentionHours"],
  violations: ({ alarms: { iteratorAgeMinutes: age }, streamRetentionHours }) =>
    age !== null && age >= Math.min(SEVEN_DAYS_IN_MINUTES, (streamRetentionHours - 1) * 60) ? [age] : [],
  violationsAtPlan: ({ alarms: { iteratorAgeMinutes: age }, streamRetentionHours }) =>
    hcl`[for age in [${age}] : age if age == null ? false : age >= min(${SEVEN_DAYS_IN_MINUTES}, (${streamRetentionHours} - 1) * 60)]`,
};

/** The rules between alarms, dashboard and other inputs. */
export const alarmConstraints: readonly Constraint<typeof pipelineInputs>[] = [
  iteratorAgeConstraint,
  {
    path: "metrics_namespace",
    allowed: "any but an empty one when alarms or dashboard are given, which watch the functions' own metrics",
    decidedBy: ["metricsNamespace", "alarms", "dashboard"],
    violations: ({ metricsNamespace, alarms, dashboard }) =>
      metricsNamespace === "" && (alarms.actions !== null || dashboard) ? [metricsNamespace] : [],
    violationsAtPlan: ({ metricsNamespace, alarms, dashboard }) =>
      hcl`[for given in [${metricsNamespace}] : given if given == "" && (${alarms.actions} != null || ${dashboard})]`,
  },
];
