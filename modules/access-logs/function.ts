import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import type { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import type { RoleWithPolicy } from "../aws/role";
import { addVpc } from "../logging-pipeline/function-vpc";
import { hcl } from "../terraform/expression";
import type { AccessLogsContext } from "./context";
import { functionVariables } from "./environment";

export interface AccessLogsFunctionProps {
  readonly queue: SqsQueue;
  readonly role: RoleWithPolicy;
  /** Path of the zip, as a Terraform expression. */
  readonly zipPath: string;
}

/** The function, with its log group and the event source mapping that invokes it. */
export function createAccessLogsFunction(context: AccessLogsContext, props: AccessLogsFunctionProps): LambdaFunction {
  const { scope, inputs, prefix, archiveBucket } = context;
  const { queue, role, zipPath } = props;
  const logGroup = new CloudwatchLogGroup(scope, "function_log_group", {
    name: `/aws/lambda/${prefix}`,
    retentionInDays: inputs.functionLogRetentionInDays.number,
    kmsKeyId: inputs.kmsKeyArn.string,
    tags: inputs.tags.map,
  });
  const lambda = new LambdaFunction(scope, "function", {
    functionName: prefix,
    description: "Delivers access logs in S3 to search",
    filename: zipPath,
    sourceCodeHash: hcl`filebase64sha256(${zipPath})`.string,
    handler: "index.handler",
    runtime: inputs.functionRuntime.string,
    architectures: [inputs.functionArchitecture.string],
    memorySize: inputs.functionMemoryMib.number,
    timeout: inputs.functionTimeoutSeconds.number,
    role: role.role.arn,
    kmsKeyArn: inputs.kmsKeyArn.string,
    tracingConfig: { mode: "Active" },
    environment: { variables: functionVariables(context, { queueUrl: queue.url, archiveBucket }) },
    tags: inputs.tags.map,
    // Otherwise Lambda creates the log group, without expiration. It also checks the role when the function is created.
    dependsOn: [logGroup, role.policy],
  });
  addVpc(lambda, inputs);
  new LambdaEventSourceMapping(scope, "event_source_mapping", {
    eventSourceArn: queue.arn,
    functionName: lambda.arn,
    batchSize: inputs.batchSize.number,
    maximumBatchingWindowInSeconds: inputs.maximumBatchingWindowInSeconds.number,
    functionResponseTypes: ["ReportBatchItemFailures"],
    scalingConfig: { maximumConcurrency: inputs.maximumConcurrency.number },
    tags: inputs.tags.map,
    dependsOn: [role.policy],
  });
  return lambda;
}
