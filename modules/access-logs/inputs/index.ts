import { ENVIRONMENT, OWN_DOMAIN_RETENTION_DAYS } from "../../../core/settings/environment";
import { functionOptions } from "../../inputs/function-options";
import * as limits from "../../inputs/limits";
import { between, size } from "../../inputs/rules";
import { field, list, number, type Props, required, string } from "../../inputs/schema";
import { pipelineInputs, runtimeOf } from "../../logging-pipeline/inputs";
import { eventRules } from "../../logging-pipeline/inputs/event-rules";
import { messageInputs } from "../../logging-pipeline/inputs/message-inputs";
import { requestInputs } from "../../logging-pipeline/inputs/requests";
import { vpcOf } from "../../logging-pipeline/inputs/vpc";
import { accessLogsAlarms } from "./alarms";
import { accessLogSources } from "./sources";

const createEventSourceMapping = "Lambda API Reference, CreateEventSourceMapping";
const scalingConfig = "Lambda API Reference, ScalingConfig";
const setQueueAttributes = "Amazon SQS API Reference, SetQueueAttributes";
const lambdaQuotas = "Lambda Developer Guide, Lambda quotas";

const { name, searchEndpoint, searchDomainArn, searchRegion } = pipelineInputs;

/** The inputs of access logs: the source of Terraform's variables, the construct's props and the tables in docs. */
export const accessLogsInputs = {
  sources: required(
    accessLogSources,
    "Buckets and prefixes of access logs, by a name of one's own, which is also the index of objects whose format nothing says.",
  ),
  searchEndpoint: required(
    searchEndpoint.schema,
    "OpenSearch or Elasticsearch endpoint to deliver to, such as the pipeline's output `search_endpoint`.",
  ),
  searchDomainArn: {
    ...searchDomainArn,
    description:
      "ARN of the OpenSearch Service domain that serves `search_endpoint`, such as the pipeline's output `search_domain_arn`. The function's role is allowed to write to it. null: it is not a domain of AWS.",
  },
  searchRegion: {
    ...searchRegion,
    description:
      "Region that requests to `search_endpoint` are signed for. null: that of `search_domain_arn`, or the one that the host names, or the function's own; only a custom endpoint in another region needs one of the two.",
  },
  searchCredentials: pipelineInputs.searchCredentials,
  name: {
    ...name,
    description:
      "Name prefix of every resource, and name of the index template: that of the pipeline beside it, whose `index_…` values are then the same, too.",
  },
  tags: pipelineInputs.tags,
  topicArns: field(
    list(
      string(limits.arn("sns", "[A-Za-z0-9_-]{1,256}", "arn:aws:sns:eu-central-1:123456789012:new-logs")),
      size(0, 10, "topics"),
    ),
    [],
    "SNS topics that may send notifications of S3 to the queue, subscribed by their owner.",
  ),
  batchSize: field(
    number(between(1, 10, createEventSourceMapping)),
    10,
    "Maximum number of messages, and so mostly of objects, per invocation.",
  ),
  maximumBatchingWindowInSeconds: field(
    number(between(0, 300, createEventSourceMapping)),
    0,
    "Maximum time that Lambda gathers messages before it invokes the function, in seconds.",
  ),
  maximumConcurrency: field(
    number(between(2, 1_000, scalingConfig)),
    10,
    "Maximum number of invocations at the same time, which bounds what the search endpoint gets.",
  ),
  reservedConcurrentExecutions: field(
    number(between(2, 2_147_483_647, "Lambda API Reference, PutFunctionConcurrency")),
    null,
    "Invocations that Lambda keeps for the function, at least `maximum_concurrency`, and at most the account's unreserved ones less 100. null: none.",
  ),
  maxReceiveCount: field(
    number(
      between(5, 1_000, "Lambda Developer Guide, Using Lambda with Amazon SQS: Configuring a queue to use with Lambda"),
    ),
    50,
    "Number of attempts for a message, each 6 times `function_timeout_seconds` after the one before, until SQS moves it to the dead-letter queue. 50 of half an hour outlast an outage of a day.",
  ),
  messageRetentionDays: field(
    number(between(1, 13, setQueueAttributes)),
    4,
    "Retention of messages in the queue, in days. The dead-letter queue keeps them until they are 14 days old.",
  ),
  functionMemoryMib: field(
    number(between(128, 10_240, lambdaQuotas)),
    256,
    "Memory of the function, in MiB. Lambda allocates CPU in proportion; objects of any size fit.",
  ),
  functionTimeoutSeconds: field(
    number(between(10, 900, lambdaQuotas)),
    300,
    "Timeout of an invocation, in seconds. What takes longer continues in another one. The queue's visibility timeout is 6 times as long.",
  ),
  functionRuntime: runtimeOf("the function"),
  functionArchitecture: {
    ...pipelineInputs.functionArchitecture,
    description: "Instruction set architecture of the function. arm64 costs less.",
  },
  functionLogRetentionInDays: {
    ...pipelineInputs.functionLogRetentionInDays,
    description: "Retention of the function's own logs, in days. 0: they never expire.",
  },
  ...functionOptions,
  indexPrefix: pipelineInputs.indexPrefix,
  indexPeriod: pipelineInputs.indexPeriod,
  indexHistory: {
    ...pipelineInputs.indexHistory,
    description:
      "Names that indices had before, by the time of the first event that no longer has them: the pipeline's. `indices` and `default_index` have no effect here.",
  },
  indexTemplate: {
    ...pipelineInputs.indexTemplate,
    description:
      "managed: the function puts the index template of its `name`. none: the templates of the engine decide.",
  },
  indexShards: pipelineInputs.indexShards,
  indexReplicas: field(
    pipelineInputs.indexReplicas.schema,
    Number(ENVIRONMENT.INDEX_REPLICAS.default),
    "Maximum number of replicas of a new index; fewer where there are fewer nodes. A domain with standby takes 2, and not 1.",
  ),
  indexRefreshIntervalSeconds: pipelineInputs.indexRefreshIntervalSeconds,
  indexSort: pipelineInputs.indexSort,
  indexRetentionDays: {
    ...pipelineInputs.indexRetentionDays,
    description: `Days after the end of its period at which the engine deletes an index; the objects stay. 0: never. null: as the pipeline, ${OWN_DOMAIN_RETENTION_DAYS} with the domain of the same \`name\`, and 0 with any other.`,
  },
  bulkRequests: pipelineInputs.bulkRequests,
  ...requestInputs,
  ...messageInputs("line"),
  rules: field(
    eventRules,
    [],
    "Which lines are indexed, and what is redacted in them (docs/rules.md). The objects stay as they are. []: all, and nothing.",
  ),
  metricsNamespace: {
    ...pipelineInputs.metricsNamespace,
    description:
      "CloudWatch namespace of the function's metrics, which CloudWatch charges for. null: `<name>-access-logs`. Empty: no metrics.",
  },
  alarms: field(
    accessLogsAlarms,
    null,
    "CloudWatch alarms on the queues and the function: 8, each $0.10 a month. null: none.",
  ),
  archiveBucket: {
    ...pipelineInputs.archiveBucket,
    description:
      "Name of the archive bucket, whose `access-logs/` holds what cannot be read or indexed. null: the bucket that log-archive creates for the same `name`, `<name>-archive-<account>-<region>`.",
  },
  archiveBucketAccountId: {
    ...pipelineInputs.archiveBucketAccountId,
    description:
      "Account that owns the archive bucket, in the function's region, and that the bucket created by log-archive is named after. Its policy needs the output `quarantine_bucket_policy_statements`. null: the provider's.",
  },
  archivePrefix: {
    ...pipelineInputs.archivePrefix,
    description: "Prefix of every object key in the archive, before `access-logs/`.",
  },
  archiveKmsKeyArn: {
    ...pipelineInputs.archiveKmsKeyArn,
    description:
      "KMS key of the archive bucket, which the function's role is allowed to use. null: SSE-S3, which needs no permission.",
  },
  kmsKeyArn: field(
    string(limits.kmsKeyArn),
    null,
    "KMS key of the function's log group and environment, such as the pipeline's output `kms_key_arn`. null: AWS's own encryption.",
  ),
  queueKmsKeyArn: field(
    string(limits.kmsKeyArn),
    null,
    "KMS key of both queues, whose policy lets S3, EventBridge and SNS use it (output `queue_key_statement`). null: SQS's own encryption (SSE-SQS).",
  ),
  vpc: field(
    vpcOf({
      subnetIds: "subnets of the function",
      securityGroupIds:
        "its security groups. They must let it connect to the search endpoint, S3 and SQS on port 443, through VPC endpoints or NAT",
    }),
    null,
    "VPC of the function. null: no VPC.",
  ),
  rolePath: {
    ...pipelineInputs.rolePath,
    description: "Path of the role. **A change replaces it**, and nothing is delivered meanwhile; it waits.",
  },
  permissionsBoundaryArn: {
    ...pipelineInputs.permissionsBoundaryArn,
    description: "Permissions boundary of the role. null: none.",
  },
  enforceLambdaSourceAccount: pipelineInputs.enforceLambdaSourceAccount,
};

/** Props of {@link AccessLogs}. {@link accessLogsInputs} has the description, limits and default of each. */
export type AccessLogsProps = Props<typeof accessLogsInputs>;
