import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketReplicationConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-replication-configuration";
import type { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import type { Construct } from "constructs";
import type { Account } from "../aws/account";
import { policy, statementIf } from "../aws/policy";
import type { Values } from "../inputs/values";
import { countIf } from "../terraform/count";
import { type Expression, hcl, requiredText } from "../terraform/expression";
import type { archiveInputs } from "./inputs";

type Inputs = Values<typeof archiveInputs>;

const isReplicated = ({ replication }: Inputs): Expression => hcl`${replication.destinationBucketArn} != null`;

/** Replicates new objects, and no deletion of one. @returns the ARN of the role that S3 assumes for it, or null */
export function createReplication(
  scope: Construct,
  inputs: Inputs,
  account: Account,
  { bucket, versioning }: { readonly bucket: S3Bucket; readonly versioning: S3BucketVersioningA },
): Expression {
  const { destinationBucketArn, destinationAccountId, destinationKmsKeyArn } = inputs.replication;
  const count = () => countIf(isReplicated(inputs));
  const role = new IamRole(scope, "replication_role", {
    count: count(),
    name: `${inputs.name}-${account.region}-archive-replication`,
    description: "S3 replicates the archive",
    assumeRolePolicy: policy({
      Sid: "S3",
      Effect: "Allow",
      Principal: { Service: "s3.amazonaws.com" },
      Action: "sts:AssumeRole",
    }),
    permissionsBoundary: inputs.permissionsBoundaryArn.string,
    tags: inputs.tags.map,
  });
  const roleName = hcl`one(${role.fqn}[*].name)`.string;
  const rolePolicy = new IamRolePolicy(scope, "replication_role_policy", {
    count: count(),
    name: "replicate",
    role: roleName,
    policy: replicationPolicy(inputs, account, bucket),
  });
  const configuration = new S3BucketReplicationConfigurationA(scope, "replication_configuration", {
    count: count(),
    bucket: bucket.id,
    role: hcl`one(${role.fqn}[*].arn)`.string,
    rule: [
      {
        id: "all",
        status: "Enabled",
        filter: { prefix: "" },
        deleteMarkerReplication: { status: "Disabled" },
        destination: {
          bucket: requiredText(destinationBucketArn, "arn:aws:s3:::none"),
          account: destinationAccountId.string,
        },
      },
    ],
    dependsOn: [versioning, rolePolicy],
  });
  const addBlock = (path: string, condition: Expression, content: object) =>
    configuration.addOverride(path, { for_each: hcl`${condition} ? [true] : []`, content });
  const hasKey = hcl`${destinationKmsKeyArn} != null`;
  addBlock("rule.0.destination.dynamic.access_control_translation", hcl`${destinationAccountId} != null`, {
    owner: "Destination",
  });
  addBlock("rule.0.destination.dynamic.encryption_configuration", hasKey, { replica_kms_key_id: destinationKmsKeyArn });
  addBlock("rule.0.dynamic.source_selection_criteria", hasKey, {
    sse_kms_encrypted_objects: { status: "Enabled" },
  });
  return hcl`one(${role.fqn}[*].arn)`;
}

/** Source: Amazon S3 User Guide, Setting up permissions for live replication, and Replicating encrypted objects. */
function replicationPolicy(inputs: Inputs, { region, dnsSuffix }: Account, bucket: S3Bucket): string {
  const { destinationBucketArn, destinationAccountId, destinationKmsKeyArn } = inputs.replication;
  // The document is read without replication, too.
  const replicas = hcl`join("/", [${requiredText(destinationBucketArn)}, "*"])`.string;
  const service = (of: Expression | string) => hcl`join(".", ["s3", ${of}, ${dnsSuffix}])`.string;
  const hasKey = hcl`${destinationKmsKeyArn} != null`;
  return policy(
    {
      Sid: "ReadConfiguration",
      Effect: "Allow",
      Action: ["s3:GetReplicationConfiguration", "s3:ListBucket"],
      Resource: bucket.arn,
    },
    {
      Sid: "ReadVersions",
      Effect: "Allow",
      Action: [
        ...["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"],
        ...["s3:GetObjectRetention", "s3:GetObjectLegalHold"],
      ],
      Resource: `${bucket.arn}/*`,
    },
    {
      Sid: "WriteReplicas",
      Effect: "Allow",
      Action: ["s3:ReplicateObject", "s3:ReplicateTags"],
      Resource: replicas,
    },
    statementIf(hcl`${destinationAccountId} != null`, {
      Sid: "GiveReplicasAway",
      Effect: "Allow",
      Action: "s3:ObjectOwnerOverrideToBucketOwner",
      Resource: replicas,
    }),
    statementIf(hasKey, {
      Sid: "DecryptObjects",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: inputs.kmsKeyArn.string,
      Condition: { StringEquals: { "kms:ViaService": service(region) } },
    }),
    statementIf(hasKey, {
      Sid: "EncryptReplicas",
      Effect: "Allow",
      Action: "kms:Encrypt",
      Resource: destinationKmsKeyArn.string,
      Condition: { StringEquals: { "kms:ViaService": service(hcl`split(":", ${destinationKmsKeyArn})[3]`) } },
    }),
  );
}

/** What the owner of a destination bucket in another account allows. @param roleArn of the role, or null */
export function replicationStatement({ replication }: Inputs, roleArn: Expression): Expression {
  const { destinationBucketArn, destinationAccountId } = replication;
  const statements = [
    {
      Sid: "ArchiveReplicates",
      Effect: "Allow",
      Principal: { AWS: hcl`role` },
      Action: ["s3:ReplicateObject", "s3:ReplicateTags", "s3:ObjectOwnerOverrideToBucketOwner"],
      Resource: hcl`join("/", [${destinationBucketArn}, "*"])`,
    },
  ];
  return hcl`one([for role in [${roleArn}] : jsonencode(${statements}) if ${destinationAccountId} != null])`;
}
