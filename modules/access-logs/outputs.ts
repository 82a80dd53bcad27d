/** The outputs of access logs, with their descriptions. */
export const accessLogsOutputs = {
  functionName: "Name of the function.",
  functionArn: "ARN of the function.",
  logGroupName: "Name of the function's own log group.",
  eventSourceMappingId: "ID of the event source mapping between queue and function.",
  roleName: "Name of the function's role.",
  roleArn: "ARN of the function's role. With fine-grained access control, map it to a role of the domain.",
  queueUrl: "URL of the queue of new objects, to which backfill and redrive send, too.",
  queueArn: "ARN of the queue.",
  deadLetterQueueUrl: "URL of the dead-letter queue.",
  deadLetterQueueArn:
    "ARN of the dead-letter queue: a message in it wants an alarm, and a redrive once its cause is gone.",
  quarantineUri: "URI of what cannot be read or indexed, such as s3://bucket/prefix/access-logs/.",
  ownedNotifications:
    'Buckets whose whole notification configuration is this module\'s (`notification = "queue"`): any other is replaced.',
  bucketNotifications:
    'What the owner of a bucket with `notification = "none"` adds to its notification configuration, as JSON by bucket.',
  bucketPolicyStatements:
    "What the owner of a bucket in another account adds to its policy, as JSON by bucket: a list of statements.",
  objectKeyStatement: "What the owner of a KMS key of objects adds to its policy, as JSON.",
  queueKeyStatement: "What the policy of `queue_kms_key_arn` needs, as JSON: S3, EventBridge and SNS encrypt messages.",
  quarantineBucketPolicyStatements:
    "What the policy of an archive bucket in another account needs, each statement as JSON. [] without `archive_bucket_account_id`.",
  quarantineKeyStatement:
    "What the policy of `archive_kms_key_arn` needs where IAM policies of this account do not decide, such as in another one, as JSON. null without such a key.",
  accessLogsIndexSettings:
    "How indices are named, kept and made, for `--index-settings` of the commands, where there is no pipeline beside it.",
} as const;
