import type { DeployedFunction, FunctionKind } from "./deployment";
import type { Resource } from "./resources";
import { Attributes } from "./values";

/** Types that the model prices, and, after them, those that cost nothing themselves. */
const KNOWN_TYPES: ReadonlySet<string> = new Set([
  ...["aws_kinesis_stream", "aws_kinesis_stream_consumer", "aws_lambda_function", "aws_lambda_event_source_mapping"],
  ...["aws_cloudwatch_log_group", "aws_opensearch_domain", "aws_kinesis_firehose_delivery_stream", "aws_sqs_queue"],
  ...["aws_kms_key", "aws_kms_replica_key", "aws_secretsmanager_secret", "aws_s3_bucket"],
  ...["aws_s3_bucket_lifecycle_configuration", "aws_s3_bucket_server_side_encryption_configuration"],
  ...["aws_cloudwatch_metric_alarm", "aws_cloudwatch_dashboard"],
  ...["terraform_data", "null_resource", "aws_iam_role", "aws_iam_role_policy", "aws_iam_policy"],
  ...["aws_iam_role_policy_attachment", "aws_kms_alias", "aws_kms_key_policy", "aws_lambda_permission"],
  ...["aws_cloudwatch_log_subscription_filter", "aws_cloudwatch_log_account_policy", "aws_cloudwatch_log_stream"],
  ...["aws_cloudwatch_log_destination", "aws_cloudwatch_log_destination_policy"],
  ...["aws_cloudwatch_log_resource_policy", "aws_opensearch_domain_policy", "aws_opensearch_domain_saml_options"],
  ...["aws_sqs_queue_policy", "aws_sqs_queue_redrive_policy", "aws_sqs_queue_redrive_allow_policy"],
  ...["aws_s3_bucket_policy", "aws_s3_bucket_versioning", "aws_s3_bucket_ownership_controls"],
  ...["aws_s3_bucket_public_access_block", "aws_s3_bucket_notification", "aws_s3_bucket_object_lock_configuration"],
  ...["aws_cloudwatch_event_rule", "aws_cloudwatch_event_target", "aws_scheduler_schedule"],
  ...["aws_lambda_function_event_invoke_config", "aws_secretsmanager_secret_version"],
]);

/** Why a resource's cost is not in the total. */
const REASONS: Readonly<Record<string, string>> = {
  aws_s3_bucket_replication_configuration: "replication: requests, transfer and the storage of the second bucket",
  aws_s3_bucket_logging: "the bucket's access logs: requests and storage",
};

const SCHEDULED: readonly FunctionKind[] = ["index-cleanup", "archive-compaction", "audit"];

type NotIncluded = readonly [address: string, reason: string];

/** The storage classes that the model has prices of. */
const STORAGE_CLASSES = ["STANDARD_IA", "INTELLIGENT_TIERING", "GLACIER_IR"];
const VOLUME_TYPES = ["gp3", "gp2", "io1", "standard"];

/**
 * What comes with a gp3 volume: 3,000 IOPS and 125 MiB/s, 250 from 170 GiB on, for each 3 TiB that it has begun (OpenSearch
 * Service pricing, EBS volumes; Developer Guide, EBS volume size quotas).
 */
function freeOf(volumeGib: number): { readonly iops: number; readonly throughput: number } {
  const parts = Math.max(1, Math.ceil(volumeGib / 3_072));
  return { iops: 3_000 * parts, throughput: (volumeGib < 170 ? 125 : 250) * parts };
}

/** What the total has not: resources that the model knows nothing about, and parts of those that it knows. */
export function notIncludedOf(managed: readonly Resource[], functions: readonly DeployedFunction[]): NotIncluded[] {
  const unknown = managed
    .filter(({ type }) => !KNOWN_TYPES.has(type))
    .map(({ address, type }): NotIncluded => [address, REASONS[type] ?? `this command knows nothing about ${type}`]);
  const untimed = functions.flatMap(({ kind, address, runsPerMonth }): NotIncluded[] => {
    if (kind === undefined) return [[address, "a function of another module: how often it runs is not known"]];
    const isTimed = !SCHEDULED.includes(kind) || runsPerMonth !== undefined;
    return isTimed ? [] : [[address, "its runs: the plan has no schedule that is understood"]];
  });
  return [...unknown, ...untimed, ...managed.flatMap(partsOf)];
}

function partsOf(resource: Resource): NotIncluded[] {
  const { address, type } = resource;
  const attributes = Attributes.of(resource);
  if (type === "aws_s3_bucket_lifecycle_configuration") {
    return attributes
      .blocks("rule")
      .flatMap((rule) => rule.blocks("transition"))
      .map((transition) => transition.text("storage_class"))
      .filter((storageClass) => storageClass !== "" && !STORAGE_CLASSES.includes(storageClass))
      .map((storageClass) => [address, `no price of ${storageClass}: what is there counts as S3 Standard`]);
  }
  if (type !== "aws_opensearch_domain") return [];
  const volumes = attributes.block("ebs_options");
  const free = freeOf(volumes.number("volume_size", 0));
  const reasons: (readonly [isGiven: boolean, reason: string])[] = [
    [
      attributes.block("cluster_config").text("instance_type") === "",
      "its nodes: the plan does not know their type yet",
    ],
    [volumes.is("ebs_enabled") && !VOLUME_TYPES.includes(volumes.text("volume_type")), "volumes of this type"],
    [
      volumes.number("iops", 0) > free.iops || volumes.number("throughput", 0) > free.throughput,
      "IOPS and throughput beyond what comes with a gp3 volume",
    ],
  ];
  return reasons.filter(([isGiven]) => isGiven).map(([, reason]) => [address, reason]);
}
