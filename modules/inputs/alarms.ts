import * as limits from "./limits";
import { between, type InputRule, size, thousands } from "./rules";
import { field, list, number, required, string } from "./schema";

const putMetricAlarm = "CloudWatch API Reference, PutMetricAlarm";

/** Of each alarm: five minutes. */
export const ALARM_PERIOD_SECONDS = 300;

/** All periods of an alarm together (CloudWatch API Reference, PutMetricAlarm: EvaluationPeriods). */
const LONGEST_MINUTES = 86_400 / 60;

/** Minutes that are whole periods. @param minimum 0 or 5 */
export const minutesOfPeriods = (minimum: 0 | 5): InputRule => ({
  allowed: `a multiple of 5 from ${minimum} to ${thousands(LONGEST_MINUTES)}`,
  source: putMetricAlarm,
  accepts: (value) => Number(value) >= minimum && Number(value) <= LONGEST_MINUTES && Number(value) % 5 === 0,
  condition: (value) => `${value} >= ${minimum} && ${value} <= ${LONGEST_MINUTES} && ${value} % 5 == 0`,
});

/** Not of topics that are FIFO, which alarms do not notify. @param minimum number of topics; 5 is the maximum */
const topics = (minimum: number) =>
  list(
    string(limits.arn("sns", "[A-Za-z0-9_-]{1,256}", "arn:aws:sns:eu-central-1:123456789012:alarms")),
    size(minimum, 5, "topics", putMetricAlarm),
  );

/** Whom alarms notify, as members of an input. */
export const alarmActions = {
  actions: required(topics(1), "SNS topics of this region that are notified when an alarm begins"),
  okActions: field(topics(0), null, "SNS topics that are notified when an alarm ends. null: `actions`"),
};

/** For alarms of which some can lack data. @param which these are */
export const insufficientDataActions = (which: string) =>
  field(topics(0), [], `SNS topics that are notified when an alarm has no data; only those of ${which} can lack it`);

/** How many events may be quarantined. @param what they are */
export const quarantinedEvents = (what: string) =>
  field(number(between(0, 1_000_000)), 0, `number of ${what} within 5 minutes above which the alarm begins`);

/** For how long something fails. @param what it is */
export const failingMinutes = (minutes: number, what: string) =>
  field(
    number(minutesOfPeriods(5)),
    minutes,
    `minutes without a break for which ${what}, until the alarm begins: a retry settles what is shorter`,
  );
