import { AUDIT_ENVIRONMENT as VARIABLES } from "../../../core/settings/audit";
import { between } from "../../inputs/rules";
import { field, number, object, required } from "../../inputs/schema";
import { acceptedNumber } from "./environment";
import { scheduleExpression, timezone } from "./schedule";

/** When the function `audit` runs, and what it compares. */
export const auditInput = object({
  schedule: required(scheduleExpression, "when the function runs, such as `rate(1 hour)`"),
  timezone,
  minAgeHours: field(
    number(acceptedNumber(VARIABLES.MIN_AGE_HOURS)),
    Number(VARIABLES.MIN_AGE_HOURS.default),
    "hours after the end of an hour at which it is audited, and how late events may have arrived",
  ),
  lookBackHours: field(
    number(acceptedNumber(VARIABLES.LOOK_BACK_HOURS)),
    Number(VARIABLES.LOOK_BACK_HOURS.default),
    "hours that a run audits, from the newest that is old enough back: as many as are between two runs",
  ),
  memoryMib: field(
    number(between(512, 10_240)),
    1_769,
    "memory of the function, in MiB: its CPU grows with it, and how many ids it compares at a time. The default has a whole CPU",
  ),
});
