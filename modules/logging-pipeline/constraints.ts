import type { Constraint } from "../inputs/constraints";
import { functionOptionConstraints } from "../inputs/function-options";
import { hcl } from "../terraform/expression";
import { alarmConstraints } from "./alarms/constraints";
import { consumerConstraints } from "./consumer-constraints";
import { domainConstraints } from "./domain-constraints";
import type { pipelineInputs } from "./inputs";
import { keyConstraints } from "./inputs/key";
import { recordConstraint, requestConstraints } from "./inputs/requests";
import { roleConstraints } from "./inputs/roles";
import { laneName } from "./lane-name";
import { laneNameAtPlan } from "./lanes";
import { metricsConstraint } from "./metrics-constraints";
import { redactionConstraints } from "./redaction-constraints";
import { endpointConstraints } from "./search-endpoint";
import { selectionConstraints } from "./selection-constraints";
import { signInConstraints } from "./sign-in-constraints";
import { streamConstraints } from "./stream-constraints";

/** The rules between the pipeline's inputs. */
export const pipelineConstraints: readonly Constraint<typeof pipelineInputs>[] = [
  {
    path: "log_groups",
    allowed: "any log group but those of the forwarders themselves, which would deliver their own logs for ever",
    decidedBy: ["name", "logGroups", "streams"],
    violations: ({ name, logGroups, streams }) => {
      const ofForwarders = Object.keys({ ...logGroups, ...streams }).map((key) => `/aws/lambda/${laneName(name, key)}`);
      return Object.keys(logGroups).filter((key) => ofForwarders.includes(key));
    },
    violationsAtPlan: ({ name, logGroups, streams }) =>
      hcl`tolist(setintersection(keys(${logGroups}), [for key in concat(keys(${logGroups}), keys(${streams})) : join("/", ["/aws/lambda", ${laneNameAtPlan(name)}])]))`,
  },
  ...streamConstraints,
  ...consumerConstraints,
  ...endpointConstraints,
  {
    path: "target_stream_arn",
    allowed: "null when search_endpoint is given: events go to one of the two",
    decidedBy: ["targetStreamArn", "searchEndpoint"],
    violations: ({ targetStreamArn, searchEndpoint }) => (searchEndpoint === null ? [] : present(targetStreamArn)),
    violationsAtPlan: ({ targetStreamArn, searchEndpoint }) =>
      hcl`[for arn in [${targetStreamArn}] : arn if arn != null && ${searchEndpoint} != null]`,
  },
  {
    path: "target_stream_arn",
    allowed: "any stream but the pipeline's own, which would deliver their own events for ever",
    decidedBy: ["targetStreamArn", "name", "logGroups", "streams"],
    violations: ({ targetStreamArn, name, logGroups, streams }) =>
      present(targetStreamArn).filter((arn) =>
        Object.keys({ ...logGroups, ...streams }).some((key) => String(arn).endsWith(`:stream/${laneName(name, key)}`)),
      ),
    violationsAtPlan: ({ targetStreamArn, name, logGroups, streams }) =>
      hcl`[for arn in [${targetStreamArn}] : arn if arn != null && contains([for key in concat(keys(${logGroups}), keys(${streams})) : ${laneNameAtPlan(name)}], split(":stream/", coalesce(arn, ":stream/"))[1])]`,
  },
  {
    path: "target_stream_kms_key_arn",
    allowed: "null unless target_stream_arn is given",
    decidedBy: ["targetStreamKmsKeyArn", "targetStreamArn"],
    violations: ({ targetStreamKmsKeyArn, targetStreamArn }) =>
      targetStreamArn === null ? present(targetStreamKmsKeyArn) : [],
    violationsAtPlan: ({ targetStreamKmsKeyArn, targetStreamArn }) =>
      hcl`[for arn in [${targetStreamKmsKeyArn}] : arn if arn != null && ${targetStreamArn} == null]`,
  },
  {
    path: "index_cleanup.schedule",
    allowed: "null when target_stream_arn is given: there are no indices",
    decidedBy: ["indexCleanup", "targetStreamArn"],
    violations: ({ indexCleanup: { schedule }, targetStreamArn }) =>
      targetStreamArn === null ? [] : present(schedule),
    violationsAtPlan: ({ indexCleanup: { schedule }, targetStreamArn }) =>
      hcl`[for schedule in [${schedule}] : schedule if schedule != null && ${targetStreamArn} != null]`,
  },
  {
    path: "archive_compaction.schedule",
    allowed: "null when archive_bucket_account_id is given: another account's archive is compacted by nobody",
    decidedBy: ["archiveCompaction", "archiveBucketAccountId"],
    violations: ({ archiveCompaction: { schedule }, archiveBucketAccountId }) =>
      archiveBucketAccountId === null ? [] : present(schedule),
    violationsAtPlan: ({ archiveCompaction: { schedule }, archiveBucketAccountId }) =>
      hcl`[for schedule in [${schedule}] : schedule if schedule != null && ${archiveBucketAccountId} != null]`,
  },
  {
    path: "audit.schedule",
    allowed: "null when target_stream_arn is given: there are no indices",
    decidedBy: ["audit", "targetStreamArn"],
    violations: ({ audit: { schedule }, targetStreamArn }) => (targetStreamArn === null ? [] : present(schedule)),
    violationsAtPlan: ({ audit: { schedule }, targetStreamArn }) =>
      hcl`[for schedule in [${schedule}] : schedule if schedule != null && ${targetStreamArn} != null]`,
  },
  {
    path: "audit.schedule",
    allowed: "null when archive_bucket_account_id is given: another account's archive is read by nobody",
    decidedBy: ["audit", "archiveBucketAccountId"],
    violations: ({ audit: { schedule }, archiveBucketAccountId }) =>
      archiveBucketAccountId === null ? [] : present(schedule),
    violationsAtPlan: ({ audit: { schedule }, archiveBucketAccountId }) =>
      hcl`[for schedule in [${schedule}] : schedule if schedule != null && ${archiveBucketAccountId} != null]`,
  },
  ...selectionConstraints,
  ...signInConstraints,
  ...domainConstraints,
  ...alarmConstraints,
  ...redactionConstraints,
  metricsConstraint,
  {
    path: "index_cleanup.schedule",
    allowed: "a schedule beside what to keep: at least one of keep_days, keep_count and max_disk_percent",
    decidedBy: ["indexCleanup"],
    violations: ({ indexCleanup: { schedule, keepDays, keepCount, maxDiskPercent } }) =>
      schedule !== null && keepDays === null && keepCount === null && maxDiskPercent === null ? [schedule] : [],
    violationsAtPlan: ({ indexCleanup: { schedule, keepDays, keepCount, maxDiskPercent } }) =>
      hcl`[for schedule in [${schedule}] : schedule if schedule != null && ${keepDays} == null && ${keepCount} == null && ${maxDiskPercent} == null]`,
  },
  {
    path: "vpc.subnet_ids",
    allowed: "at least one subnet for each of search_domain.availability_zones",
    decidedBy: ["vpc", "searchDomain"],
    violations: ({ vpc: { subnetIds }, searchDomain: { availabilityZones } }) =>
      subnetIds !== null && subnetIds.length < availabilityZones ? [subnetIds] : [],
    violationsAtPlan: ({ vpc: { subnetIds }, searchDomain: { availabilityZones } }) =>
      hcl`try([for ids in [${subnetIds}] : ids if length(ids) < ${availabilityZones}], [])`,
  },
  ...keyConstraints,
  ...roleConstraints,
  ...functionOptionConstraints,
  ...requestConstraints,
  recordConstraint,
];

const present = (value: unknown): unknown[] => (value === null ? [] : [value]);
