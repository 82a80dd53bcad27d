import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import { accountOf } from "../aws/account";
import { keyOfRegion } from "../aws/own-arns";
import { PolicyDocument } from "../aws/policy";
import { preconditions, validateProps } from "../inputs/constraints";
import { type Values, valuesOf } from "../inputs/values";
import { type Expression, hcl } from "../terraform/expression";
import { archiveBucketOf } from "./bucket-name";
import { archiveConstraints } from "./constraints";
import { archiveInputs, type LogArchiveProps } from "./inputs";
import { accessLogStatement, createAccessLogs, createObjectLock, otherBuckets } from "./options";
import type { archiveOutputs } from "./outputs";
import { createReplication, replicationStatement } from "./replication";

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
    const account = accountOf(this);
    const name = archiveBucketOf(inputs, account);
    const bucket = new S3Bucket(this, "bucket", {
      bucket: name.string,
      tags: inputs.tags.map,
      lifecycle: {
        precondition: [
          ...preconditions(archiveConstraints, archiveInputs, props),
          ...otherBuckets(inputs, name),
          keyOfRegion(account, "kms_key_arn", inputs.kmsKeyArn),
        ],
      },
    });
    this.secure(bucket, inputs);
    const versioning = this.keep(bucket, inputs);
    createObjectLock(this, inputs, { bucket, versioning });
    createAccessLogs(this, inputs, bucket);
    const replicationRole = createReplication(this, inputs, account, { bucket, versioning });
    this.outputs = {
      archiveBucket: hcl`${bucket.bucket}`,
      archiveBucketArn: hcl`${bucket.arn}`,
      archiveBucketRegionalDomainName: hcl`${bucket.bucketRegionalDomainName}`,
      replicationRoleArn: replicationRole,
      replicationStatement: replicationStatement(inputs, replicationRole),
      accessLogStatement: accessLogStatement(inputs, account, bucket),
    };
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
      policy: new PolicyDocument(
        [
          {
            Sid: "TlsOnly",
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: [bucket.arn, `${bucket.arn}/*`],
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ],
        inputs.bucketPolicyStatements,
      ).string,
      // S3 rejects changes of a bucket policy while the public access block is being created.
      dependsOn: [publicAccessBlock],
    });
  }

  private keep(bucket: S3Bucket, inputs: Values<typeof archiveInputs>): S3BucketVersioningA {
    const versioning = new S3BucketVersioningA(this, "versioning", {
      bucket: bucket.id,
      versioningConfiguration: { status: "Enabled" },
    });
    const lifecycle = new S3BucketLifecycleConfiguration(this, "lifecycle_configuration", {
      bucket: bucket.id,
      // Standard-IA and Glacier charge for a smaller object as for one of 128 KB, and Intelligent-Tiering does not move it (Amazon S3 User Guide, Constraints and considerations for transitions).
      transitionDefaultMinimumObjectSize: "all_storage_classes_128K",
      rule: [
        {
          id: "age",
          status: "Enabled",
          filter: [{ prefix: "" }],
          transition: [{ days: inputs.transitionDays.number, storageClass: inputs.transitionStorageClass.string }],
          noncurrentVersionExpiration: [{ noncurrentDays: inputs.noncurrentVersionExpirationDays.number }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
        {
          // A rule of its own: beside `days`, S3 takes no such action, and removes a marker only at that age (Amazon S3 User Guide, Lifecycle configuration elements).
          id: "delete-markers",
          status: "Enabled",
          filter: [{ prefix: "" }],
          expiration: [{ expiredObjectDeleteMarker: true }],
        },
      ],
      dependsOn: [versioning],
    });
    lifecycle.addOverride("rule.0.dynamic.expiration", {
      for_each: hcl`${inputs.expirationDays} == null ? [] : [true]`,
      content: { days: inputs.expirationDays },
    });
    return versioning;
  }
}
