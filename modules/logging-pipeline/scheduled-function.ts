import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import { createFunction, functionLogGroup } from "../aws/function";
import { type ConditionalStatement, policy, type Statement } from "../aws/policy";
import { countIf } from "../terraform/count";
import { type Expression, hcl, requiredText } from "../terraform/expression";
import type { Context } from "./context";
import { addVpc } from "./function-vpc";
import type { PipelineKey } from "./key";

/** Lambda queues what the schedule sends, so a run is late only while Lambda does not answer. */
const RETRIED_SECONDS = 3_600;
const RETRIES = 10;

/** The longest that Lambda knows: a run ends by itself when it is done. */
const TIMEOUT_SECONDS = 900;

/** A role that there may not be: its ARN is then null. */
export interface OptionalRole {
  readonly name: Expression;
  readonly arn: Expression;
  readonly policy: IamRolePolicy;
}

export interface ScheduledFunctionProps {
  /** Whether there is one. */
  readonly isCreated: Expression;
  /** Of the constructs; `_` between words. */
  readonly id: string;
  /** Ends the names of the function and its roles. */
  readonly name: string;
  /** Of the pipeline. */
  readonly logGroupName: string;
  /** What the function does, as its description. */
  readonly description: string;
  readonly scheduleDescription: string;
  /** Names the function in the description of the schedule's role. */
  readonly who: string;
  readonly schedule: Expression;
  readonly timezone: Expression;
  readonly memoryMib: number;
  readonly zipPath: string;
  readonly key: PipelineKey;
  readonly role: OptionalRole;
  readonly variables: Readonly<Record<string, string>>;
  /** What the schedule invokes it with, as JSON. @default EventBridge Scheduler's own event */
  readonly input?: string;
}

/** A function that a schedule invokes, with its log group, its schedule and the role of that. @returns its name; null: none */
export function createScheduledFunction(context: Context, props: ScheduledFunctionProps): Expression {
  const { scope, inputs } = context;
  const { id, isCreated, key, role } = props;
  const count = () => countIf(isCreated);
  // Without the "_" of the forwarders' names, which a log group of that name would have, too.
  const name = hcl`join("-", [${inputs.name}, ${props.name}])`.string;
  const lambda = createFunction(scope, inputs, {
    ids: { logGroup: `${id}_log_group`, lambda: `${id}_function` },
    repeated: () => ({ count: count() }),
    name,
    logGroupName: functionLogGroup(props.logGroupName),
    description: props.description,
    zipPath: props.zipPath,
    memoryMib: props.memoryMib,
    timeoutSeconds: TIMEOUT_SECONDS,
    logRetentionInDays: inputs.functionLogRetentionInDays.number,
    kmsKeyArn: key.arn,
    role: { arn: role.arn.string, policy: role.policy },
    variables: props.variables,
  });
  addVpc(lambda, inputs);
  const scheduleRole = createScheduleRole(context, props);
  new SchedulerSchedule(scope, `${id}_schedule`, {
    count: count(),
    name,
    description: props.scheduleDescription,
    scheduleExpression: requiredText(props.schedule),
    scheduleExpressionTimezone: props.timezone.string,
    flexibleTimeWindow: { mode: "OFF" },
    target: {
      arn: hcl`one(${lambda.fqn}[*].arn)`.string,
      roleArn: scheduleRole.arn.string,
      ...(props.input !== undefined && { input: props.input }),
      retryPolicy: { maximumEventAgeInSeconds: RETRIED_SECONDS, maximumRetryAttempts: RETRIES },
    },
    dependsOn: [scheduleRole.policy],
  });
  return hcl`one(${lambda.fqn}[*].function_name)`;
}

/** The role with which the schedule invokes the function. */
function createScheduleRole(context: Context, { id, name, who, isCreated }: ScheduledFunctionProps): OptionalRole {
  const { account, inputs } = context;
  const functionArn = account.arn("lambda", `function:${inputs.name}-${name}`);
  return createOptionalRole(context, {
    isCreated,
    id: `${id}_schedule`,
    name: `${name}-schedule`,
    description: `EventBridge Scheduler invokes the ${who}`,
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

interface OptionalRoleProps {
  readonly isCreated: Expression;
  /** Of the constructs; `_` between words. */
  readonly id: string;
  /** Ends the role's name. */
  readonly name: string;
  readonly description: string;
  readonly assumedBy: readonly (Statement | ConditionalStatement)[];
  readonly statements: readonly (Statement | ConditionalStatement)[];
}

/** A role with its policy, if `isCreated`. */
export function createOptionalRole({ scope, inputs, account }: Context, props: OptionalRoleProps): OptionalRole {
  const role = new IamRole(scope, `${props.id}_role`, {
    count: countIf(props.isCreated),
    name: `${inputs.name}-${account.region}-${props.name}`,
    path: inputs.rolePath.string,
    description: props.description,
    assumeRolePolicy: policy(...props.assumedBy),
    permissionsBoundary: inputs.permissionsBoundaryArn.string,
    tags: inputs.tags.map,
  });
  const rolePolicy = new IamRolePolicy(scope, `${props.id}_role_policy`, {
    count: countIf(props.isCreated),
    name: props.name,
    role: hcl`one(${role.fqn}[*].name)`.string,
    policy: policy(...props.statements),
  });
  return { name: hcl`one(${role.fqn}[*].name)`, arn: hcl`one(${role.fqn}[*].arn)`, policy: rolePolicy };
}
