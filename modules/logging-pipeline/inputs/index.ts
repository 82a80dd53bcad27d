import { ENVIRONMENT, OWN_DOMAIN_RETENTION_DAYS } from "../../../core/settings/environment";
import { functionOptions } from "../../inputs/function-options";
import * as limits from "../../inputs/limits";
import { oneOf } from "../../inputs/rules";
import { bool, field, map, number, type Props, string } from "../../inputs/schema";
import { alarms } from "./alarms";
import { archiveCompaction } from "./archive-compaction";
import { auditInput } from "./audit";
import { acceptedNumber, acceptedText } from "./environment";
import { indexCleanup } from "./index-cleanup";
import { indexHistory, indexPeriod } from "./index-history";
import { keyInputs } from "./key";
import { laneInputs } from "./lane-inputs";
import { logGroups, sharedIndex } from "./log-groups";
import { recordSizeInput, requestInputs } from "./requests";
import { roleInputs, rolePath } from "./roles";
import { searchDomain } from "./search-domain";
import { endpointInputs } from "./search-endpoint";
import { selectionInputs } from "./selections";
import { streamConsumers } from "./stream-consumers";
import { streams } from "./streams";
import { vpc } from "./vpc";

const bulkMaxMib = Number(ENVIRONMENT.BULK_MAX_BYTES.default) / 1024 / 1024;

/** @param whose runtime it is */
export const runtimeOf = (whose: string) =>
  field(
    string(oneOf(["nodejs22.x", "nodejs24.x"], "Lambda Developer Guide, Lambda runtimes")),
    "nodejs22.x",
    `Runtime of ${whose}. nodejs24.x needs AWS provider 6.20 or newer: older ones refuse it in the plan.`,
  );

