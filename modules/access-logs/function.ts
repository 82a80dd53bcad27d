import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping";
import type { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { createFunction } from "../aws/function";
import type { RoleWithPolicy } from "../aws/role";
import { addVpc } from "../logging-pipeline/function-vpc";
import type { AccessLogsContext } from "./context";
import { functionVariables } from "./environment";

export interface AccessLogsFunctionProps {
  readonly queue: SqsQueue;
  readonly role: RoleWithPolicy;
  /** Path of the zip, as a Terraform expression. */
  readonly zipPath: string;
}

/** The function, with its log group and the event source mapping that invokes it. */
export function createAccessLogsFunction(context: AccessLogsContext, props: AccessLogsFunctionProps) {
  const { scope, inputs, prefix, archiveBucket } = context;
  const { queue, role, zipPath } = props;
  const lambda = createFunction(scope, inputs, {
    ids: { logGroup: "function_log_group", lambda: "function" },
    name: prefix,
    description: "Delivers access logs in S3 to search",
    zipPath,
    memoryMib: inputs.functionMemoryMib.number,
    timeoutSeconds: inputs.functionTimeoutSeconds.number,
    logRetentionInDays: inputs.functionLogRetentionInDays.number,
    reservedConcurrentExecutions: inputs.reservedConcurrentExecutions.number,
    kmsKeyArn: inputs.kmsKeyArn.string,
    role,
    variables: functionVariables(context, { queueUrl: queue.url, archiveBucket }).map,
  });
  addVpc(lambda, inputs);
  const mapping = new LambdaEventSourceMapping(scope, "event_source_mapping", {
    eventSourceArn: queue.arn,
    functionName: lambda.arn,
    batchSize: inputs.batchSize.number,
    maximumBatchingWindowInSeconds: inputs.maximumBatchingWindowInSeconds.number,
    functionResponseTypes: ["ReportBatchItemFailures"],
    scalingConfig: { maximumConcurrency: inputs.maximumConcurrency.number },
    tags: inputs.tags.map,
    dependsOn: [role.policy],
  });
  return { lambda, mapping };
}
