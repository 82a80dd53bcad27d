import { CloudwatchLogDestination } from "@cdktf/provider-aws/lib/cloudwatch-log-destination";
import { CloudwatchLogDestinationPolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-destination-policy";
import type { ITerraformDependable, Precondition } from "cdktf";
import { PolicyDocument, statementIf } from "../aws/policy";
import { createServiceRole } from "../aws/role";
import { precondition } from "../inputs/constraints";
import { countIf } from "../terraform/count";
import { type Expression, hcl } from "../terraform/expression";
import type { Context } from "./context";
import type { PipelineKey } from "./key";
import { putIntoStreams, sharedStreamArn } from "./stream-arns";

/** What other accounts need to know, null without a destination, and what its role needs if it exists. */
export interface LogDestination {
  readonly arn: Expression;
  readonly lines: Expression;
  readonly roleTrust: PolicyDocument;
}

const isMade = ({ inputs }: Context): Expression => hcl`${inputs.logDestination.stream} != null`;

/** Violated by the pipeline's own account, whose log groups of forwarders might then be subscribed to their own stream. */
export const sourcesAreOthers = ({ account, inputs }: Context): Precondition =>
  precondition(
    "log_destination.account_ids",
    `accounts other than the pipeline's own, ${account.id}, whose log groups log_groups, log_group_prefixes and account_subscription subscribe without those that would be delivered for ever`,
    hcl`[for id in coalesce(${inputs.logDestination.accountIds}, []) : id if id == ${account.id}]`,
  );

/** The destination to which other accounts subscribe log groups, with its policy, and the role by which CloudWatch Logs writes to its stream. */
export function createLogDestination(
  context: Context,
  key: PipelineKey,
  streams: ITerraformDependable,
): LogDestination {
  const { scope, inputs, account } = context;
  const { stream, organizationId, accountIds, roleArn } = inputs.logDestination;
  const trust = trustOf(context);
  const role = createServiceRole(scope, {
    id: "log_destination_role",
    isCreated: hcl`${isMade(context)} && ${roleArn} == null`,
    existingArn: roleArn,
    name: `${inputs.name}-${account.region}-log-destination`,
    path: inputs.rolePath.string,
    description: "CloudWatch Logs puts log events of other accounts into a Kinesis stream",
    assumedBy: trust,
    permissionsBoundary: inputs.permissionsBoundaryArn.string,
    tags: inputs.tags.map,
    policyName: "put-records",
    policy: putIntoStreams(context, key),
  });
  const arn = account.arn("logs", `destination:${inputs.name}`);
  const destination = new CloudwatchLogDestination(scope, "log_destination", {
    count: countIf(isMade(context)),
    name: inputs.name.string,
    // Terraform rejects null where it knows it before it looks at `count`, as in an app without log_destination.
    roleArn: hcl`${role.arn} == null ? "" : ${role.arn}`.string,
    targetArn: sharedStreamArn(context, stream).string,
    tags: inputs.tags.map,
    // CloudWatch Logs sends a test record when the destination is created.
    dependsOn: [streams, role.policy],
  });
  const subscribe = {
    Effect: "Allow",
    Action: ["logs:PutSubscriptionFilter", "logs:PutAccountPolicy"],
    Resource: arn,
  } as const;
  new CloudwatchLogDestinationPolicy(scope, "log_destination_policy", {
    count: countIf(isMade(context)),
    destinationName: hcl`one(${destination.fqn}[*].name)`.string,
    // Else a destination that accounts have used so far cannot become an organization's.
    forceUpdate: hcl`${organizationId} != null`,
    accessPolicy: new PolicyDocument([
      statementIf(hcl`${accountIds} != null`, {
        Sid: "AccountsSubscribe",
        ...subscribe,
        Principal: { AWS: accountIds.list },
      }),
      statementIf(hcl`${organizationId} != null`, {
        Sid: "OrganizationSubscribes",
        ...subscribe,
        Principal: "*",
        Condition: { StringEquals: { "aws:PrincipalOrgID": organizationId.string } },
      }),
    ]).string,
  });
  const orNull = (value: Expression) => hcl`${isMade(context)} ? ${value} : null`;
  return {
    arn: orNull(hcl`${arn}`),
    lines: orNull(
      hcl`join("\n", [join("", ["destination_arn = ", jsonencode(${arn})]), "distribution    = \"Random\""])`,
    ),
    roleTrust: trust,
  };
}

/** The test record comes on this account's behalf, and log events on those of their sources (CloudWatch Logs User Guide, Create a destination). */
function trustOf({ inputs, account }: Context): PolicyDocument {
  const { organizationId, accountIds } = inputs.logDestination;
  const assume = {
    Effect: "Allow",
    Principal: { Service: `logs.${account.dnsSuffix}` },
    Action: "sts:AssumeRole",
  } as const;
  const begin = `arn:${account.partition}:logs:${account.region}`;
  const sources = hcl`formatlist(${`${begin}:%s:*`}, concat([${account.id}], coalesce(${accountIds}, [])))`;
  return new PolicyDocument([
    { Sid: "CloudWatchLogsOfAccounts", ...assume, Condition: { ArnLike: { "aws:SourceArn": sources.list } } },
    statementIf(hcl`${organizationId} != null`, {
      Sid: "CloudWatchLogsOfOrganization",
      ...assume,
      Condition: { StringEquals: { "aws:SourceOrgID": organizationId.string } },
    }),
  ]);
}
