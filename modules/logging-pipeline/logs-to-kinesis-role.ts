import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { policy } from "../aws/policy";
import type { RoleWithPolicy } from "../aws/role";
import type { Context } from "./context";
import type { PipelineKey } from "./key";

/** The role that CloudWatch Logs assumes to put log events into the streams. */
export function createLogsToKinesisRole({ scope, inputs, account }: Context, key: PipelineKey): RoleWithPolicy {
  const role = new IamRole(scope, "logs_to_kinesis_role", {
    name: `${inputs.name}-${account.region}-logs-to-kinesis`,
    description: "CloudWatch Logs puts log events into Kinesis streams",
    assumeRolePolicy: policy({
      Sid: "CloudWatchLogsOfThisAccount",
      Effect: "Allow",
      // In China and the isolated regions this one ends in the partition's own suffix, unlike Lambda's and Firehose's.
      Principal: { Service: `logs.${account.dnsSuffix}` },
      Action: "sts:AssumeRole",
      Condition: {
        StringEquals: { "aws:SourceAccount": account.id },
        ArnLike: { "aws:SourceArn": account.arn("logs", "*") },
      },
    }),
    permissionsBoundary: inputs.permissionsBoundaryArn.string,
    tags: inputs.tags.map,
  });
  const rolePolicy = new IamRolePolicy(scope, "logs_to_kinesis_role_policy", {
    name: "put-records",
    role: role.name,
    policy: policy(
      {
        Sid: "PutRecords",
        Effect: "Allow",
        Action: ["kinesis:PutRecord", "kinesis:PutRecords"],
        Resource: account.arn("kinesis", `stream/${inputs.name}_*`),
      },
      {
        Sid: "EncryptRecords",
        Effect: "Allow",
        Action: "kms:GenerateDataKey",
        Resource: key.arn,
        Condition: { StringEquals: { "kms:ViaService": `kinesis.${account.region}.${account.dnsSuffix}` } },
      },
    ),
  });
  return { role, policy: rolePolicy };
}