/** The inputs of the pipeline: the source of Terraform's variables, the construct's props and the tables in docs. */
export const pipelineInputs = {
  name: field(
    string(...limits.pipelineName),
    "logging-pipeline",
    "Name prefix of every resource. Unique per account and region. **A change replaces them all, with the records in the streams and the domain's indices**, and asks for another archive bucket; log groups stay.",
  ),
  logGroups: field(
    logGroups,
    {
      foo: { shards: 1, skipDestroy: false },
      bar: { shards: 2, skipDestroy: false },
      baz: { shards: 1, skipDestroy: false },
    },
    "Log groups to deliver, by name. Each entry creates 6 resources, or 2 if it shares a stream.",
  ),
  streams: field(
    streams,
    {},
    "Streams that log groups share, by name: `log_groups[*].stream`. Each entry creates 4 resources: stream, function, its log group and event source mapping. Applications may write to one, too.",
  ),
  ...selectionInputs,
  streamConsumers: field(
    streamConsumers,
    {},
    "Consumers that read streams beside the forwarders, with enhanced fan-out, by name: each has the log group whose stream it reads, or a stream in `streams`. A consumer costs as much as the shards of its stream.",
  ),
  tags: field(
    map(string(limits.tagValue), [...limits.tagKeys], limits.tagCount),
    {},
    "Tags of every resource that supports them.",
  ),
  ...laneInputs,
  functionRuntime: runtimeOf("the forwarder"),
  functionArchitecture: field(
    string(oneOf(["arm64", "x86_64"], "Lambda Developer Guide, Selecting an instruction set architecture")),
    "arm64",
    "Instruction set architecture of the forwarder. arm64 costs less.",
  ),
  functionLogRetentionInDays: field(
    number(limits.retentionInDays),
    365,
    "Retention of the forwarder's own logs, in days. 0: they never expire.",
  ),
  ...functionOptions,
  searchDomain: field(
    searchDomain,
    {},
    "Settings of the OpenSearch Service domain. Ignored when `search_endpoint` is set, but for `ip_allow_list`, or `target_stream_arn`.",
  ),
  ...endpointInputs,
  targetStreamArn: field(
    string(
      limits.arn(
        "kinesis",
        "stream/[A-Za-z0-9_.-]{1,128}",
        "arn:aws:kinesis:eu-central-1:123456789012:stream/app-logs",
      ),
    ),
    null,
    "ARN of an existing Kinesis stream to put events into, as lines of JSON, in place of a search endpoint: no domain is created. null: none.",
  ),
  targetStreamKmsKeyArn: field(
    string(limits.kmsKeyArn),
    null,
    "KMS key of the stream `target_stream_arn`, which the forwarder's role is allowed to use. null: AWS's own key, or none.",
  ),
  indexPrefix: field(
    string(acceptedText(ENVIRONMENT.INDEX_PREFIX, "OpenSearch documentation, Create index: Index naming restrictions")),
    ENVIRONMENT.INDEX_PREFIX.default,
    "Prefix of every index name. Two pipelines that deliver to one cluster have different ones.",
  ),
  indexPeriod: field(
    indexPeriod,
    "day",
    "Period that an index holds the events of, in UTC, by their own time. A longer one makes fewer shards, and keeps events until the last of them may go.",
  ),
  defaultIndex: field(
    string(sharedIndex),
    null,
    "Index that all log groups without an `index` share, without prefix and period. null: each has an index of its own.",
  ),
  indexHistory: field(
    indexHistory,
    {},
    "Names that indices had before, by the time of the first event that no longer has them: what to set before `index_prefix`, `index_period`, `default_index` or an `index` is changed.",
  ),
  indexTemplate: field(
    string(oneOf(["managed", "none"])),
    "managed",
    "managed: the forwarder puts an index template of its own, which decides what an index costs. none: the templates of the engine decide.",
  ),
  indexShards: field(
    number(acceptedNumber(ENVIRONMENT.INDEX_SHARDS)),
    Number(ENVIRONMENT.INDEX_SHARDS.default),
    "Number of primary shards of a new index.",
  ),
  indexReplicas: field(
    number(acceptedNumber(ENVIRONMENT.INDEX_REPLICAS)),
    null,
    "Maximum number of replicas of a new index; fewer where there are fewer nodes. null: 1, and 2 with `search_domain.multi_az_with_standby`.",
  ),
  indexRefreshIntervalSeconds: field(
    number(acceptedNumber(ENVIRONMENT.INDEX_REFRESH_INTERVAL_SECONDS)),
    Number(ENVIRONMENT.INDEX_REFRESH_INTERVAL_SECONDS.default),
    "Time after which an event can be found, in seconds. A longer one costs the engine less; 1, the engines' own, costs nothing while nobody searches.",
  ),
  indexSort: field(
    string(oneOf(ENVIRONMENT.INDEX_SORT.values)),
    ENVIRONMENT.INDEX_SORT.default,
    "Order of the events in a new index. time: the latest first, so that searches for the latest end early; it costs the engine CPU. none: as they come.",
  ),
  indexRetentionDays: field(
    number(acceptedNumber(ENVIRONMENT.INDEX_RETENTION_DAYS)),
    null,
    `Days after the end of its period at which the domain deletes an index; the archive keeps its events. 0: never. null: ${OWN_DOMAIN_RETENTION_DAYS}, and 0 with \`search_endpoint\`.`,
  ),
  indexCleanup: field(
    indexCleanup,
    null,
    "Function that deletes old indices on a schedule, on every engine: 7 resources. At least one of `keep_days`, `keep_count` and `max_disk_percent` is set; an index that one of them does not keep is deleted. It works beside `index_retention_days`. null: no such function.",
  ),
  bulkRequests: field(
    number(acceptedNumber(ENVIRONMENT.BULK_REQUESTS)),
    Number(ENVIRONMENT.BULK_REQUESTS.default),
    `Maximum number of concurrent \`_bulk\` requests per invocation. More deliver faster while the domain has idle capacity. Each takes ${bulkMaxMib} MiB of memory, and up to 60 MiB while the index rejects every event.`,
  ),
  ...requestInputs,
  recordMaxBytes: recordSizeInput,
  metricsNamespace: field(
    string(acceptedText(ENVIRONMENT.METRICS_NAMESPACE, "CloudWatch API Reference, PutMetricData")),
    null,
    "CloudWatch namespace of the pipeline's metrics, which CloudWatch charges for. null: the `name`. Empty: no metrics.",
  ),
  alarms: field(
    alarms,
    null,
    "CloudWatch alarms: 5 for the pipeline, 4 for the domain that it makes, 1 each with `index_cleanup` and `archive_compaction`, 3 with `audit`, and 5 for each stream, each $0.10 a month. null: none.",
  ),
  dashboard: field(
    bool(),
    false,
    "Whether there is a CloudWatch dashboard of the pipeline and the domain that it makes: 1 resource, $3 a month beyond the first three of an account.",
  ),
  archiveBucket: field(
    string(limits.bucketName),
    null,
    "Name of the archive bucket. null: the bucket that log-archive creates for the same `name`, `<name>-archive-<account>-<region>`.",
  ),
  archiveBucketAccountId: field(
    string(limits.accountId),
    null,
    "Account that owns the archive bucket, in the pipeline's region, and that the bucket created by log-archive is named after. Its policy needs the output `archive_bucket_policy_statements`. null: the provider's.",
  ),
  archivePrefix: field(
    string(acceptedText(ENVIRONMENT.ARCHIVE_PREFIX, "Amazon S3 User Guide, Naming Amazon S3 objects")),
    ENVIRONMENT.ARCHIVE_PREFIX.default,
    "Prefix of every object key in the archive. Lambda's own `aws/lambda/…` stays at the root of the bucket.",
  ),
  archiveContent: field(
    string(oneOf(ENVIRONMENT.ARCHIVE_CONTENT.values)),
    null,
    "Whether the archive has events as they came (raw), or as the rules of their log groups redact them (redacted). Needed as soon as a rule redacts. null: raw.",
  ),
  archiveKmsKeyArn: field(
    string(limits.kmsKeyArn),
    null,
    "KMS key of the archive bucket, which the forwarder's role is allowed to use. null: SSE-S3, which needs no permission.",
  ),
  archiveCompaction: field(
    archiveCompaction,
    null,
    "Function that makes one object of the many of an hour, for each log group or stream, on a schedule: 7 resources. It begins an hour after the longest stream retention. Not for a bucket with Object Lock. null: no such function.",
  ),
  audit: field(
    auditInput,
    null,
    "Function that compares the archive with the index on a schedule, and counts and names what is missing or doubled: 7 resources. It changes nothing. null: no such function.",
  ),
  ...keyInputs,
  vpc: field(
    vpc,
    null,
    "VPC of the function and the domain. A domain that moves into or out of a VPC is **replaced, and its indices are gone**; a replay brings them back. null: no VPC.",
  ),
  ...roleInputs,
  rolePath,
  permissionsBoundaryArn: field(
    string(limits.arn("iam", "policy/.+", "arn:aws:iam::123456789012:policy/boundary")),
    null,
    "Permissions boundary of all roles. null: none.",
  ),
  enforceLambdaSourceAccount: field(
    bool(),
    false,
    "Whether a function's role can be assumed only with this account as `aws:SourceAccount`. No page of AWS says that Lambda sends it, and if it does not, the apply fails: try it with a pipeline that nobody needs.",
  ),
};

/** Props of {@link LoggingPipeline}. {@link pipelineInputs} has the description, limits and default of each. */
export type LoggingPipelineProps = Props<typeof pipelineInputs>;
