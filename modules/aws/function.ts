import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import type { ITerraformDependable, ITerraformIterator, TerraformCount } from "cdktf";
import type { Construct } from "constructs";
import type { functionOptions } from "../inputs/function-options";
import { type Expression, hcl } from "../terraform/expression";

/** The inputs that every construct with a function has. */
type Inputs = Readonly<
  Record<"functionRuntime" | "functionArchitecture" | "tags" | keyof typeof functionOptions, Expression>
>;

export interface FunctionProps {
  /** Ids of the constructs, which decide the addresses in Terraform. */
  readonly ids: { readonly logGroup: string; readonly lambda: string };
  readonly name: string;
  /** @default /aws/lambda/<name>, where Lambda writes */
  readonly logGroupName?: string;
  readonly description: string;
  /** Path of the zip, as a Terraform expression. */
  readonly zipPath: string;
  readonly memoryMib: number;
  readonly timeoutSeconds: number;
  readonly logRetentionInDays: number;
  /** Of the log group and the environment. */
  readonly kmsKeyArn: string;
  readonly role: { readonly arn: string; readonly policy: ITerraformDependable };
  readonly variables: Readonly<Record<string, string>>;
  /** @default as many invocations at the same time as the account has room for */
  readonly reservedConcurrentExecutions?: number;
  /** What makes several of both, or none; each gets its own. */
  readonly repeated?: () => { readonly forEach?: ITerraformIterator; readonly count?: TerraformCount };
}

/** The log group of a function. @param name of the function */
export const functionLogGroup = (name: string): string => `/aws/lambda/${name}`;

/** A function of this repository, with its log group. */
export function createFunction(scope: Construct, inputs: Inputs, props: FunctionProps): LambdaFunction {
  const { ids, name, zipPath, kmsKeyArn, role, repeated = () => ({}) } = props;
  const tags = inputs.tags.map;
  const logGroup = new CloudwatchLogGroup(scope, ids.logGroup, {
    ...repeated(),
    name: props.logGroupName ?? functionLogGroup(name),
    retentionInDays: props.logRetentionInDays,
    kmsKeyId: kmsKeyArn,
    tags,
  });
  const lambda = new LambdaFunction(scope, ids.lambda, {
    ...repeated(),
    functionName: name,
    description: props.description,
    filename: zipPath,
    sourceCodeHash: hcl`filebase64sha256(${zipPath})`.string,
    handler: "index.handler",
    runtime: inputs.functionRuntime.string,
    architectures: [inputs.functionArchitecture.string],
    memorySize: props.memoryMib,
    timeout: props.timeoutSeconds,
    role: role.arn,
    kmsKeyArn,
    tracingConfig: { mode: inputs.functionTracingMode.string },
    ...(props.reservedConcurrentExecutions !== undefined && {
      reservedConcurrentExecutions: props.reservedConcurrentExecutions,
    }),
    environment: { variables: props.variables },
    tags,
    // Otherwise Lambda creates the log group, unencrypted and without expiration. It also checks the role when the function is created.
    dependsOn: [logGroup, role.policy],
  });
  lambda.addOverride("dynamic.logging_config", {
    for_each: hcl`${inputs.functionLogFormat} == null ? [] : [true]`,
    content: {
      log_format: inputs.functionLogFormat,
      application_log_level: inputs.functionApplicationLogLevel,
      system_log_level: inputs.functionSystemLogLevel,
    },
  });
  return lambda;
}
