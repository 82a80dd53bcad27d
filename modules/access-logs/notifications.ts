import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { S3BucketNotification } from "@cdktf/provider-aws/lib/s3-bucket-notification";
import { type Expression, hcl, written } from "../terraform/expression";
import type { AccessLogsContext } from "./context";
import type { Queues } from "./queues";
import type { Sources } from "./sources";

/** With `Put` alone, objects that were uploaded in parts would be silent. */
const OBJECT_CREATED = "s3:ObjectCreated:*";

/** The quota of an event pattern, in characters (Amazon EventBridge User Guide, EventBridge quotas). */
const MAX_PATTERN = 2_048;

/** Lets what the sources say of each bucket announce its new objects to the queue: its notifications, a rule, or nothing. */
export function createNotifications(context: AccessLogsContext, sources: Sources, queues: Queues): void {
  createBucketNotifications(context, sources, queues);
  createRules(context, sources, queues);
}

/** The whole configuration of each bucket: what else it notifies of is replaced. */
function createBucketNotifications({ scope, prefix }: AccessLogsContext, sources: Sources, { queue, policy }: Queues) {
  const notification = new S3BucketNotification(scope, "bucket_notification", {
    forEach: sources.forEachBucket("queue"),
    bucket: hcl`each.key`.string,
    // S3 asks the queue when it is configured.
    dependsOn: [policy],
  });
  const ofPrefix = written("queue.value");
  notification.addOverride("dynamic.queue", {
    for_each: hcl`each.value.prefixes`,
    content: {
      id: notificationId(prefix, ofPrefix),
      queue_arn: hcl`${queue.arn}`,
      events: [OBJECT_CREATED],
      filter_prefix: hcl`${ofPrefix} == "" ? null : ${filterOf(ofPrefix)}`,
    },
  });
}

function createRules({ scope, inputs, prefix }: AccessLogsContext, sources: Sources, { queue }: Queues): void {
  const name = hcl`join("-", [${prefix}, substr(sha256(each.key), 0, 10)])`.string;
  // Without prefixes where one is empty: of all keys.
  const objects = {
    bucket: hcl`{ name = [each.key] }`,
    object: hcl`{ key = [for prefix in each.value.prefixes : { prefix = prefix }] }`,
  };
  const detail = hcl`{ for part, pattern in ${objects} : part => pattern if part == "bucket" || !contains(each.value.prefixes, "") }`;
  const pattern = hcl`jsonencode(${{
    source: ["aws.s3"],
    "detail-type": ["Object Created"],
    account: hcl`[each.value.account]`,
    detail,
  }})`;
  const rule = new CloudwatchEventRule(scope, "event_rule", {
    forEach: sources.forEachBucket("eventbridge"),
    name,
    description: hcl`format("New access logs in bucket %s", each.key)`.string,
    eventPattern: pattern.string,
    tags: inputs.tags.map,
    lifecycle: {
      precondition: [
        {
          condition: hcl`length(${pattern}) <= ${MAX_PATTERN}`.string,
          errorMessage:
            `sources of bucket ${hcl`each.key`} = ${hcl`jsonencode(each.value.prefixes)`}: allowed is prefixes that fit into an event ` +
            'pattern of 2,048 characters (Amazon EventBridge User Guide, EventBridge quotas): choose a shorter one that all begin with, or notification = "queue".',
        },
      ],
    },
  });
  new CloudwatchEventTarget(scope, "event_target", {
    forEach: sources.forEachBucket("eventbridge"),
    rule: hcl`${rule.fqn}[each.key].name`.string,
    arn: queue.arn,
  });
}

/** What S3 calls the notification of a prefix. */
const notificationId = (names: string, prefix: Expression): Expression =>
  hcl`join("-", [${names}, substr(sha256(${prefix}), 0, 10)])`;

/** A prefix as S3's filter takes it: percent-encoded, but for slashes. */
const filterOf = (prefix: Expression): Expression => hcl`replace(urlencode(${prefix}), "%2F", "/")`;

/** The notifications that a bucket's owner configures, as S3's API takes them. @param prefixes a list */
export function notificationConfiguration(names: string, queueArn: string, prefixes: Expression): Expression {
  const prefix = written("prefix");
  const configuration = {
    Id: notificationId(names, prefix),
    QueueArn: queueArn,
    Events: [OBJECT_CREATED],
    Filter: hcl`{ Key = { FilterRules = [{ Name = "prefix", Value = ${filterOf(prefix)} }] } }`,
  };
  return hcl`jsonencode({ QueueConfigurations = [for prefix in ${prefixes} : ${configuration}] })`;
}
