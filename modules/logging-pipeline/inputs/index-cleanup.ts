import { INDEX_CLEANUP_ENVIRONMENT as VARIABLES } from "../../../core/settings/index-cleanup";
import { between } from "../../inputs/rules";
import { bool, field, number, object, required } from "../../inputs/schema";
import { acceptedNumber } from "./environment";
import { scheduleExpression, timezone } from "./schedule";

/** 0, which is no rule for the function, is null here. */
const rule = ({ maximum }: { readonly maximum: number }) => number(between(1, maximum));

/** When the clean-up function runs, and what it keeps. */
export const indexCleanup = object({
  schedule: required(scheduleExpression, "when the function runs, such as `cron(0 3 * * ? *)`: daily at 3"),
  timezone,
  keepDays: field(
    rule(VARIABLES.KEEP_DAYS),
    null,
    "days that an index is kept after the end of its period, by the day in its name. null: no such rule",
  ),
  keepCount: field(
    rule(VARIABLES.KEEP_COUNT),
    null,
    "number of indices that are kept of each log group or shared index, the newest, the current one included. null: no such rule",
  ),
  maxDiskPercent: field(
    rule(VARIABLES.MAX_DISK_PERCENT),
    null,
    "share of the data nodes' disks above which the oldest indices are deleted. null: no such rule",
  ),
  maxDeletionsPerRun: field(
    number(acceptedNumber(VARIABLES.MAX_DELETIONS_PER_RUN)),
    Number(VARIABLES.MAX_DELETIONS_PER_RUN.default),
    "maximum number of indices that one run deletes",
  ),
  dryRun: field(bool(), false, "whether indices are only logged, and none is deleted"),
});
