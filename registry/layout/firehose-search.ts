import type { FileLayout } from "./file";

/** The resources of Firehose to search by file, each with comments for readers of the module. */
export const firehoseSearchLayout: readonly FileLayout[] = [
  {
    path: "main.tf",
    blocks: {
      "data.aws_caller_identity.this": {},
      "data.aws_partition.this": {},
      "data.aws_region.this": {},
      "local.bucket": {
        comment: "The same name as in modules/log-archive, so that neither needs the state of the other.",
      },
      "aws_cloudwatch_log_group.firehose": {
        comment: "Of errors. Firehose creates neither the log group nor its log streams.",
        skipped: { CKV_AWS_158: "a key is optional (kms_key_arn); CloudWatch Logs encrypts with its own" },
      },
      "aws_cloudwatch_log_stream.destination": {},
      "aws_cloudwatch_log_stream.backup": {},
      "aws_kinesis_firehose_delivery_stream.this": {
        comment:
          "With a Kinesis stream as its source Firehose stores nothing itself, and refuses encryption of its own. The parameters are\n" +
          "those that are not Firehose's defaults: the provider does not read the others back.",
        skipped: {
          CKV_AWS_240: "encrypted unless a Kinesis stream, which has its own encryption, is the source",
          CKV_AWS_241: "a key is optional (kms_key_arn); Firehose encrypts with its own",
        },
      },
    },
  },
  {
    path: "function.tf",
    blocks: {
      "local.environments": {
        comment: "The environment variables of the function, for their length: a precondition has Lambda's limit.",
      },
      "aws_cloudwatch_log_group.function": {
        comment: "Otherwise Lambda creates the log group, without expiration.",
        skipped: { CKV_AWS_158: "a key is optional (kms_key_arn); CloudWatch Logs encrypts with its own" },
      },
      "aws_lambda_function.this": {
        skipped: {
          CKV_AWS_115: "reserved concurrency fails in new accounts; Firehose limits how many calls it makes at a time",
          CKV_AWS_116: "a DLQ has no effect on calls that wait for an answer; Firehose writes failed records to S3",
          CKV_AWS_117: "the function connects to nothing: records come with the call, and documents go with the answer",
          CKV_AWS_173: "a key is optional (kms_key_arn); Lambda encrypts with its own, and no variable is a secret",
          CKV_AWS_272:
            "the zip is part of the module and checked by its hash; a signing profile belongs to the account",
        },
      },
      "aws_iam_role.function": {},
      "aws_iam_role_policy.function": {},
      "data.aws_iam_policy_document.function_assume_role": {},
      "data.aws_iam_policy_document.function": {},
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
        comment:
          "What Firehose needs: the source, the function, the domain, the prefixes in the bucket, the log group.",
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
