import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { assumedByLambda, decryptEnvironment, writeOwnLogs } from "../aws/function-role";
import { type ConditionalStatement, policy, type Statement, statementIf } from "../aws/policy";
import type { Values } from "../inputs/values";
import { countIf } from "../terraform/count";
import { type Expression, hcl } from "../terraform/expression";
import type { Context } from "./context";
import { attachToVpc } from "./function-vpc";
import type { pipelineInputs } from "./inputs";
import type { PipelineKey } from "./key";
import { isSignedFor, readCredentials } from "./search-endpoint";

type Inputs = Values<typeof pipelineInputs>;

/** A role that there may not be: its ARN is then null. */
export interface IndexCleanupRole {
  readonly name: Expression;
  readonly arn: Expression;
  readonly policy: IamRolePolicy;
}

/** Whether the pipeline has a clean-up function. */
export const isCleanedUp = ({ indexCleanup }: Inputs): Expression => hcl`${indexCleanup.schedule} != null`;

const countOf = (inputs: Inputs) => countIf(isCleanedUp(inputs));

/** The role of the clean-up function. */
export function createIndexCleanupRole(context: Context, key: PipelineKey): IndexCleanupRole {
  const { inputs, account, searchDomainArn } = context;
  return createRole(context, {
    id: "index_cleanup",
    name: "index-cleanup",
    description: "The clean-up function lists and deletes indices of the search endpoint",
    assumedBy: assumedByLambda(account, inputs.enforceLambdaSourceAccount),
    statements: [
      decryptEnvironment(account, `${inputs.name}-index-cleanup`, key.arn),
      ...writeOwnLogs(account, `${inputs.name}-index-cleanup`),
      ...cleanUpIndices("", inputs, searchDomainArn, isSignedFor(searchDomainArn, inputs)),
      ...readCredentials(inputs, account),
      attachToVpc(inputs),
    ],
  });
}

/**
 * Lets the clean-up function list the indices, read the mappings of those with the pipeline's prefixes, and delete these.
 *
 * @param who begins the ids of the statements
 * @param domain ARN of the domain
 * @param condition under which the domain exists
 */
export function cleanUpIndices(
  who: string,
  inputs: Inputs,
  domain: string,
  condition: Expression,
  principal: Pick<Statement, "Principal"> = {},
) {
  const prefixes = hcl`distinct(concat([${inputs.indexPrefix}], [for names in values(${inputs.indexHistory}) : names.prefix]))`;
  const allow = (Sid: string, Action: string, Resource: readonly string[]) =>
    statementIf(condition, { Sid, Effect: "Allow", ...principal, Action, Resource });
  return [
    allow(`${who}ListIndices`, "es:ESHttpGet", [`${domain}/_cat/indices/*`, `${domain}/_cat/allocation`]),
    allow(`${who}ReadMappings`, "es:ESHttpGet", hcl`formatlist("%s/%s*/_mapping", ${domain}, ${prefixes})`.list),
    allow(`${who}DeleteIndices`, "es:ESHttpDelete", hcl`formatlist("%s/%s*", ${domain}, ${prefixes})`.list),
  ];
}

/** The role with which the schedule invokes the function. */
export function createScheduleRole(context: Context): IndexCleanupRole {
  const { account, inputs } = context;
  const functionArn = account.arn("lambda", `function:${inputs.name}-index-cleanup`);
  return createRole(context, {
    id: "index_cleanup_schedule",
    name: "index-cleanup-schedule",
    description: "EventBridge Scheduler invokes the clean-up function",
    assumedBy: [
      {
        Sid: "SchedulesOfThisAccount",
        Effect: "Allow",
        Principal: { Service: "scheduler.amazonaws.com" },
        Action: "sts:AssumeRole",
        // Of a schedule the group is the source (EventBridge Scheduler User Guide, Confused deputy prevention).
        Condition: {
          StringEquals: {
            "aws:SourceAccount": account.id,
            "aws:SourceArn": account.arn("scheduler", "schedule-group/default"),
          },
        },
      },
    ],
    statements: [{ Sid: "Invoke", Effect: "Allow", Action: "lambda:InvokeFunction", Resource: functionArn }],
  });
}

interface RoleProps {
  /** Of the constructs; `_` between words. */
  readonly id: string;
  /** Ends the role's name. */
  readonly name: string;
  readonly description: string;
  readonly assumedBy: readonly (Statement | ConditionalStatement)[];
  readonly statements: readonly (Statement | ConditionalStatement)[];
}

function createRole({ scope, inputs, account }: Context, props: RoleProps): IndexCleanupRole {
  const role = new IamRole(scope, `${props.id}_role`, {
    count: countOf(inputs),
    name: `${inputs.name}-${account.region}-${props.name}`,
    path: inputs.rolePath.string,
    description: props.description,
    assumeRolePolicy: policy(...props.assumedBy),
    permissionsBoundary: inputs.permissionsBoundaryArn.string,
    tags: inputs.tags.map,
  });
  const rolePolicy = new IamRolePolicy(scope, `${props.id}_role_policy`, {
    count: countOf(inputs),
    name: props.name,
    role: hcl`one(${role.fqn}[*].name)`.string,
    policy: policy(...props.statements),
  });
  return { name: hcl`one(${role.fqn}[*].name)`, arn: hcl`one(${role.fqn}[*].arn)`, policy: rolePolicy };
}
