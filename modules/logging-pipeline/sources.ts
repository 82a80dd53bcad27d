import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchLogSubscriptionFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-subscription-filter";
import { KinesisStream } from "@cdktf/provider-aws/lib/kinesis-stream";
import { TerraformIterator } from "cdktf";
import type { RoleWithPolicy } from "../aws/role";
import { type Expression, hcl, written } from "../terraform/expression";
import { Arns, attributeByKey } from "../terraform/instances";
import type { AccountSubscriptionPolicy } from "./account-subscription";
import type { Context } from "./context";
import type { PipelineKey } from "./key";
import type { Lanes } from "./lanes";
import type { FoundLogGroups } from "./log-group-prefixes";
import { laneStreamArn } from "./stream-arns";

/** The streams, by lane. */
export interface Streams {
  readonly names: Expression;
  readonly arns: Arns;
  readonly resource: KinesisStream;
}

export interface SourceProps {
  readonly lanes: Lanes;
  readonly found: FoundLogGroups;
  readonly key: PipelineKey;
  readonly role: RoleWithPolicy;
  readonly accountSubscription: AccountSubscriptionPolicy;
}

/** The log groups, and the streams that receive their events. */
export function createSources(context: Context, props: SourceProps): Streams {
  const { scope, inputs } = context;
  const { lanes, found, key, role, accountSubscription } = props;
  const logGroups = new CloudwatchLogGroup(scope, "log_group", {
    forEach: lanes.forEachCreated,
    name: hcl`each.key`.string,
    retentionInDays: hcl`each.value.retention_in_days`.number,
    kmsKeyId: key.arn,
    skipDestroy: hcl`each.value.skip_destroy`,
    tags: inputs.tags.map,
  });
  const streams = new KinesisStream(scope, "stream", {
    forEach: lanes.forEach,
    name: hcl`each.value.name`.string,
    shardCount: hcl`each.value.shards == 0 ? null : each.value.shards`.number,
    streamModeDetails: { streamMode: hcl`each.value.shards == 0 ? "ON_DEMAND" : "PROVISIONED"`.string },
    retentionPeriod: hcl`each.value.retention_hours`.number,
    encryptionType: "KMS",
    kmsKeyId: key.arn,
    tags: inputs.tags.map,
  });
  const arns = new Arns(scope, "stream_arns", streams);
  const filters = new CloudwatchLogSubscriptionFilter(scope, "subscription_filter", {
    forEach: subscriptionsOf(context, lanes, found),
    // Another stream makes another filter: the old one goes after the new one has come, so that nothing is missed.
    name: hcl`each.value.name`.string,
    logGroupName: hcl`each.key`.string,
    filterPattern: hcl`each.value.filter_pattern`.string,
    distribution: hcl`each.value.distribution`.string,
    // Not the stream's attribute: while a plan does not know it, the filter would be replaced by one of its own name, and then deleted.
    destinationArn: laneStreamArn(context, hcl`each.value.name`).string,
    roleArn: role.arn,
    // CloudWatch Logs sends a test record when the filter is created.
    dependsOn: [logGroups, streams, role.policy],
    lifecycle: { createBeforeDestroy: true },
  });
  accountSubscription.create(role, streams, filters);
  return { names: attributeByKey(streams, "name"), arns, resource: streams };
}

/** The log groups that have a filter, each with what the filter is made of. */
function subscriptionsOf({ inputs }: Context, lanes: Lanes, found: FoundLogGroups): TerraformIterator {
  const settings = (of: string, laneName: Expression) => ({
    name: laneName,
    filter_pattern: written(`${of}.filter_pattern`),
    distribution: written(`${of}.distribution`),
  });
  const named = hcl`{ for name, group in ${lanes.groupsByName} : name => ${settings("group", hcl`group.lane_name`)} }`;
  const laneOfFound = hcl`join("_", [${inputs.name}, found.stream])`;
  const byPrefix = hcl`{ for name, found in ${found.byName} : name => ${settings("found", laneOfFound)} }`;
  return TerraformIterator.fromMap(hcl`merge(${byPrefix}, ${named})`.map);
}
