interface DoctorCheck {
  /** What is asked, and of whom. */
  readonly asks: string;
  /** What is found if something is wrong. */
  readonly finds: string;
  /** Why that is. */
  readonly cause: string;
  /** What mends it. */
  readonly mend: string;
}

/** What the doctor looks at: docs/doctor.md has it as a table. */
export const DOCTOR_CHECKS = {
  streams: {
    asks: "ListStreams of Kinesis",
    finds: "no stream has a name that begins with the pipeline's and `_`",
    cause: "the name, the region or the account is another one, or nothing is applied",
    mend: "terraform output stream_names",
  },
  "stream-active": {
    asks: "DescribeStreamSummary of Kinesis",
    finds: "a stream is not ACTIVE",
    cause: "it is being made, changed or deleted; UPDATING passes by itself",
    mend: "terraform apply",
  },
  "stream-throttled": {
    asks: "GetMetricStatistics of CloudWatch: WriteProvisionedThroughputExceeded of the last hour",
    finds: "writes were throttled",
    cause: "more is written than the shards take; CloudWatch Logs tries again for a day, applications may lose events",
    mend: "npm run sizing",
  },
  "stream-silent": {
    asks: "GetMetricStatistics of CloudWatch: IncomingRecords of the last 24 hours",
    finds: "nothing was written to a stream",
    cause: "its log groups have no subscription filter, nothing matches the filter's pattern, or nothing is logged",
    mend: "aws logs describe-subscription-filters",
  },
  "log-group": {
    asks: "DescribeLogGroups and DescribeSubscriptionFilters of CloudWatch Logs, for each --log-group",
    finds: "a log group does not exist, or no filter of it goes to a stream of the pipeline",
    cause: "it is not in log_groups, its name is another one, or somebody has removed the filter",
    mend: "terraform apply",
  },
  function: {
    asks: "GetFunctionConfiguration of Lambda",
    finds: "a stream has no function, or its function is not Active, or its last update has failed",
    cause: "the apply has not finished, or Lambda cannot use the function's role, KMS key or VPC",
    mend: "terraform apply",
  },
  runtime: {
    asks: "GetFunctionConfiguration of Lambda",
    finds: "AWS stops supporting a function's runtime within 90 days, or has",
    cause: "each version of Node.js ends",
    mend: "function_runtime",
  },
  mapping: {
    asks: "ListEventSourceMappings of Lambda",
    finds: "a function has no event source mapping, or it is not enabled",
    cause: "somebody has paused the lane; records wait in the stream until they expire",
    mend: "aws lambda update-event-source-mapping --enabled",
  },
  "mapping-result": {
    asks: "ListEventSourceMappings of Lambda",
    finds: "the last result of an event source mapping is a problem",
    cause: "Lambda may not read the stream or use its KMS key, or the function fails",
    mend: "aws logs tail",
  },
  "iterator-age": {
    asks: "GetMetricStatistics of CloudWatch: IteratorAge of the last 15 minutes",
    finds: "a function reads records that are older than 15 minutes",
    cause:
      "the function retries, or is slower than its stream; at the end of the stream's retention records go to the archive bucket only",
    mend: "aws logs tail",
  },
  "function-errors": {
    asks: "GetMetricStatistics of CloudWatch: Errors of the last hour; FilterLogEvents of CloudWatch Logs",
    finds: "invocations failed, with the last error",
    cause: "the error says why (docs/troubleshooting.md)",
    mend: "aws logs tail",
  },
  alarms: {
    asks: "DescribeAlarms of CloudWatch",
    finds: "an alarm of the pipeline is in ALARM",
    cause: "the alarm's description says what it watches (docs/alarms.md)",
    mend: "aws cloudwatch describe-alarm-history",
  },
  archive: {
    asks: "HeadBucket of S3",
    finds: "the archive bucket does not exist, is in another region, or may not be read",
    cause:
      "the stack log-archive is not applied, or archive_bucket names another bucket; the functions acknowledge nothing then",
    mend: "terraform apply",
  },
  undelivered: {
    asks: "ListObjectsV2 of S3 below aws/lambda/",
    finds: "Lambda has given up batches",
    cause: "an outage was longer than the maximum age of records",
    mend: "npm run replay -- --kind undelivered",
  },
  "search-reachable": {
    asks: "GET /_cluster/health of the search endpoint",
    finds: "the endpoint does not answer",
    cause:
      "its name, network or certificate, or the domain is overloaded; from outside, a domain in a VPC never answers",
    mend: "curl",
  },
  "search-iam": {
    asks: "GET /_cluster/health of the search endpoint",
    finds: "401 or 403 of AWS itself",
    cause: "neither the domain's access policy nor an IAM policy allows it, or the signature is wrong",
    mend: "aws sts get-caller-identity",
  },
  "search-role": {
    asks: "GET /_cluster/health of the search endpoint",
    finds: "401 or 403 of the engine",
    cause: "with fine-grained access control, the role is mapped to no role of the domain that may do it",
    mend: "npm run search -- setup",
  },
  "cluster-health": {
    asks: "GET /_cluster/health of the search endpoint",
    finds: "the cluster is red, or yellow",
    cause: "primary shards, or replicas, are on no node: the disk is full, or nodes are missing",
    mend: "curl _cluster/allocation/explain",
  },
  disk: {
    asks: "GET /_cat/allocation of the search endpoint",
    finds: "a data node's disk is fuller than 85 %",
    cause: "events are kept for longer than there is room; at 95 % the engine takes no more",
    mend: "npm run sizing",
  },
  shards: {
    asks: "GET /_cat/nodes and /_cluster/health of the search endpoint",
    finds: "more than 25 shards for each GiB of heap",
    cause: "an index for each log group and day; near the limit no new index is made at midnight",
    mend: "npm run sizing",
  },
  template: {
    asks: "GET /_index_template/<name> of the search endpoint",
    finds: "the pipeline's index template is missing",
    cause: "no function has begun since it was removed, or its role may not put it",
    mend: "npm run search -- setup",
  },
  lifecycle: {
    asks: "GET /_plugins/_ism/policies/<name> of the search endpoint",
    finds: "the policy that deletes old indices is missing",
    cause: "no function has begun since it was removed, or its role may not put it",
    mend: "npm run search -- setup",
  },
} as const satisfies Readonly<Record<string, DoctorCheck>>;

export type DoctorCheckName = keyof typeof DOCTOR_CHECKS;

/** Something that is wrong. */
export interface DoctorFinding {
  readonly check: DoctorCheckName;
  /** The stream, function, log group, bucket or endpoint. */
  readonly subject: string;
  /** What was seen. */
  readonly found: string;
  /** The command that mends it, or shows more. */
  readonly command: string;
}
