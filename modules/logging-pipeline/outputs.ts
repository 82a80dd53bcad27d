/** The outputs of the pipeline, with their descriptions: the source of Terraform's outputs and of the tables in docs. */
export const pipelineOutputs = {
  searchEndpoint: "Endpoint that receives the events and serves searches. Empty with `target_stream_arn`.",
  searchDomainArn: "ARN of the OpenSearch Service domain that serves it. null when it is no domain of AWS.",
  dashboardsUrl:
    "URL of the domain's OpenSearch Dashboards. null when `search_endpoint` or `target_stream_arn` is set.",
  accessPolicies:
    "IAM policies as JSON, by what people do: writer, reader, cleaner, administrator. null when the search endpoint is no domain of AWS.",
  indexPattern: "Index pattern that matches every index of the pipeline: several with commas between, after a change.",
  indexSettings:
    "How indices are named, kept and made, and what becomes of messages, for `--index-settings` of the commands: `terraform output -json index_settings`.",
  archiveUri: "URI of the archive, such as s3://bucket/prefix/.",
  streamNames: "Names of the Kinesis streams, by log group.",
  streamArns: "ARNs of the Kinesis streams, by log group.",
  producerPolicies:
    "What an application needs that puts records to a stream, and to no other, as policies in JSON, by log group.",
  functionNames: "Names of the forwarder functions, by log group.",
  functionArns: "ARNs of the forwarder functions, by log group.",
  forwarderRoleArn:
    "ARN of the forwarder functions' role. With fine-grained access control, map it to a role of the domain.",
  indexCleanupFunctionName: "Name of the clean-up function. null without `index_cleanup`.",
  indexCleanupRoleArn:
    "ARN of the clean-up function's role. With fine-grained access control, map it to a role of the domain. null without `index_cleanup`.",
  logsToKinesisRoleArn: "ARN of the role that CloudWatch Logs assumes to write to the streams.",
  kmsKeyArn: "ARN of the KMS key of the log groups, streams, functions and domain.",
  kmsKeyStatements:
    "What the policy of `kms_key_arn` needs, as a list of statements in JSON. null for a key that the pipeline creates.",
  inputAttributes:
    "Names of the attributes of each input that is an object, by its path such as `log_groups.rules`: Terraform leaves out an attribute with another name.",
} as const;
