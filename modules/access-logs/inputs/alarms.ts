import { alarmActions, failingMinutes, quarantinedEvents } from "../../inputs/alarms";
import { between } from "../../inputs/rules";
import { field, number, object } from "../../inputs/schema";

/** Whom the alarms of access logs notify, and when they begin. */
export const accessLogsAlarms = object({
  ...alarmActions,
  queueAgeMinutes: field(
    number(between(1, 18_719)),
    360,
    "age of the oldest message in the queue, above which the alarm begins; less than `message_retention_days`",
  ),
  failingMinutes: failingMinutes(30, "messages return to the queue, or invocations fail or are throttled"),
  quarantinedEvents: quarantinedEvents("unreadable objects, of rejected events, and of lines that are too long,"),
});
