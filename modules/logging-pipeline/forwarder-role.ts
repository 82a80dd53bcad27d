import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { assumedByLambda, decryptEnvironment, writeOwnLogs } from "../aws/function-role";
import { type ConditionalStatement, policy, type Statement, statementIf } from "../aws/policy";
import type { RoleWithPolicy } from "../aws/role";
import { type ArchiveWriter, writerStatements, writersKeyStatement } from "../log-archive/writers";
import { hcl } from "../terraform/expression";
import type { Context } from "./context";
import { attachToVpc } from "./function-vpc";
import type { PipelineKey } from "./key";
import { keepTemplateAndPolicy } from "./search-contents";
import { isSignedFor, readCredentials } from "./search-endpoint";

/** The role of the forwarder functions. Lambda assumes it to read the streams and to write to the on-failure destination, too. */
export function createForwarderRole(context: Context, key: PipelineKey): RoleWithPolicy {
  const { scope, inputs, account } = context;
  const isSigned = isSignedFor(context.searchDomainArn, inputs);
  const role = new IamRole(scope, "forwarder_role", {
    name: roleName(context),
    description: "The forwarder reads Kinesis streams, writes to the search endpoint and to the archive",
    assumeRolePolicy: policy(...assumedByLambda(account, inputs.enforceLambdaSourceAccount)),
    permissionsBoundary: inputs.permissionsBoundaryArn.string,
    tags: inputs.tags.map,
  });
  const rolePolicy = new IamRolePolicy(scope, "forwarder_role_policy", {
    name: "forward",
    role: role.name,
    policy: policy(
      ...readStreams(context, key),
      decryptEnvironment(account, `${inputs.name}_*`, key.arn),
      ...writeOwnLogs(account, `${inputs.name}_*`),
      ...writeArchive(context),
      statementIf(isSigned, {
        Sid: "IndexEvents",
        Effect: "Allow",
        Action: "es:ESHttpPost",
        Resource: [`${context.searchDomainArn}/_bulk`, `${context.searchDomainArn}/*/_bulk`],
      }),
      ...putIntoTargetStream(context),
      ...keepTemplateAndPolicy("Forwarder", inputs, context.searchDomainArn, isSigned),
      ...readCredentials(inputs, account),
      attachToVpc(inputs),
    ),
  });
  return { role, policy: rolePolicy };
}

const roleName = ({ inputs, account }: Context): string => `${inputs.name}-${account.region}-forwarder`;

const readStreams = ({ inputs, account }: Context, key: PipelineKey): Statement[] => [
  {
    Sid: "ReadStreams",
    Effect: "Allow",
    Action: [
      "kinesis:DescribeStream",
      "kinesis:DescribeStreamSummary",
      "kinesis:GetRecords",
      "kinesis:GetShardIterator",
      "kinesis:ListShards",
    ],
    Resource: account.arn("kinesis", `stream/${inputs.name}_*`),
  },
  {
    Sid: "DecryptRecords",
    Effect: "Allow",
    Action: "kms:Decrypt",
    Resource: key.arn,
    Condition: { StringEquals: { "kms:ViaService": `kinesis.${account.region}.${account.dnsSuffix}` } },
  },
];

/** The stream may be another account's, or in another region: its own policy, and its key's, then have to allow the role, too. */
const putIntoTargetStream = ({ inputs, account }: Context): ConditionalStatement[] => {
  const { targetStreamArn, targetStreamKmsKeyArn } = inputs;
  const service = hcl`join(".", ["kinesis", split(":", ${targetStreamArn})[3], ${account.dnsSuffix}])`.string;
  return [
    statementIf(hcl`${targetStreamArn} != null`, {
      Sid: "PutIntoTargetStream",
      Effect: "Allow",
      Action: "kinesis:PutRecords",
      Resource: targetStreamArn.string,
    }),
    statementIf(hcl`${targetStreamKmsKeyArn} != null`, {
      Sid: "EncryptTargetStream",
      Effect: "Allow",
      Action: "kms:GenerateDataKey",
      Resource: targetStreamKmsKeyArn.string,
      Condition: { StringEquals: { "kms:ViaService": service } },
    }),
  ];
};

const writtenObjects = ({ inputs, archiveBucketArn }: Context): string[] => {
  const folders = ["archive", "dead-letter", "rejected"].map((folder) => `${inputs.archivePrefix}${folder}/*`);
  return [...folders, "aws/lambda/*"].map((objects) => `${archiveBucketArn}/${objects}`);
};

/** What the owner of the bucket and of its key has to allow. */
export function forArchiveOwner(context: Context) {
  const { inputs, account, archiveBucketArn } = context;
  const forwarder: ArchiveWriter = {
    who: "Forwarder",
    roleArn: `arn:${account.partition}:iam::${account.id}:role/${roleName(context)}`,
    objectArns: writtenObjects(context),
    listedBucketArn: archiveBucketArn,
  };
  return {
    archiveBucketPolicyStatements: hcl`${inputs.archiveBucketAccountId} == null ? [] : ${writerStatements(account, forwarder)}`,
    archiveKeyStatement: hcl`${inputs.archiveKmsKeyArn} == null ? null : ${writersKeyStatement(account, forwarder)}`,
  };
}

/**
 * `aws/lambda/…` and the listing are for the on-failure destination (Lambda Developer Guide, Retain discarded batch records
 * for a Kinesis Data Streams event source in Lambda).
 */
const writeArchive = (context: Context): (Statement | ConditionalStatement)[] => {
  const { inputs, account, archiveBucketArn, archiveOwner } = context;
  const ofItsOwner = { StringEquals: { "s3:ResourceAccount": archiveOwner } };
  return [
    {
      Sid: "WriteArchive",
      Effect: "Allow",
      Action: "s3:PutObject",
      Resource: writtenObjects(context),
      Condition: ofItsOwner,
    },
    {
      Sid: "FindOnFailureDestination",
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: archiveBucketArn,
      Condition: ofItsOwner,
    },
    statementIf(hcl`${inputs.archiveKmsKeyArn} != null`, {
      Sid: "EncryptArchive",
      Effect: "Allow",
      Action: "kms:GenerateDataKey",
      Resource: inputs.archiveKmsKeyArn.string,
      Condition: { StringEquals: { "kms:ViaService": `s3.${account.region}.${account.dnsSuffix}` } },
    }),
  ];
};
