import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import type { FirehoseTransformEnvironment } from "../../../core/settings/firehose-transform";
import { createFunction } from "../../aws/function";
import { assumedByLambda, decryptEnvironment, writeOwnLogs } from "../../aws/function-role";
import { policy, statementIf } from "../../aws/policy";
import { ownMessageVariables } from "../../logging-pipeline/messages";
import { metricsNamespace } from "../../logging-pipeline/metrics-namespace";
import { namesOf } from "../../logging-pipeline/own-log-groups";
import { type Expression, hcl } from "../../terraform/expression";
import { functionZip } from "../../terraform/function-package";
import type { SearchDeliveryContext } from "./context";

/** The function's name. */
export const transformName = ({ inputs }: SearchDeliveryContext): string =>
  namesOf(inputs.name.string).firehoseTransform;

/** The namespace of its metrics; "": none. */
export const transformNamespace = ({ inputs, name }: SearchDeliveryContext): Expression =>
  metricsNamespace({ ...inputs, name: hcl`${name}` });

/** The function that turns a record into a document, with its log group and role. */
export function createTransform(context: SearchDeliveryContext): LambdaFunction {
  const { scope, inputs } = context;
  const { role, policy } = createRole(context);
  return createFunction(scope, inputs, {
    ids: { logGroup: "function_log_group", lambda: "function" },
    name: transformName(context),
    description: "Turns records of applications into documents for search",
    zipPath: functionZip(scope, "firehose-transform"),
    memoryMib: inputs.functionMemoryMib.number,
    timeoutSeconds: inputs.functionTimeoutSeconds.number,
    logRetentionInDays: inputs.logRetentionInDays.number,
    kmsKeyArn: inputs.kmsKeyArn.string,
    role: { arn: role.arn, policy },
    variables: transformVariables(context),
  });
}

/** It reads nothing and writes nothing but its log: records come with the call, and documents go with the answer. */
function createRole(context: SearchDeliveryContext) {
  const { scope, inputs, account } = context;
  const name = transformName(context);
  const role = new IamRole(scope, "function_role", {
    name: `${inputs.name}-${account.region}-firehose-transform`,
    description: "The function that transforms records writes its log",
    assumeRolePolicy: policy(...assumedByLambda(account, inputs.enforceLambdaSourceAccount)),
    permissionsBoundary: inputs.permissionsBoundaryArn.string,
    tags: inputs.tags.map,
  });
  const rolePolicy = new IamRolePolicy(scope, "function_role_policy", {
    name: "log",
    role: role.name,
    policy: policy(
      ...writeOwnLogs(account, name),
      statementIf(hcl`${inputs.kmsKeyArn} != null`, decryptEnvironment(account, name, inputs.kmsKeyArn.string)),
    ),
  });
  return { role, policy: rolePolicy };
}

/** The function's environment variables. */
export function transformVariables(context: SearchDeliveryContext) {
  const { inputs } = context;
  return {
    DESTINATION: "search",
    TIME_FIELD: inputs.timeField.string,
    PARSER: inputs.parser.string,
    PARSER_FIELDS: inputs.parserFields.string,
    ...ownMessageVariables(inputs),
    METRICS_NAMESPACE: transformNamespace(context).string,
  } satisfies Record<keyof FirehoseTransformEnvironment, string>;
}
