import type { FileLayout } from "./file";

/** The archive's resources, with what a reader should know of each. */
export const archiveLayout: readonly FileLayout[] = [
  {
    path: "main.tf",
    blocks: {
      "data.aws_caller_identity.this": {},
      "data.aws_region.this": {},
      "aws_s3_bucket.this": {
        comment:
          "Never emptied by Terraform (force_destroy): what is in it outlives the pipeline, and should outlive mistakes.",
        skipped: {
          CKV_AWS_18: "access logging needs a bucket of the account's own; CloudTrail's data events do the same",
          CKV_AWS_144:
            "whether logs may leave their region is for their owner to decide; replication can be added to the bucket",
          CKV_AWS_145: "a key is an option (kms_key_arn); SSE-S3 encrypts without a permission to give",
          CKV2_AWS_62: "nothing has to happen when a record is archived",
        },
      },
      "aws_s3_bucket_public_access_block.this": {},
      "aws_s3_bucket_ownership_controls.this": {},
      "aws_s3_bucket_server_side_encryption_configuration.this": {
        comment: "A bucket key means fewer requests to KMS, hence less cost; it has no effect for SSE-S3.",
      },
      "aws_s3_bucket_policy.this": {
        comment: "S3 refuses changes of a bucket's policy while the public access block is being made.",
      },
      "data.aws_iam_policy_document.s3_bucket_policy": {},
      "aws_s3_bucket_versioning.this": {},
      "aws_s3_bucket_lifecycle_configuration.this": {},
    },
  },
];
