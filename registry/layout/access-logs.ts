import type { FileLayout } from "./file";

/** The resources of access logs by file, each with comments for readers of the module. */
export const accessLogsLayout: readonly FileLayout[] = [
  {
    path: "main.tf",
    blocks: {
      "data.aws_caller_identity.this": {},
      "data.aws_partition.this": {},
      "data.aws_region.this": {},
      "local.sources": { comment: "The sources, each with the account that owns its bucket." },
      "local.buckets": {
        comment:
          "The buckets of the sources. S3 refuses two notifications of which one's prefix begins with the other's, so of such\n" +
          "prefixes a bucket has the outer one.",
      },
      "local.environments": {
        comment:
          "The environment variables of the function, for their length: a precondition of the queue has Lambda's limit. What a\n" +
          "plan may not know is in full length.",
      },
      "local.archive_bucket": {
        comment: "The same name as in modules/log-archive, so that neither needs the state of the other.",
      },
    },
  },
  {
    path: "queue.tf",
    blocks: {
      "aws_sqs_queue.this": {
        comment: "Lambda's advice for the visibility timeout: 6 times that of the function.",
      },
      "aws_sqs_queue.dead_letter": {
        comment: "A message keeps the time at which it was sent to the first queue, so it expires here after 14 days.",
      },
      "aws_sqs_queue_redrive_allow_policy.dead_letter": {},
      "aws_sqs_queue_policy.this": {},
      "data.aws_iam_policy_document.sqs_queue_policy": {
        comment: "Only these buckets and their owners, the rules of this module and the given topics may send.",
      },
    },
  },
  {
    path: "notifications.tf",
    blocks: {
      "aws_s3_bucket_notification.this": {
        comment:
          "S3 has one notification configuration for each bucket: this resource replaces whatever else it had, so a source asks\n" +
          "for it. S3 sends a test message when it is configured, so the queue needs its policy before.",
      },
      "aws_cloudwatch_event_rule.this": {},
      "aws_cloudwatch_event_target.this": {},
    },
  },
  {
    path: "function.tf",
    blocks: {
      "aws_cloudwatch_log_group.function": {
        comment: "Otherwise Lambda creates the log group, without expiration.",
        skipped: { CKV_AWS_158: "a key is optional (kms_key_arn); CloudWatch Logs encrypts with its own" },
      },
      "aws_lambda_function.this": {
        skipped: {
          CKV_AWS_115: "reserved concurrency fails in new accounts; maximum_concurrency limits it already",
          CKV_AWS_116: "a DLQ has no effect for an event source mapping; the queue has a dead-letter queue",
          CKV_AWS_117: "a VPC is optional (vpc); not every search endpoint is in one",
          CKV_AWS_173: "a key is optional (kms_key_arn); Lambda encrypts with its own, and no variable is a secret",
          CKV_AWS_272:
            "the zip is part of the module and checked by its hash; a signing profile belongs to the account",
        },
      },
      "aws_lambda_event_source_mapping.this": {},
      "aws_iam_role.function": {
        comment: "Lambda itself also assumes this role to receive and delete messages.",
      },
      "aws_iam_role_policy.function": {},
      "data.aws_iam_policy_document.function_assume_role": {},
      "data.aws_iam_policy_document.function": {
        comment:
          "Who may not list a bucket gets 403 for a key that is gone, as for one that is forbidden, and would try it for ever.",
      },
    },
  },
  {
    path: "alarms.tf",
    blocks: {
      "local.alarms": {
        comment: "The function's own metrics have no dimensions.",
      },
      "aws_cloudwatch_metric_alarm.this": {},
    },
  },
];
