import type { AUDIT_METRICS } from "../../../core/metrics/audit";
import type { METRICS } from "../../../core/metrics/forwarder";
import { above, known, periodsIn } from "../../aws/alarm-threshold";
import type { Alarm } from "../../aws/alarms";
import { hcl } from "../../terraform/expression";
import { isCompacted } from "../archive-compaction";
import { isAudited } from "../audit-role";
import type { Context } from "../context";
import { isCleanedUp } from "../index-cleanup-role";
import { metricsNamespace } from "../metrics-namespace";

/**
 * The alarms of the whole pipeline. The functions' own metrics have no dimensions, so each of them is one alarm, however many log
 * groups there are.
 */
export function deliveryAlarms({ inputs }: Context): Record<string, Alarm> {
  const { alarms } = inputs;
  const says = (before: string, after: string) => hcl`join(${inputs.name}, ${[before, after]})`;
  const own = (metric: keyof typeof METRICS | keyof typeof AUDIT_METRICS, statistic: "Maximum" | "Sum") => ({
    namespace: metricsNamespace(inputs),
    metric,
    dimensions: {},
    statistic,
  });
  return {
    iterator_age: {
      ...own("IteratorAge", "Maximum"),
      ...above(hcl`${known(alarms.iteratorAgeMinutes)} * 60000`, 1),
      description: says(
        "Functions read records that are too old: they are slower than their streams, or retry. An hour before the stream's retention ends, Lambda gives records up. Look at IteratorAge and error in the log groups /aws/lambda/",
        "_*.",
      ),
    },
    returned_records: {
      ...own("UnprocessedRecords", "Sum"),
      ...above(0, periodsIn(alarms.failingMinutes)),
      description: says(
        "Records are returned to Lambda, which retries them: the search endpoint or S3 fails, throttles or denies. Look at error and failures in the log groups /aws/lambda/",
        "_*.",
      ),
    },
    rejected_events: {
      ...own("RejectedEvents", "Sum"),
      ...above(known(alarms.quarantinedEvents), 1),
      description:
        "The index rejects events even as text: they are archived, and nobody can search them. The objects under rejected/ in the archive bucket have the reason; correct the index or the application, then replay them.",
    },
    dead_lettered_records: {
      ...own("DeadLetteredRecords", "Sum"),
      ...above(known(alarms.quarantinedEvents), 1),
      description:
        "Records cannot be decoded: something else than CloudWatch Logs or an application writes to a stream. The objects under dead-letter/ in the archive bucket have them, with the reason.",
    },
    nothing_arrived: {
      ...own("Records", "Sum"),
      comparison: "LessThanThreshold",
      threshold: 1,
      // Without invocations there are no values.
      missing: "breaching",
      periods: periodsIn(alarms.nothingArrivedMinutes),
      wanted: hcl`${known(alarms.nothingArrivedMinutes)} > 0`,
      description:
        "No function has read a record: nothing is logged, the subscription filters do not deliver, or the event source mappings do not read. Look at IncomingRecords of the streams, and at the state of the mappings.",
    },
    index_cleanup_errors: {
      namespace: "AWS/Lambda",
      metric: "Errors",
      dimensions: { FunctionName: hcl`join("-", [${inputs.name}, "index-cleanup"])` },
      statistic: "Sum",
      ...above(0, 1),
      wanted: isCleanedUp(inputs),
      description: says(
        "A run of the clean-up function has failed: old indices stay. Look at error and failures in the log group /aws/lambda/",
        "-index-cleanup.",
      ),
    },
    archive_compaction_errors: {
      namespace: "AWS/Lambda",
      metric: "Errors",
      dimensions: { FunctionName: hcl`join("-", [${inputs.name}, "archive-compaction"])` },
      statistic: "Sum",
      ...above(0, 1),
      wanted: isCompacted(inputs),
      description: says(
        "A run of the function that compacts the archive has failed: many small objects stay, and no line is lost. Look at error and failures in the log group /aws/lambda/",
        "-archive-compaction.",
      ),
    },
    audit_errors: {
      namespace: "AWS/Lambda",
      metric: "Errors",
      dimensions: { FunctionName: hcl`join("-", [${inputs.name}, "audit"])` },
      statistic: "Sum",
      ...above(0, 1),
      wanted: isAudited(inputs),
      description: says(
        "A run of the audit has not compared all of its hours: nothing is known of the rest. Look at error, notCompared and notRead in the log group /aws/lambda/",
        "-audit.",
      ),
    },
    missing_events: {
      ...own("MissingEvents", "Sum"),
      ...above(0, 1),
      wanted: isAudited(inputs),
      description: says(
        "The archive has events that nobody can search: their documents are missing. The log group /aws/lambda/",
        "-audit names the first; npm run audit with --heal delivers them.",
      ),
    },
    duplicate_events: {
      ...own("DuplicateEvents", "Sum"),
      ...above(0, 1),
      wanted: isAudited(inputs),
      description: says(
        "Documents are in two indices, so that searches count their events twice. The log group /aws/lambda/",
        "-audit names the first; npm run audit with --heal and --delete removes the copies.",
      ),
    },
  };
}
