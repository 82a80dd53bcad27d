import type { FileLayout } from "./file";

/** The resources of the queries by Athena by file, each with comments for readers of the module. */
export const archiveQueriesLayout: readonly FileLayout[] = [
  {
    path: "main.tf",
    blocks: {
      "data.aws_caller_identity.this": {},
      "data.aws_partition.this": {},
      "data.aws_region.this": {},
      "local.archive_bucket": {
        comment: "The same name as in modules/log-archive, so that neither needs the state of the other.",
      },
      "local.database_name": { comment: "Athena takes no hyphen in a name without quotes." },
      "aws_glue_catalog_database.this": {},
      "aws_glue_catalog_table.archived": {
        comment: "Athena computes the partitions: an hour is a folder, and nothing has to be added for a new one.",
      },
      "local.events_sql": {},
      "aws_glue_catalog_table.events": {
        comment: "Athena keeps a view as a table without data, whose text is a comment with the definition.",
      },
      "aws_athena_workgroup.this": {
        comment: "Without force_destroy, Athena keeps a workgroup in which a statement ever ran.",
      },
      "data.aws_iam_policy_document.reader_policy": { comment: "What a role needs that asks the archive." },
    },
  },
  {
    path: "results.tf",
    blocks: {
      "local.results_bucket": {},
      "aws_s3_bucket.results": {
        comment: "Results are made again by the same statement, and expire anyway.",
        skipped: {
          CKV_AWS_18: "results expire after some days, and CloudTrail has each statement",
          CKV_AWS_21: "a result is never overwritten: its key has the statement's id",
          CKV_AWS_144: "results are made again by the same statement",
          CKV_AWS_145: "a key is optional (kms_key_arn); SSE-S3 needs no permission",
          CKV2_AWS_62: "no process is triggered by a result",
        },
      },
      "aws_s3_bucket_public_access_block.results": {},
      "aws_s3_bucket_ownership_controls.results": {},
      "aws_s3_bucket_server_side_encryption_configuration.results": {},
      "aws_s3_bucket_policy.results": {
        comment: "S3 rejects changes of a bucket policy while the public access block is being created.",
      },
      "data.aws_iam_policy_document.results": {},
      "aws_s3_bucket_lifecycle_configuration.results": {},
    },
  },
  {
    path: "queries.tf",
    blocks: {
      "aws_athena_named_query.events_by_log_group": {},
      "aws_athena_named_query.errors_by_hour": {},
      "aws_athena_named_query.repeated_errors": {},
      "aws_athena_named_query.slowest_invocations": {},
      "aws_athena_named_query.durations_by_function": {},
      "aws_athena_named_query.who_called_what": {},
      "aws_athena_named_query.denied_calls": {},
      "aws_athena_named_query.rejected_connections": {},
    },
  },
];
