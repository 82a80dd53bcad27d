import {
  alarmActions,
  failingMinutes,
  insufficientDataActions,
  minutesOfPeriods,
  quarantinedEvents,
} from "../../inputs/alarms";
import { between } from "../../inputs/rules";
import { bool, field, number, object } from "../../inputs/schema";

const recommended = "OpenSearch Service Developer Guide, Recommended CloudWatch alarms for Amazon OpenSearch Service";

/** Whom alarms notify, and when they begin. */
export const alarms = object({
  ...alarmActions,
  insufficientDataActions: insufficientDataActions("the domain"),
  eachLogGroup: field(
    bool(),
    true,
    "whether each stream, of a log group or shared, has alarms of its own, with its subscription filters and function: 5 for each",
  ),
  iteratorAgeMinutes: field(
    number(between(1, 10_079)),
    60,
    "age of the records that the functions read, above which the alarm begins; less than the time for which Lambda retries a record",
  ),
  failingMinutes: failingMinutes(
    15,
    "records are returned to Lambda, invocations fail or are throttled, or writes to a stream are throttled",
  ),
  quarantinedEvents: quarantinedEvents("rejected events, and of dead-lettered records,"),
  nothingArrivedMinutes: field(
    number(minutesOfPeriods(0)),
    60,
    "minutes for which no function reads a record until the alarm begins. 0: no such alarm, for pipelines that may be quiet for longer",
  ),
  freeStoragePercent: field(
    number(between(1, 99)),
    25,
    `share of a data node's volume that is free, below which the alarm begins; of a node with disks of its own, 20 GiB (${recommended})`,
  ),
  jvmMemoryPressurePercent: field(
    number(between(1, 100)),
    95,
    `memory pressure of the domain's JVMs, above which the alarm begins after 15 minutes (${recommended})`,
  ),
});
