import type { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLoggingA } from "@cdktf/provider-aws/lib/s3-bucket-logging";
import { S3BucketObjectLockConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration";
import type { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import type { Precondition } from "cdktf";
import type { Construct } from "constructs";
import type { Account } from "../aws/account";
import { precondition } from "../inputs/constraints";
import type { Values } from "../inputs/values";
import { countIf } from "../terraform/count";
import { type Expression, hcl, requiredText } from "../terraform/expression";
import type { archiveInputs } from "./inputs";

type Inputs = Values<typeof archiveInputs>;

/**
 * Locks objects. Not by the bucket's own `object_lock_enabled`, for which the provider would replace a bucket that exists: S3 locks
 * versioned ones, too (Amazon S3 User Guide, Configuring S3 Object Lock).
 */
export function createObjectLock(
  scope: Construct,
  { objectLock: { mode, days } }: Inputs,
  { bucket, versioning }: { readonly bucket: S3Bucket; readonly versioning: S3BucketVersioningA },
): void {
  new S3BucketObjectLockConfigurationA(scope, "object_lock_configuration", {
    count: countIf(hcl`${mode} != null`),
    bucket: bucket.id,
    rule: { defaultRetention: { mode: mode.string, days: days.number } },
    dependsOn: [versioning],
  });
}

/** Lets S3 log who reads and writes the archive. */
export function createAccessLogs(scope: Construct, inputs: Inputs, bucket: S3Bucket): void {
  new S3BucketLoggingA(scope, "logging", {
    count: countIf(hcl`${inputs.accessLogBucket} != null`),
    bucket: bucket.id,
    targetBucket: requiredText(inputs.accessLogBucket),
    targetPrefix: accessLogPrefix(inputs, bucket).string,
  });
}

const accessLogPrefix = ({ accessLogPrefix: prefix }: Inputs, { bucket }: S3Bucket): Expression =>
  hcl`${prefix} == "" ? join("", [${bucket}, "/"]) : ${prefix}`;

/** Source: Amazon S3 User Guide, Enabling Amazon S3 server access logging: Permissions for log delivery. */
export function accessLogStatement(inputs: Inputs, { id, partition }: Account, bucket: S3Bucket): Expression {
  const statement = {
    Sid: "ArchiveWritesAccessLogs",
    Effect: "Allow",
    Principal: { Service: "logging.s3.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: hcl`join("", ["arn:", ${partition}, ":s3:::", target, "/", ${accessLogPrefix(inputs, bucket)}, "*"])`,
    Condition: { ArnLike: { "aws:SourceArn": hcl`${bucket.arn}` }, StringEquals: { "aws:SourceAccount": id } },
  };
  return hcl`one([for target in [${inputs.accessLogBucket}] : jsonencode(${statement}) if target != null])`;
}

/** Violated by the archive itself in place of another bucket. @param name of the archive, which only a plan knows */
export function otherBuckets({ accessLogBucket, replication }: Inputs, name: Expression): Precondition[] {
  return [
    precondition(
      "access_log_bucket",
      "another bucket than the archive, which would log its own logs for ever",
      hcl`[for target in [${accessLogBucket}] : target if target == (${name})]`,
    ),
    precondition(
      "replication.destination_bucket_arn",
      "another bucket than the archive",
      hcl`[for arn in [${replication.destinationBucketArn}] : arn if try(split(":", arn)[5], "") == (${name})]`,
    ),
  ];
}
