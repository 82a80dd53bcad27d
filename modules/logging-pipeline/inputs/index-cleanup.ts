import { INDEX_CLEANUP_ENVIRONMENT as VARIABLES } from "../../../core/settings/index-cleanup";
import { between, matching, size } from "../../inputs/rules";
import { bool, field, number, object, required, string } from "../../inputs/schema";
import { acceptedNumber } from "./environment";

const createSchedule = "EventBridge Scheduler API Reference, CreateSchedule";

/** Six fields, unlike Unix: cron(0 3 * * *) would fail only in the apply. */
const SCHEDULE =
  /^(rate\([1-9][0-9]* (minute|hour|day)s?\)|cron\(([^() ]+ ){2}(\? [^() ]+ [^() ]+|[^() ]+ [^() ]+ \?) [^() ]+\))$/;

/**
 * Up to 50 characters, by the areas of IANA's time zone database; names without an area are aliases of its past. What places there
 * are, AWS knows.
 */
const TIME_ZONE =
  /^(UTC|GMT|(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Brazil|Canada|Chile|Etc|Europe|Indian|Mexico|Pacific|US)(\/[A-Za-z0-9_+-]{1,19}){1,2})$/;

/** 0, which is no rule for the function, is null here. */
const rule = ({ maximum }: { readonly maximum: number }) => number(between(1, maximum));

/** When the clean-up function runs, and what it keeps. */
export const indexCleanup = object({
  schedule: required(
    string(
      matching(
        SCHEDULE,
        "a rate such as rate(1 day), or cron(minutes hours day-of-month month day-of-week year) with ? for one of the two days, such as cron(0 3 * * ? *)",
        createSchedule,
      ),
      size(1, 256, "characters", createSchedule),
    ),
    "when the function runs, such as `cron(0 3 * * ? *)`: daily at 3",
  ),
  timezone: field(
    string(
      matching(
        TIME_ZONE,
        "the IANA name of a time zone, by area and place such as Europe/Berlin, or UTC or GMT",
        createSchedule,
      ),
    ),
    "UTC",
    "time zone of `schedule`, such as `Europe/Berlin`",
  ),
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
