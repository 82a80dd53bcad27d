import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { TerraformLocal } from "cdktf";
import { PolicyDocument } from "../aws/policy";
import { countIf } from "../terraform/count";
import { hcl } from "../terraform/expression";
import type { ArchiveQueriesContext } from "./context";

/**
 * Creates the bucket of the results, unless one is given. Not Athena's own managed results, which version 5 of the provider does not know.
 *
 * @returns the name of the bucket
 */
export function createResultsBucket({ scope, inputs, account }: ArchiveQueriesContext): string {
  const count = () => countIf(hcl`${inputs.resultsBucket} == null`);
  const name = `${inputs.name}-queries-${account.id}-${account.region}`;
  // Not the bucket's own attribute: the policy that quotes it would be known after apply only.
  const chosen = new TerraformLocal(
    scope,
    "results_bucket",
    hcl`${inputs.resultsBucket} == null ? ${name} : ${inputs.resultsBucket}`,
  );
  const arn = `arn:${account.partition}:s3:::${name}`;
  const created = new S3Bucket(scope, "results_s3_bucket", {
    count: count(),
    bucket: name,
    // Results are made again by the same statement, and expire anyway.
    forceDestroy: true,
    tags: inputs.tags.map,
  });
  const bucket = hcl`one(${created.fqn}[*].bucket)`.string;
  const publicAccessBlock = new S3BucketPublicAccessBlock(scope, "results_s3_bucket_public_access_block", {
    count: count(),
    bucket,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  new S3BucketOwnershipControls(scope, "results_s3_bucket_ownership_controls", {
    count: count(),
    bucket,
    rule: { objectOwnership: "BucketOwnerEnforced" },
  });
  new S3BucketServerSideEncryptionConfigurationA(scope, "results_s3_bucket_server_side_encryption_configuration", {
    count: count(),
    bucket,
    rule: [
      {
        applyServerSideEncryptionByDefault: {
          sseAlgorithm: hcl`${inputs.kmsKeyArn} == null ? "AES256" : "aws:kms"`.string,
          kmsMasterKeyId: inputs.kmsKeyArn.string,
        },
        bucketKeyEnabled: hcl`${inputs.kmsKeyArn} != null`,
      },
    ],
  });
  new S3BucketPolicy(scope, "results_s3_bucket_policy", {
    count: count(),
    bucket,
    policy: new PolicyDocument([
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [arn, `${arn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]).string,
    // S3 rejects changes of a bucket policy while the public access block is being created.
    dependsOn: [publicAccessBlock],
  });
  new S3BucketLifecycleConfiguration(scope, "results_s3_bucket_lifecycle_configuration", {
    count: count(),
    bucket,
    rule: [
      {
        id: "results",
        status: "Enabled",
        filter: [{ prefix: "" }],
        expiration: [
          { days: hcl`${inputs.resultsExpirationDays} == null ? 7 : ${inputs.resultsExpirationDays}`.number },
        ],
        abortIncompleteMultipartUpload: [{ daysAfterInitiation: 1 }],
      },
    ],
  });
  return chosen.asString;
}
