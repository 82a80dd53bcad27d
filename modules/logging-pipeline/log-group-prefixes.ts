import { DataAwsCloudwatchLogGroups } from "@cdktf/provider-aws/lib/data-aws-cloudwatch-log-groups";
import { type Precondition, TerraformIterator, TerraformLocal } from "cdktf";
import { precondition } from "../inputs/constraints";
import { type Expression, hcl } from "../terraform/expression";
import type { Context } from "./context";
import { DOMAINS_LOGS_PREFIX } from "./domain-log-types";
import { laneNameAtPlan } from "./lanes";

/** The log groups that the pipeline subscribes without their being in `log_groups`. */
export interface FoundLogGroups {
  /** By name: `prefix`, `stream`, `filter_pattern` and `distribution`. */
  readonly byName: Expression;
  /** Their names by prefix. */
  readonly namesByPrefix: Expression;
}

/**
 * Finds log groups by what their names begin with, at each plan. A longer prefix wins over a shorter one, because `merge` keeps the last
 * value, and a map is in the order of its keys.
 *
 * What search domains say about requests is not delivered by a prefix: of the domain that the pipeline writes to, it would be about
 * deliveries. Nor are log groups of forwarders that this very plan may take away, when a log group has left its own stream: a
 * filter would come while its log group goes.
 *
 * @param own the pipeline's own log groups, a list
 */
export function findLogGroups({ scope, inputs }: Context, own: Expression): FoundLogGroups {
  const prefixes = inputs.logGroupPrefixes;
  const data = new DataAwsCloudwatchLogGroups(scope, "log_groups_by_prefix", {
    forEach: TerraformIterator.fromMap(prefixes.map),
    logGroupNamePrefix: hcl`each.key`.string,
  });
  const ofPrefix = hcl`{ for name in ${data.fqn}[prefix].log_group_names : name => merge(subscription, { prefix = prefix }) }`;
  const all = hcl`merge([for prefix, subscription in ${prefixes} : ${ofPrefix}]...)`;
  const ofLogGroups = hcl`[for key in keys(${inputs.logGroups}) : join("/", ["/aws/lambda", ${laneNameAtPlan(inputs.name)}])]`;
  const known = new TerraformLocal(
    scope,
    "known_log_groups",
    hcl`concat(keys(${inputs.logGroups}), ${own}, ${ofLogGroups})`,
  );
  const isFound = hcl`alltrue(${[
    hcl`!contains(${known.expression}, name)`,
    hcl`!contains(found.exclude, name)`,
    hcl`!startswith(name, ${DOMAINS_LOGS_PREFIX})`,
    hcl`!can(regex(join("", ["^/aws/lambda/", ${inputs.name}, "_[A-Za-z0-9-]{1,28}_[0-9a-f]{10}$"]), name))`,
  ]})`;
  const local = new TerraformLocal(
    scope,
    "found_log_groups",
    hcl`{ for name, found in ${all} : name => found if ${isFound} }`,
  );
  const byName = hcl`${local.expression}`;
  return {
    byName,
    namesByPrefix: hcl`{ for prefix in keys(${prefixes}) : prefix => [for name, found in ${byName} : name if found.prefix == prefix] }`,
  };
}

/**
 * Violated by the log group of the domain's audit logs. It is not left out by its name, as the pipeline's own are: where a plan makes that
 * log group, it does not know its ARN yet, and `for_each` takes no names that may change.
 */
export const auditLogsAreExcluded = ({ inputs }: Context, { byName }: FoundLogGroups): Precondition => {
  const { auditLogGroupArn } = inputs.searchDomain;
  const audited = hcl`[for arn in [${auditLogGroupArn}] : split(":", arn)[6] if arn != null]`;
  return precondition(
    "log_group_prefixes",
    "any log group but that of search_domain.audit_log_group_arn: what it says about a request would be the next request, for ever. Name it in exclude",
    hcl`[for name in keys(${byName}) : name if contains(${audited}, name)]`,
  );
};
