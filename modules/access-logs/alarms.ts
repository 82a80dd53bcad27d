import type { ACCESS_LOGS_METRICS } from "../../core/metrics/access-logs";
import { above, known, periodsIn } from "../aws/alarm-threshold";
import { type Alarm, alarmsByKey, alarmTopics, createAlarms } from "../aws/alarms";
import type { Constraint } from "../inputs/constraints";
import { metricsNamespace } from "../logging-pipeline/metrics-namespace";
import { type Expression, hcl } from "../terraform/expression";
import type { AccessLogsContext } from "./context";
import type { accessLogsInputs } from "./inputs";
import type { Queues } from "./queues";

/** The alarms of access logs; none without `alarms`. */
export function createAccessLogsAlarms(context: AccessLogsContext, queues: Queues): void {
  const { scope, inputs, prefix } = context;
  // A constraint rejects an empty namespace, once; the provider would for each alarm.
  const areMade = hcl`${inputs.alarms.actions} != null && (${namespaceOf(context)}) != ""`;
  createAlarms(scope, {
    ids: { local: "alarms", alarm: "metric_alarm" },
    alarms: alarmsByKey(prefix, accessLogsAlarms(context, queues), areMade),
    haveQueries: false,
    topics: alarmTopics(inputs.alarms),
    tags: inputs.tags,
  });
}

const namespaceOf = ({ inputs, prefix }: AccessLogsContext): Expression =>
  metricsNamespace({ ...inputs, name: hcl`${prefix}` });

function accessLogsAlarms(context: AccessLogsContext, queues: Queues): Record<string, Alarm> {
  const { inputs, prefix } = context;
  const { alarms } = inputs;
  const failing = periodsIn(alarms.failingMinutes);
  const quarantined = known(alarms.quarantinedEvents);
  const own = (metric: keyof typeof ACCESS_LOGS_METRICS) => ({
    namespace: namespaceOf(context),
    ...{ metric, dimensions: {}, statistic: "Sum" as const },
  });
  const ofFunction = (metric: string) => ({
    ...{ namespace: "AWS/Lambda", metric, dimensions: { FunctionName: prefix } },
    statistic: "Sum" as const,
  });
  const ofQueue = (metric: string, name: string) => ({
    ...{ namespace: "AWS/SQS", metric, dimensions: { QueueName: name } },
    statistic: "Maximum" as const,
  });
  return {
    queue_age: {
      ...ofQueue("ApproximateAgeOfOldestMessage", queues.queue.name),
      ...above(hcl`${known(alarms.queueAgeMinutes)} * 60`, 1),
      description:
        "Messages about new objects are old: more come than are delivered, or deliveries fail. SQS deletes those older than message_retention_days. Raise maximum_concurrency, or look at error in the function's log.",
    },
    dead_letters: {
      ...ofQueue("ApproximateNumberOfMessagesVisible", queues.deadLetterQueue.name),
      ...above(0, 1),
      description:
        "Messages have failed as often as max_receive_count says: their objects are in no index. Mend what the function's log says, and redrive the dead-letter queue.",
    },
    returned_messages: {
      ...own("UnprocessedMessages"),
      ...above(0, failing),
      description:
        "Messages return to the queue: the search endpoint or S3 fails, throttles or denies. Look at error and failures in the function's log.",
    },
    unreadable_objects: {
      ...own("UnreadableObjects"),
      ...above(quarantined, 1),
      description:
        "Objects cannot be read, or not to their end. Those under access-logs/unreadable/ in the archive bucket have the reason.",
    },
    rejected_events: {
      ...own("RejectedEvents"),
      ...above(quarantined, 1),
      description:
        "The index rejects lines even as text: nobody can search them. Those under access-logs/rejected/ in the archive bucket have the reason.",
    },
    too_long_lines: {
      ...own("TooLongLines"),
      ...above(quarantined, 1),
      description: "Lines of more than 1 MiB are not read: they are under access-logs/rejected/ in the archive bucket.",
    },
    function_errors: {
      ...ofFunction("Errors"),
      ...above(0, failing),
      description:
        "The function's invocations fail, do not start, run out of time or are killed; its messages come again. Look at error in its log, and at its memory.",
    },
    function_throttles: {
      ...ofFunction("Throttles"),
      ...above(0, failing),
      description:
        "Lambda does not start the function, for lack of concurrency in the account; the messages wait. Raise the quota, or reserve less for others.",
    },
  };
}

/** The rules between alarms and other inputs. */
export const accessLogsAlarmConstraints: readonly Constraint<typeof accessLogsInputs>[] = [
  {
    path: "alarms.queue_age_minutes",
    allowed: "less than message_retention_days: SQS deletes older messages",
    decidedBy: ["alarms", "messageRetentionDays"],
    violations: ({ alarms: { queueAgeMinutes: age }, messageRetentionDays }) =>
      age !== null && age >= messageRetentionDays * 1_440 ? [age] : [],
    violationsAtPlan: ({ alarms: { queueAgeMinutes: age }, messageRetentionDays }) =>
      hcl`[for age in [${age}] : age if age == null ? false : age >= ${messageRetentionDays} * 1440]`,
  },
  {
    path: "metrics_namespace",
    allowed: "any but an empty one when alarms are given, which watch the function's own metrics",
    decidedBy: ["metricsNamespace", "alarms"],
    violations: ({ metricsNamespace, alarms }) =>
      metricsNamespace === "" && alarms.actions !== null ? [metricsNamespace] : [],
    violationsAtPlan: ({ metricsNamespace, alarms }) =>
      hcl`[for given in [${metricsNamespace}] : given if given == "" && ${alarms.actions} != null]`,
  },
];
