import { allowDecryption, allowReads } from "../aws/consumer";
import { assumedByLambda, decryptEnvironment, writeOwnLogs } from "../aws/function-role";
import { type ConditionalStatement, PolicyDocument, type Statement, statementIf } from "../aws/policy";
import { createServiceRole, type RoleWithPolicy } from "../aws/role";
import { useOfKey } from "../aws/via-service";
import { type ArchiveWriter, writerStatements, writersKeyStatement } from "../log-archive/writers";
import { hcl } from "../terraform/expression";
import type { Context } from "./context";
import { attachToVpc } from "./function-vpc";
import type { PipelineKey } from "./key";
import { keepTemplateAndPolicy } from "./search-contents";
import { isSignedFor, readCredentials } from "./search-endpoint";
import { allStreamsArn } from "./stream-arns";

/** The role of the forwarder functions, and what it needs if it exists. */
export interface ForwarderRole extends RoleWithPolicy {
  readonly document: PolicyDocument;
  readonly trust: PolicyDocument;
}

/** The role of the forwarder functions. Lambda assumes it to read the streams and to write to the on-failure destination, too. */
export function createForwarderRole(context: Context, key: PipelineKey): ForwarderRole {
  const { scope, inputs, account, searchDomainArn } = context;
  const isSigned = isSignedFor(searchDomainArn, inputs);
  const trust = new PolicyDocument(assumedByLambda(account, inputs.enforceLambdaSourceAccount));
  const document = new PolicyDocument([
    ...readStreams(context, key),
    decryptEnvironment(account, `${inputs.name}_*`, key.arn),
    ...writeOwnLogs(account, `${inputs.name}_*`),
    ...writeArchive(context),
    statementIf(isSigned, {
      Sid: "IndexEvents",
      Effect: "Allow",
      Action: "es:ESHttpPost",
      Resource: [`${searchDomainArn}/_bulk`, `${searchDomainArn}/*/_bulk`],
    }),
    ...putIntoTargetStream(context),
    ...keepTemplateAndPolicy("Forwarder", inputs, searchDomainArn, isSigned),
    ...readCredentials(inputs, account),
    attachToVpc(inputs),
  ]);
  const role = createServiceRole(scope, {
    id: "forwarder_role",
    isCreated: inputs.createForwarderRole,
    existingArn: inputs.forwarderRoleArn,
    name: roleName(context),
    path: inputs.rolePath.string,
    description: "The forwarder reads Kinesis streams, writes to the search endpoint and to the archive",
    assumedBy: trust,
    permissionsBoundary: inputs.permissionsBoundaryArn.string,
    tags: inputs.tags.map,
    policyName: "forward",
    policy: document,
  });
  return { ...role, document, trust };
}

const roleName = ({ inputs, account }: Context): string => `${inputs.name}-${account.region}-forwarder`;

const readStreams = ({ inputs, account }: Context, key: PipelineKey): Statement[] => [
  allowReads("ReadStreams", hcl`${allStreamsArn({ inputs, account })}`),
  allowDecryption(account, hcl`${key.arn}`),
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
  const ownArn = account.iamArn(`role${inputs.rolePath}${roleName(context)}`);
  const forwarder: ArchiveWriter = {
    who: "Forwarder",
    roleArn: hcl`${inputs.createForwarderRole} ? ${ownArn} : ${inputs.forwarderRoleArn}`.string,
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
    useOfKey("EncryptArchive", "kms:GenerateDataKey", { keyArn: inputs.archiveKmsKeyArn, account, service: "s3" }),
  ];
};
