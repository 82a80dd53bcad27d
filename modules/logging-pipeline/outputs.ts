/** What a pipeline tells when it is there. Terraform's outputs and the tables in docs are made from these. */
export const pipelineOutputs = {
  searchEndpoint: "Endpoint that events are sent to and can be searched at.",
  dashboardsUrl: "OpenSearch Dashboards of the domain; null when `search_endpoint` is given.",
  indexPattern: "Pattern of all the indices that events are in.",
  archiveUri: "Where the archive lies, as an s3:// URI.",
  streamNames: "Kinesis streams, by log group.",
  streamArns: "ARNs of the Kinesis streams, by log group.",
  functionNames: "Forwarder functions, by log group.",
  functionArns: "ARNs of the forwarder functions, by log group.",
  forwarderRoleArn:
    "Role of the forwarder functions. With fine-grained access control, map it to a role of the domain.",
  logsToKinesisRoleArn: "Role in which CloudWatch Logs writes to the streams.",
  keyArn: "KMS key of the log groups, streams, functions and the domain.",
} as const;
