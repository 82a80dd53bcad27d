import type { FileLayout } from "./file";

/** The resources of Firehose to S3 by file, each with comments for readers of the module. */
export const firehoseS3Layout: readonly FileLayout[] = [
  {
    path: "main.tf",
    blocks: {
      "data.aws_caller_identity.this": {},
      "data.aws_partition.this": {},
      "data.aws_region.this": {},
      "aws_cloudwatch_log_group.firehose": {
        comment: "Of errors. Firehose creates neither the log group nor its log streams.",
        skipped: { CKV_AWS_158: "a key is optional (kms_key_arn); CloudWatch Logs encrypts with its own" },
      },
      "aws_cloudwatch_log_stream.destination": {},
      "aws_kinesis_firehose_delivery_stream.this": {
        comment:
          "With a Kinesis stream as its source Firehose stores nothing itself, and refuses encryption of its own.",
        skipped: {
          CKV_AWS_240: "encrypted unless a Kinesis stream, which has its own encryption, is the source",
          CKV_AWS_241: "a key is optional (kms_key_arn); Firehose encrypts with its own",
        },
      },
    },
  },
  {
    path: "role.tf",
    blocks: {
      "local.role_arn": {},
      "aws_iam_role.firehose": {},
      "aws_iam_role_policy.firehose": {},
      "data.aws_iam_policy_document.firehose_assume_role": {
        comment: "Firehose gives the account as the external id.",
      },
      "data.aws_iam_policy_document.firehose": {
        comment: "What Firehose needs: the source, the prefixes in the bucket, the log group.",
      },
      "data.aws_iam_policy_document.producer_policy": { comment: "What an application needs that puts records." },
    },
  },
  {
    path: "alarms.tf",
    blocks: {
      "local.alarms": {
        comment: "AWS's best practices compare with the longest buffering interval, 15 minutes.",
      },
      "aws_cloudwatch_metric_alarm.this": {},
    },
  },
];
