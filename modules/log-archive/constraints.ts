import type { Constraint } from "../inputs/constraints";
import { hcl } from "../terraform/expression";
import type { archiveInputs } from "./inputs";

/** The rules between the archive's inputs. */
export const archiveConstraints: readonly Constraint<typeof archiveInputs>[] = [
  {
    path: "expiration_days",
    allowed: "more than transition_days (Amazon S3 API Reference, PutBucketLifecycleConfiguration)",
    decidedBy: ["expirationDays", "transitionDays"],
    violations: ({ expirationDays, transitionDays }) =>
      expirationDays !== null && expirationDays <= transitionDays ? [expirationDays] : [],
    violationsAtPlan: ({ expirationDays, transitionDays }) =>
      hcl`[for days in [${expirationDays}] : days if days == null ? false : days <= ${transitionDays}]`,
  },
  {
    path: "object_lock.days",
    allowed:
      "up to expiration_days and noncurrent_version_expiration_days together: S3 deletes no locked object, so that objects would stay, and cost, longer than these say",
    decidedBy: ["objectLock", "expirationDays", "noncurrentVersionExpirationDays"],
    violations: ({ objectLock: { days }, expirationDays, noncurrentVersionExpirationDays }) =>
      days !== null && expirationDays !== null && days > expirationDays + noncurrentVersionExpirationDays ? [days] : [],
    violationsAtPlan: ({ objectLock: { days }, expirationDays, noncurrentVersionExpirationDays }) =>
      hcl`[for days in [${days}] : days if days == null || ${expirationDays} == null ? false : days > ${expirationDays} + ${noncurrentVersionExpirationDays}]`,
  },
  {
    path: "replication.destination_kms_key_arn",
    allowed:
      "an ARN if, and only if, kms_key_arn is given: S3 replicates objects of a KMS key to another key, and others without one (Amazon S3 User Guide, Replicating encrypted objects)",
    decidedBy: ["replication", "kmsKeyArn"],
    violations: ({ replication: { destinationBucketArn, destinationKmsKeyArn }, kmsKeyArn }) =>
      destinationBucketArn !== null && (destinationKmsKeyArn === null) !== (kmsKeyArn === null)
        ? [destinationKmsKeyArn]
        : [],
    violationsAtPlan: ({ replication: { destinationBucketArn, destinationKmsKeyArn }, kmsKeyArn }) =>
      hcl`[for arn in [${destinationKmsKeyArn}] : arn if ${destinationBucketArn} != null && (arn == null) != (${kmsKeyArn} == null)]`,
  },
  {
    path: "access_log_prefix",
    allowed: "empty unless access_log_bucket is given",
    decidedBy: ["accessLogPrefix", "accessLogBucket"],
    violations: ({ accessLogPrefix, accessLogBucket }) =>
      accessLogPrefix !== "" && accessLogBucket === null ? [accessLogPrefix] : [],
    violationsAtPlan: ({ accessLogPrefix, accessLogBucket }) =>
      hcl`[for prefix in [${accessLogPrefix}] : prefix if prefix != "" && ${accessLogBucket} == null]`,
  },
  {
    path: "permissions_boundary_arn",
    allowed: "null unless replication is given: nothing else has a role",
    decidedBy: ["permissionsBoundaryArn", "replication"],
    violations: ({ permissionsBoundaryArn, replication: { destinationBucketArn } }) =>
      permissionsBoundaryArn !== null && destinationBucketArn === null ? [permissionsBoundaryArn] : [],
    violationsAtPlan: ({ permissionsBoundaryArn, replication: { destinationBucketArn } }) =>
      hcl`[for arn in [${permissionsBoundaryArn}] : arn if arn != null && ${destinationBucketArn} == null]`,
  },
];
