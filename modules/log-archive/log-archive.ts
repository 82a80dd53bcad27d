import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import { accountOf } from "../aws/account";
import { policy } from "../aws/policy";
import { preconditions, validateProps } from "../inputs/constraints";
import { type Values, valuesOf } from "../inputs/values";
import { type Expression, hcl } from "../terraform/expression";
import { archiveBucketOf } from "./bucket-name";
import { archiveConstraints } from "./constraints";
import { archiveInputs, type LogArchiveProps } from "./inputs";
import type { archiveOutputs } from "./outputs";

/**
 * The bucket that keeps every record. Terraform never empties it (`force_destroy`): the archive outlives the pipeline, and
 * accidents.
 */
export class LogArchive extends Construct {
  /** By name, in camelCase. */
  readonly outputs: Readonly<Record<keyof typeof archiveOutputs, Expression>>;

  /**
   * @param props all optional; any value may be a token. {@link archiveInputs} has descriptions and limits.
   * @throws LoggingPipelineError listing every value that is known at synth and not allowed
   */
  constructor(scope: Construct, id: string, props: LogArchiveProps = {}) {
    super(scope, id);
    validateProps(this.node.path, archiveInputs, archiveConstraints, props);
    const inputs = valuesOf(archiveInputs, props);
    const bucket = new S3Bucket(this, "bucket", {
      bucket: archiveBucketOf(inputs, accountOf(this)).string,
      tags: inputs.tags.map,
      lifecycle: { precondition: preconditions(archiveConstraints, archiveInputs, props) },
    });
    this.secure(bucket, inputs);
    this.keep(bucket, inputs);
    this.outputs = { archiveBucket: hcl`${bucket.bucket}`, archiveBucketArn: hcl`${bucket.arn}` };
  }

  private secure(bucket: S3Bucket, inputs: Values<typeof archiveInputs>): void {
    const publicAccessBlock = new S3BucketPublicAccessBlock(this, "public_access_block", {
      bucket: bucket.id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketOwnershipControls(this, "ownership_controls", {
      bucket: bucket.id,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    new S3BucketServerSideEncryptionConfigurationA(this, "server_side_encryption_configuration", {
      bucket: bucket.id,
      rule: [
        {
          applyServerSideEncryptionByDefault: {
            sseAlgorithm: hcl`${inputs.kmsKeyArn} == null ? "AES256" : "aws:kms"`.string,
            kmsMasterKeyId: inputs.kmsKeyArn.string,
          },
          // Reduces requests to KMS and their cost; no effect with SSE-S3.
          bucketKeyEnabled: hcl`${inputs.kmsKeyArn} != null`,
        },
      ],
    });
    new S3BucketPolicy(this, "policy", {
      bucket: bucket.id,
      policy: policy({
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [bucket.arn, `${bucket.arn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      }),
      // S3 rejects changes of a bucket policy while the public access block is being created.
      dependsOn: [publicAccessBlock],
    });
  }

  private keep(bucket: S3Bucket, inputs: Values<typeof archiveInputs>): void {
    const versioning = new S3BucketVersioningA(this, "versioning", {
      bucket: bucket.id,
      versioningConfiguration: { status: "Enabled" },
    });
    const lifecycle = new S3BucketLifecycleConfiguration(this, "lifecycle_configuration", {
      bucket: bucket.id,
      // S3 charges a smaller object in Standard-IA as one of 128 KB (Amazon S3 User Guide, Constraints and considerations for transitions).
      transitionDefaultMinimumObjectSize: "all_storage_classes_128K",
      rule: [
        {
          id: "age",
          status: "Enabled",
          filter: [{ prefix: "" }],
          transition: [{ days: inputs.transitionToIaDays.number, storageClass: "STANDARD_IA" }],
          noncurrentVersionExpiration: [{ noncurrentDays: inputs.noncurrentVersionExpirationDays.number }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
      dependsOn: [versioning],
    });
    lifecycle.addOverride("rule.0.dynamic.expiration", {
      for_each: hcl`${inputs.expirationDays} == null ? [] : [true]`,
      content: { days: inputs.expirationDays },
    });
  }
}
