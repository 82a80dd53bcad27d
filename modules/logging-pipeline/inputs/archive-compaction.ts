import { ARCHIVE_COMPACTION_ENVIRONMENT as VARIABLES } from "../../../core/settings/archive-compaction";
import { field, number, object, required } from "../../inputs/schema";
import { acceptedNumber } from "./environment";
import { scheduleExpression, timezone } from "./schedule";

/** When the function `archive-compaction` runs, and what it looks at. */
export const archiveCompaction = object({
  schedule: required(scheduleExpression, "when the function runs, such as `rate(1 hour)`"),
  timezone,
  lookBackHours: field(
    number(acceptedNumber(VARIABLES.LOOK_BACK_HOURS)),
    Number(VARIABLES.LOOK_BACK_HOURS.default),
    "hours that a run looks at, from the newest that is old enough back. Each costs a LIST of a thousand objects, at least one",
  ),
});
