import type { FileLayout } from "./file";

/** The archive's resources by file, each with comments for readers of the module. */
export const archiveLayout: readonly FileLayout[] = [
  {
    path: "main.tf",
    blocks: {
      "data.aws_caller_identity.this": {},
      "data.aws_partition.this": {},
      "data.aws_region.this": {},
      "aws_s3_bucket.this": {
        comment:
          "Terraform never empties the bucket (force_destroy): the archive outlives the pipeline, and accidents.",
        skipped: {
          CKV_AWS_18: "access logs need another bucket of the account, and are optional (access_log_bucket)",
          CKV_AWS_144: "the owner of the logs decides whether they may leave their region (replication)",
          CKV_AWS_145: "a key is optional (kms_key_arn); SSE-S3 needs no permission",
          CKV2_AWS_62: "no process is triggered by an archived record",
        },
      },
      "aws_s3_bucket_public_access_block.this": {},
      "aws_s3_bucket_ownership_controls.this": {},
      "aws_s3_bucket_server_side_encryption_configuration.this": {
        comment: "A bucket key reduces requests to KMS and their cost. It has no effect with SSE-S3.",
      },
      "aws_s3_bucket_policy.this": {
        comment: "S3 rejects changes of a bucket policy while the public access block is being created.",
      },
      "data.aws_iam_policy_document.s3_bucket_policy": {},
      "aws_s3_bucket_versioning.this": {},
      "aws_s3_bucket_lifecycle_configuration.this": {
        comment:
          "Delete markers have a rule of their own: beside an expiration by days, S3 would remove them only at that age.",
      },
      "aws_s3_bucket_object_lock_configuration.this": {
        comment:
          "Not by the bucket's own object_lock_enabled, for which the provider would replace a bucket that exists.",
      },
      "aws_s3_bucket_logging.this": {},
    },
  },
  {
    path: "replication.tf",
    blocks: {
      "aws_s3_bucket_replication_configuration.this": {
        comment: "Deletions are not replicated: the copy outlives them.",
      },
      "aws_iam_role.replication": {},
      "aws_iam_role_policy.replication": {},
      "data.aws_iam_policy_document.replication_assume_role": {},
      "data.aws_iam_policy_document.replication": {},
    },
  },
];
