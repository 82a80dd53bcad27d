import { matching, size } from "../../inputs/rules";
import { field, string } from "../../inputs/schema";

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

/** When EventBridge Scheduler invokes a function. */
export const scheduleExpression = string(
  matching(
    SCHEDULE,
    "a rate such as rate(1 day), or cron(minutes hours day-of-month month day-of-week year) with ? for one of the two days, such as cron(0 3 * * ? *)",
    createSchedule,
  ),
  size(1, 256, "characters", createSchedule),
);

/** Of a schedule. */
export const timezone = field(
  string(
    matching(
      TIME_ZONE,
      "the IANA name of a time zone, by area and place such as Europe/Berlin, or UTC or GMT",
      createSchedule,
    ),
  ),
  "UTC",
  "time zone of `schedule`, such as `Europe/Berlin`",
);
