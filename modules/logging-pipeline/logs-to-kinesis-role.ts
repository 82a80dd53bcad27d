import { PolicyDocument } from "../aws/policy";
import { createServiceRole, type RoleWithPolicy } from "../aws/role";
import { hcl } from "../terraform/expression";
import type { Context } from "./context";
import type { PipelineKey } from "./key";
import { putIntoStreams } from "./stream-arns";

/** The role of CloudWatch Logs, and what it needs if it exists. */
export interface LogsToKinesisRole extends RoleWithPolicy {
  readonly document: PolicyDocument;
  readonly trust: PolicyDocument;
}

/** The role that CloudWatch Logs assumes to put log events into the streams. */
export function createLogsToKinesisRole(context: Context, key: PipelineKey): LogsToKinesisRole {
  const { scope, inputs, account } = context;
  const trust = new PolicyDocument([
    {
      Sid: "CloudWatchLogsOfThisAccount",
      Effect: "Allow",
      // In China and the isolated regions this one ends in the partition's own suffix, unlike Lambda's and Firehose's.
      Principal: { Service: `logs.${account.dnsSuffix}` },
      Action: "sts:AssumeRole",
      Condition: {
        StringEquals: { "aws:SourceAccount": account.id },
        ArnLike: { "aws:SourceArn": account.arn("logs", "*") },
      },
    },
  ]);
  const document = putIntoStreams(context, key);
  const role = createServiceRole(scope, {
    id: "logs_to_kinesis_role",
    isCreated: inputs.createLogsToKinesisRole,
    existingArn: inputs.logsToKinesisRoleArn,
    // The filters are created before they are destroyed, and so is what they depend on: under another path, it needs another name.
    name: `${inputs.name}-${account.region}-logs-to-kinesis${hcl`${inputs.rolePath} == "/" ? "" : format("-%.6s", sha256(${inputs.rolePath}))`}`,
    path: inputs.rolePath.string,
    description: "CloudWatch Logs puts log events into Kinesis streams",
    assumedBy: trust,
    permissionsBoundary: inputs.permissionsBoundaryArn.string,
    tags: inputs.tags.map,
    policyName: "put-records",
    policy: document,
  });
  return { ...role, document, trust };
}
