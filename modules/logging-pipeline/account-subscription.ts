import { CloudwatchLogAccountPolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-account-policy";
import { type ITerraformDependable, type Precondition, TerraformLocal } from "cdktf";
import type { RoleWithPolicy } from "../aws/role";
import { precondition } from "../inputs/constraints";
import { thousands } from "../inputs/rules";
import { countIf } from "../terraform/count";
import { type Expression, hcl } from "../terraform/expression";
import type { Context } from "./context";
import { DOMAIN_LOGS, DOMAINS_LOGS_PREFIX } from "./domain-log-types";
import type { Lanes } from "./lanes";
import type { FoundLogGroups } from "./log-group-prefixes";
import { sharedStreamArn } from "./stream-arns";

/** CloudWatch Logs API Reference, PutAccountPolicy: selectionCriteria "can be up to 25KB in length". The smaller KB. */
const MAX_CRITERIA_BYTES = 25_000;

export interface AccountSubscriptionPolicyProps {
  readonly lanes: Lanes;
  readonly found: FoundLogGroups;
  /** The pipeline's own log groups, a list. */
  readonly own: Expression;
}

/** The subscription of all log groups of the account, and what it leaves out. */
export class AccountSubscriptionPolicy {
  /** Names of log groups, null without a subscription. */
  readonly excluded: Expression;
  private readonly criteria: Expression;
  /** What a precondition compares, as Terraform shows all that its condition names, and the criteria would fill a screen. */
  private readonly size: Expression;

  constructor(
    private readonly context: Context,
    { lanes, found, own: ofPipeline }: AccountSubscriptionPolicyProps,
  ) {
    const { scope, inputs } = context;
    const { accountSubscription } = inputs;
    // A log group with a filter of the pipeline's would be delivered twice.
    const subscribed = hcl`concat(keys(${lanes.groupsByName}), keys(${found.byName}))`;
    const own = hcl`concat(${ofPipeline}, ${logGroupsOfExistingDomain(context)})`;
    const all = hcl`sort(distinct(concat(${own}, ${subscribed}, ${accountSubscription.exclude})))`;
    const excluded = new TerraformLocal(scope, "excluded_log_groups", hcl`${this.isMade} ? ${all} : null`);
    this.excluded = hcl`${excluded.expression}`;
    const names = hcl`join(", ", [for name in coalesce(${this.excluded}, []) : jsonencode(name)])`;
    const criteria = hcl`join("", ["LogGroupName NOT IN [", ${names}, "]"])`;
    this.criteria = hcl`${new TerraformLocal(scope, "selection_criteria", criteria).expression}`;
    const size = hcl`{ log_groups = length(coalesce(${this.excluded}, [])), bytes = length(${this.criteria}) }`;
    this.size = hcl`${new TerraformLocal(scope, "selection_size", size).expression}`;
  }

  private get isMade(): Expression {
    return hcl`${this.context.inputs.accountSubscription.stream} != null`;
  }

  /** Violated by more names than AWS takes: those it would not get would be delivered for ever. Names of log groups are ASCII. */
  get criteriaFit(): Precondition {
    return precondition(
      "account_subscription",
      `what leaves out log groups in up to ${thousands(MAX_CRITERIA_BYTES)} bytes: the pipeline's own, those that it subscribes by log_groups and log_group_prefixes, and exclude ` +
        "(CloudWatch Logs API Reference, PutAccountPolicy). Take log groups out of the other two, as the subscription of the account delivers them without a name, or exclude fewer",
      hcl`${this.isMade} ? [for given in [${this.size}] : given if given.bytes > ${MAX_CRITERIA_BYTES}] : []`,
    );
  }

  /**
   * Makes the policy.
   *
   * @param filters before which a log group must not lose this subscription, and after which it must not get it back
   */
  create(role: RoleWithPolicy, streams: ITerraformDependable, filters: ITerraformDependable): void {
    const { scope, inputs } = this.context;
    const { stream, filterPattern, distribution } = inputs.accountSubscription;
    const document = {
      DestinationArn: sharedStreamArn(this.context, stream),
      RoleArn: role.arn,
      FilterPattern: filterPattern,
      Distribution: distribution,
    };
    new CloudwatchLogAccountPolicy(scope, "account_subscription", {
      count: countIf(this.isMade),
      policyName: inputs.name.string,
      policyType: "SUBSCRIPTION_FILTER_POLICY",
      policyDocument: hcl`jsonencode(${document})`.string,
      scope: "ALL",
      selectionCriteria: this.criteria.string,
      // CloudWatch Logs sends a test record, as for a filter.
      dependsOn: [streams, filters, role.policy],
    });
  }
}

/** Those of a domain that was there before, which may say something about each delivery. */
function logGroupsOfExistingDomain({ inputs }: Context): Expression {
  const { searchDomainArn, searchDomain } = inputs;
  const ends = Object.values(DOMAIN_LOGS);
  const ofDomain = hcl`[for end in ${ends} : join("", [${DOMAINS_LOGS_PREFIX}, split("/", arn)[1], "/", end])]`;
  const named = hcl`flatten([for arn in [${searchDomainArn}] : ${ofDomain} if arn != null])`;
  const audited = hcl`[for arn in [${searchDomain.auditLogGroupArn}] : split(":", arn)[6] if arn != null]`;
  return hcl`concat(${named}, ${audited})`;
}
