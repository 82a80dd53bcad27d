/** The outputs of the pipeline, with their descriptions: the source of Terraform's outputs and of the tables in docs. */
export const pipelineOutputs = {
  searchEndpoint: "Endpoint that receives the events and serves searches. Empty with `target_stream_arn`.",
  searchDomainArn: "ARN of the OpenSearch Service domain that serves it. null when it is no domain of AWS.",
  searchDomainId: "Unique ID of the domain that the pipeline makes, `<account>/<name>`. null without one.",
  searchDomainLogGroupNames: "Names of the log groups of that domain's logs, by type (`search_domain.log_types`).",
  dashboardsUrl:
    "URL of the domain's OpenSearch Dashboards. null when `search_endpoint` or `target_stream_arn` is set.",
  accessPolicies:
    "IAM policies as JSON, by what people do: writer, reader, cleaner, administrator. null when the search endpoint is no domain of AWS.",
  indexPattern: "Index pattern that matches every index of the pipeline: several with commas between, after a change.",
  indexSettings:
    "How indices are named, kept and made, and what becomes of messages, for `--index-settings` of the commands: `terraform output -json index_settings`.",
  archiveBucketName: "Name of the bucket that the pipeline archives into.",
  archiveUri: "URI of the archive, such as s3://bucket/prefix/.",
  archiveBucketPolicyStatements:
    "What the policy of an archive bucket in another account needs, each statement as JSON. [] without `archive_bucket_account_id`.",
  archiveKeyStatement:
    "What the policy of `archive_kms_key_arn` needs where IAM policies of this account do not decide, such as in another one, as JSON. null without such a key.",
  foundLogGroups:
    "Names of the log groups that each of `log_group_prefixes` has found and subscribes, by prefix: without those that a longer prefix or `log_groups` has.",
  excludedLogGroups:
    "Names of the log groups that `account_subscription` leaves out: the pipeline's own, those that it subscribes otherwise, and `exclude`. null without it.",
  logDestinationArn:
    "ARN of the destination that other accounts subscribe log groups to. null without `log_destination`.",
  logDestinationLines:
    "What a subscription filter of another account has in Terraform, as two lines: `terraform output -raw log_destination_lines`. null without `log_destination`.",
  logDestinationRoleTrustPolicy: "Who assumes the role of that destination, as JSON: for a `log_destination.role_arn`.",
  streamNames:
    "Names of the Kinesis streams, by log group; of a shared one, by its name in `streams`, as in all outputs by log group.",
  streamArns: "ARNs of the Kinesis streams, by log group.",
  producerPolicies:
    "What an application needs that puts records to a stream, and to no other, as policies in JSON, by log group.",
  consumerArns: "ARNs of the consumers, by their names in `stream_consumers`.",
  consumerPolicies:
    "What an application needs that reads a stream, and no other, as policies in JSON, by log group: by polling, or as one of `stream_consumers`.",
  functionNames: "Names of the forwarder functions, by log group.",
  functionArns: "ARNs of the forwarder functions, by log group.",
  forwarderLogGroupNames: "Names of the forwarder functions' own log groups, by log group.",
  eventSourceMappingIds:
    "IDs of the event source mappings between streams and functions, by log group: for `aws lambda update-event-source-mapping --uuid`, which pauses a lane.",
  forwarderRoleName: "Name of the forwarder functions' role.",
  forwarderRoleArn:
    "ARN of the forwarder functions' role. With fine-grained access control, map it to a role of the domain.",
  forwarderRolePolicy: "What the role of the forwarder functions may do, as JSON: for a `forwarder_role_arn`.",
  forwarderRoleTrustPolicy: "Who assumes that role, as JSON: Lambda.",
  indexCleanupFunctionName: "Name of the clean-up function. null without `index_cleanup`.",
  indexCleanupRoleName: "Name of the clean-up function's role. null without `index_cleanup`.",
  indexCleanupRoleArn:
    "ARN of the clean-up function's role. With fine-grained access control, map it to a role of the domain. null without `index_cleanup`.",
  archiveCompactionFunctionName: "Name of the function that compacts the archive. null without `archive_compaction`.",
  archiveCompactionRoleArn: "ARN of that function's role. null without `archive_compaction`.",
  auditFunctionName: "Name of the function that compares the archive with the index. null without `audit`.",
  auditRoleName: "Name of that function's role. null without `audit`.",
  auditRoleArn:
    "ARN of that function's role. With fine-grained access control, map it to a role of the domain. null without `audit`.",
  logsToKinesisRoleName: "Name of the role that CloudWatch Logs assumes to write to the streams.",
  logsToKinesisRoleArn: "ARN of the role that CloudWatch Logs assumes to write to the streams.",
  logsToKinesisRolePolicy: "What that role may do, as JSON: for a `logs_to_kinesis_role_arn`.",
  logsToKinesisRoleTrustPolicy: "Who assumes that role, as JSON: CloudWatch Logs.",
  kmsKeyArn: "ARN of the KMS key of the log groups, streams, functions and domain.",
  kmsKeyId: "ID of that key: the last part of its ARN.",
  kmsKeyStatements:
    "What the policy of `kms_key_arn` needs, as a list of statements in JSON. null for a key that the pipeline creates.",
  inputAttributes:
    "Names of the attributes of each input that is an object, by its path such as `log_groups.rules`: Terraform leaves out an attribute with another name.",
} as const;
