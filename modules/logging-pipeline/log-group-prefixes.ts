import { DataAwsCloudwatchLogGroups } from "@cdktf/provider-aws/lib/data-aws-cloudwatch-log-groups";
import { type Precondition, TerraformIterator, TerraformLocal } from "cdktf";
import { precondition } from "../inputs/constraints";
import { type Expression, hcl } from "../terraform/expression";
import type { Context } from "./context";
import { DOMAINS_LOGS_PREFIX } from "./domain-log-types";

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
 * deliveries.
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
  const isOther = [hcl`keys(${inputs.logGroups})`, own, hcl`found.exclude`].map(
    (names) => hcl`!contains(${names}, name)`,
  );
  const isFound = hcl`alltrue(${[...isOther, hcl`!startswith(name, ${DOMAINS_LOGS_PREFIX})`]})`;
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
