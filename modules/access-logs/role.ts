import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { assumedByLambda, decryptEnvironment, writeOwnLogs } from "../aws/function-role";
import { type ConditionalStatement, policy, type Statement, statementIf } from "../aws/policy";
import type { RoleWithPolicy } from "../aws/role";
import { useOfKey, viaService } from "../aws/via-service";
import { type ArchiveWriter, writerStatements, writersKeyStatement } from "../log-archive/writers";
import { attachToVpc } from "../logging-pipeline/function-vpc";
import { keepTemplateAndPolicy } from "../logging-pipeline/search-contents";
import { isSignedFor, readCredentials } from "../logging-pipeline/search-endpoint";
import { hcl } from "../terraform/expression";
import type { AccessLogsContext } from "./context";
import type { Sources } from "./sources";

type Statements = (Statement | ConditionalStatement)[];

/** The role of the function. Lambda assumes it to receive and delete messages, too. */
export function createAccessLogsRole(context: AccessLogsContext, sources: Sources): RoleWithPolicy {
  const { scope, inputs, account, prefix } = context;
  const domain = inputs.searchDomainArn.string;
  const isDomain = isSignedFor(domain, inputs);
  const role = new IamRole(scope, "function_role", {
    name: roleName(context),
    path: inputs.rolePath.string,
    description: "The function reads access logs in S3, writes to the search endpoint and to the quarantine",
    assumeRolePolicy: policy(...assumedByLambda(account, inputs.enforceLambdaSourceAccount)),
    permissionsBoundary: inputs.permissionsBoundaryArn.string,
    tags: inputs.tags.map,
  });
  const rolePolicy = new IamRolePolicy(scope, "function_role_policy", {
    name: "deliver",
    role: role.name,
    policy: policy(
      ...readObjects(context, sources),
      ...useQueue(context),
      ...writeQuarantine(context),
      statementIf(isDomain, {
        Sid: "IndexEvents",
        Effect: "Allow",
        Action: "es:ESHttpPost",
        Resource: [`${domain}/_bulk`, `${domain}/*/_bulk`],
      }),
      ...keepTemplateAndPolicy("Function", inputs, domain, isDomain),
      ...readCredentials(inputs, account),
      statementIf(hcl`${inputs.kmsKeyArn} != null`, decryptEnvironment(account, prefix, inputs.kmsKeyArn.string)),
      ...writeOwnLogs(account, prefix),
      attachToVpc(inputs),
    ),
  });
  return { arn: role.arn, name: hcl`${role.name}`, policy: rolePolicy };
}

/** Who may not list a bucket gets 403 for a key that is gone, as for one that is forbidden, and would try it for ever. */
const readObjects = ({ account }: AccessLogsContext, sources: Sources): Statements => {
  const ofOwners = { StringEquals: { "s3:ResourceAccount": sources.accounts().list } };
  return [
    {
      Sid: "ReadAccessLogs",
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: sources.objectArns().list,
      Condition: ofOwners,
    },
    {
      Sid: "FindAccessLogs",
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: sources.bucketArns().list,
      Condition: ofOwners,
    },
    statementIf(hcl`length(${sources.keyArns}) > 0`, {
      Sid: "DecryptAccessLogs",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: sources.keyArns.list,
      Condition: viaService(account, "s3"),
    }),
  ];
};

const useQueue = ({ inputs, account, prefix }: AccessLogsContext): Statements => [
  {
    Sid: "UseQueue",
    Effect: "Allow",
    Action: [
      "sqs:ReceiveMessage",
      "sqs:DeleteMessage",
      "sqs:GetQueueAttributes",
      // To continue with an object in another invocation.
      "sqs:SendMessage",
    ],
    Resource: account.arn("sqs", prefix),
  },
  useOfKey("EncryptMessages", ["kms:Decrypt", "kms:GenerateDataKey"], {
    keyArn: inputs.queueKmsKeyArn,
    account,
    service: "sqs",
  }),
];

const roleName = ({ inputs, account }: AccessLogsContext): string => `${inputs.name}-${account.region}-access-logs`;

const quarantineArn = ({ inputs, account, archiveBucket }: AccessLogsContext): string =>
  `arn:${account.partition}:s3:::${archiveBucket}/${inputs.archivePrefix}access-logs/*`;

/** What the owner of the bucket and of its key has to allow. */
export function forQuarantineOwner(context: AccessLogsContext) {
  const { inputs, account } = context;
  const writer: ArchiveWriter = {
    who: "AccessLogs",
    roleArn: account.iamArn(`role${inputs.rolePath}${roleName(context)}`),
    objectArns: [quarantineArn(context)],
  };
  return {
    quarantineBucketPolicyStatements: hcl`${inputs.archiveBucketAccountId} == null ? [] : ${writerStatements(account, writer)}`,
    quarantineKeyStatement: hcl`${inputs.archiveKmsKeyArn} == null ? null : ${writersKeyStatement(account, writer)}`,
  };
}

const writeQuarantine = (context: AccessLogsContext): Statements => [
  {
    Sid: "WriteQuarantine",
    Effect: "Allow",
    Action: "s3:PutObject",
    Resource: quarantineArn(context),
    Condition: { StringEquals: { "s3:ResourceAccount": context.archiveOwner } },
  },
  statementIf(hcl`${context.inputs.archiveKmsKeyArn} != null`, {
    Sid: "EncryptQuarantine",
    Effect: "Allow",
    Action: "kms:GenerateDataKey",
    Resource: context.inputs.archiveKmsKeyArn.string,
    Condition: viaService(context.account, "s3"),
  }),
];
