import * as limits from "../inputs/limits";
import { between, oneOf, size } from "../inputs/rules";
import { field, list, map, number, object, type Props, required, string } from "../inputs/schema";
import { policyStatement } from "../logging-pipeline/inputs/access-rules";

/** Begin the ids of the bucket policy's own statements. */
const OWN_IDS = ["TlsOnly"];

const bucketArn = limits.globalArn("s3", "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", "arn:aws:s3:::archive-replica");

/** What nobody may delete or overwrite for a while. */
const objectLock = object({
  mode: required(
    string(oneOf(["GOVERNANCE", "COMPLIANCE"], "Amazon S3 API Reference, DefaultRetention")),
    "GOVERNANCE: who has `s3:BypassGovernanceRetention` can delete objects all the same. COMPLIANCE: **nobody can, not even the account's root user, until the days are over**",
  ),
  days: required(
    number(between(1, 36_500, "Amazon S3 User Guide, Object Lock considerations: retention of up to 100 years")),
    "days for which each object is locked, from when it is written",
  ),
});

/** Another bucket that gets each object, too. */
const replication = object({
  destinationBucketArn: required(string(bucketArn), "existing, versioned bucket, in any region"),
  destinationAccountId: field(
    string(limits.accountId),
    null,
    "account of that bucket, which then owns the replicas; its policy needs the output `replication_statement`. null: this one",
  ),
  destinationKmsKeyArn: field(
    string(limits.kmsKeyArn),
    null,
    "KMS key of the replicas, in the region of that bucket; required with `kms_key_arn`. null: SSE-S3",
  ),
});

/** The inputs of the archive: the source of Terraform's variables, the construct's props and the tables in docs. */
export const archiveInputs = {
  name: field(
    string(...limits.pipelineName),
    "logging-pipeline",
    "Name of the pipeline. Prefix of the default bucket name.",
  ),
  archiveBucket: field(
    string(limits.bucketName),
    null,
    "Name of the bucket. null: `<name>-archive-<account>-<region>`, which the pipeline uses by default.",
  ),
  tags: field(map(string(limits.tagValue), [...limits.tagKeys], limits.tagCount), {}, "Tags of the bucket."),
  kmsKeyArn: field(
    string(limits.kmsKeyArn),
    null,
    "KMS key that encrypts the bucket. Set it as the pipeline's `archive_kms_key_arn`, too. null: SSE-S3.",
  ),
  transitionDays: field(
    number(limits.lifecycleDays(30)),
    30,
    "Age at which objects of 128 KB and more transition to `transition_storage_class`, in days; smaller ones stay, because they would cost more there. At least 30, which S3 requires for Standard-IA.",
  ),
  transitionStorageClass: field(
    string(
      oneOf(
        ["STANDARD_IA", "INTELLIGENT_TIERING", "GLACIER_IR"],
        "Amazon S3 User Guide, Understanding and managing Amazon S3 storage classes: those that answer at once",
      ),
    ),
    "STANDARD_IA",
    "Storage class of older objects. A replay reads any of these; STANDARD_IA and GLACIER_IR charge for what is read, and for at least 30 and 90 days.",
  ),
  expirationDays: field(
    number(limits.lifecycleDays(1)),
    null,
    "Age at which objects expire, in days. Greater than `transition_days`. null: never.",
  ),
  noncurrentVersionExpirationDays: field(
    number(limits.lifecycleDays(1)),
    30,
    "Days for which an overwritten or deleted object can be restored.",
  ),
  objectLock: field(
    objectLock,
    null,
    "Locks each object for some days (Object Lock), also in a bucket that exists. **S3 cannot switch it off again.** null: objects can be deleted.",
  ),
  replication: field(replication, null, "Replicates new objects to another bucket, and no deletions. null: none."),
  accessLogBucket: field(
    string(limits.bucketName),
    null,
    "Existing bucket of this account and region for S3's server access logs of the archive, whose policy has the output `access_log_statement`; not the archive itself, nor one with Object Lock. null: no access logs.",
  ),
  accessLogPrefix: field(
    string(size(0, 512, "characters")),
    "",
    "Prefix of the keys of access logs. Empty: `<name of the archive bucket>/`.",
  ),
  bucketPolicyStatements: field(
    list(string(policyStatement(OWN_IDS)), size(0, 50, "statements")),
    [],
    "Further statements of the bucket policy, each by `jsonencode`, such as for readers in other accounts.",
  ),
  permissionsBoundaryArn: field(
    string(limits.arn("iam", "policy/.+", "arn:aws:iam::123456789012:policy/boundary")),
    null,
    "Permissions boundary of the role that replicates. null: none.",
  ),
};

/** Props of {@link LogArchive}. {@link archiveInputs} has the description, limits and default of each. */
export type LogArchiveProps = Props<typeof archiveInputs>;
