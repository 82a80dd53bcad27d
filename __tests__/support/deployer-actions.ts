import { readFileSync } from "node:fs";
import { join } from "node:path";

const POLICY = readFileSync(join(__dirname, "../../examples/deployer/main.tf"), "utf8");

/** The actions that the policy of examples/deployer allows. */
export const deployerActions: ReadonlySet<string> = new Set(
  [...POLICY.matchAll(/\bactions += \[([^\]]*)\]/g)].flatMap(([, list]) => list!.match(/[a-z0-9]+:\w+/g) ?? []),
);

/** Prefixes of actions by the services' names in the AWS SDK for Go. */
const PREFIXES: Readonly<Record<string, string>> = {
  "CloudWatch Logs": "logs",
  IAM: "iam",
  KMS: "kms",
  Kinesis: "kinesis",
  Lambda: "lambda",
  S3: "s3",
};

/** Actions of S3 that have other names than their operations (S3 User Guide, Required permissions for Amazon S3 API operations). */
const S3_ACTIONS: Readonly<Record<string, string>> = {
  DeleteBucketEncryption: "PutEncryptionConfiguration",
  DeleteBucketLifecycle: "PutLifecycleConfiguration",
  DeleteBucketOwnershipControls: "PutBucketOwnershipControls",
  DeletePublicAccessBlock: "PutBucketPublicAccessBlock",
  GetBucketAccelerateConfiguration: "GetAccelerateConfiguration",
  GetBucketCors: "GetBucketCORS",
  GetBucketEncryption: "GetEncryptionConfiguration",
  GetBucketLifecycleConfiguration: "GetLifecycleConfiguration",
  GetBucketReplication: "GetReplicationConfiguration",
  GetObjectLockConfiguration: "GetBucketObjectLockConfiguration",
  GetPublicAccessBlock: "GetBucketPublicAccessBlock",
  HeadBucket: "ListBucket",
  PutBucketEncryption: "PutEncryptionConfiguration",
  PutBucketLifecycleConfiguration: "PutLifecycleConfiguration",
  PutPublicAccessBlock: "PutBucketPublicAccessBlock",
};

/**
 * The actions that calls of Terraform's provider need.
 *
 * @param calls as `service:Operation`
 * @throws Error for a service that no prefix is known of
 */
export function actionsOf(calls: Iterable<string>): Set<string> {
  const actions = [...calls].flatMap((call) => {
    const [service, operation] = call.split(":") as [string, string];
    // GetCallerIdentity needs no permission.
    if (service === "STS") return [];
    const prefix = PREFIXES[service];
    if (prefix === undefined) throw new Error(`No prefix of actions is known for ${service}.`);
    return [`${prefix}:${(prefix === "s3" && S3_ACTIONS[operation]) || operation}`];
  });
  return new Set(actions);
}

/** Actions that applying the examples on an emulator does not show, by the reason. */
const REASONS: Readonly<Record<string, string>> = {
  "what a service does in the deployer's name":
    "kms:CreateGrant kms:Decrypt kms:Encrypt iam:PassRole ec2:DescribeSecurityGroups ec2:DescribeSubnets ec2:DescribeVpcs",
  "the domain, which takes the provider ten minutes":
    "es:AddTags es:CreateDomain es:DeleteDomain es:DescribeDomain es:DescribeDomainAutoTunes es:DescribeDomainConfig " +
    "es:GetUpgradeStatus es:ListTags es:RemoveTags es:UpdateDomainConfig es:UpgradeDomain",
  "an input that these examples do not have: tags":
    "kms:TagResource kms:UntagResource kinesis:AddTagsToStream kinesis:RemoveTagsFromStream logs:TagResource logs:UntagResource " +
    "s3:PutBucketTagging iam:TagRole iam:UntagRole lambda:TagResource lambda:UntagResource",
  "an input that these examples do not have: log_types, index_cleanup, alarms and others":
    "cloudwatch:DeleteAlarms cloudwatch:DescribeAlarms cloudwatch:ListTagsForResource cloudwatch:PutMetricAlarm " +
    "cloudwatch:TagResource cloudwatch:UntagResource cloudwatch:DeleteDashboards cloudwatch:GetDashboard cloudwatch:PutDashboard " +
    "s3:PutBucketLogging s3:PutBucketObjectLockConfiguration s3:PutReplicationConfiguration " +
    "logs:DeleteResourcePolicy logs:DescribeResourcePolicies logs:PutResourcePolicy scheduler:CreateSchedule " +
    "logs:DeleteAccountPolicy logs:DescribeAccountPolicies logs:PutAccountPolicy logs:DeleteDestination logs:DescribeDestinations " +
    "logs:PutDestination logs:PutDestinationPolicy kinesis:DeregisterStreamConsumer kinesis:DescribeStreamConsumer kinesis:RegisterStreamConsumer " +
    "scheduler:DeleteSchedule scheduler:GetSchedule scheduler:UpdateSchedule iam:DeleteRolePermissionsBoundary " +
    "iam:PutRolePermissionsBoundary lambda:DeleteFunctionConcurrency lambda:PutFunctionConcurrency",
  "a change of an input":
    "kms:PutKeyPolicy kms:UpdateKeyDescription kinesis:DecreaseStreamRetentionPeriod kinesis:UpdateShardCount " +
    "kinesis:UpdateStreamMode logs:AssociateKmsKey logs:DeleteRetentionPolicy logs:DisassociateKmsKey iam:UpdateAssumeRolePolicy " +
    "iam:UpdateRole lambda:GetFunctionConfiguration lambda:UpdateFunctionCode lambda:UpdateFunctionConfiguration " +
    "lambda:UpdateEventSourceMapping",
};

export const UNSEEN: ReadonlySet<string> = new Set(Object.values(REASONS).flatMap((actions) => actions.split(" ")));

/** The action that creates a resource of each type. */
export const CREATING: Readonly<Record<string, string>> = {
  aws_cloudwatch_log_account_policy: "logs:PutAccountPolicy",
  aws_cloudwatch_log_destination: "logs:PutDestination",
  aws_cloudwatch_log_destination_policy: "logs:PutDestinationPolicy",
  aws_cloudwatch_log_group: "logs:CreateLogGroup",
  aws_cloudwatch_log_resource_policy: "logs:PutResourcePolicy",
  aws_cloudwatch_log_subscription_filter: "logs:PutSubscriptionFilter",
  aws_cloudwatch_dashboard: "cloudwatch:PutDashboard",
  aws_cloudwatch_metric_alarm: "cloudwatch:PutMetricAlarm",
  aws_iam_role: "iam:CreateRole",
  aws_iam_role_policy: "iam:PutRolePolicy",
  aws_kinesis_stream: "kinesis:CreateStream",
  aws_kinesis_stream_consumer: "kinesis:RegisterStreamConsumer",
  aws_kms_alias: "kms:CreateAlias",
  aws_kms_key: "kms:CreateKey",
  aws_lambda_event_source_mapping: "lambda:CreateEventSourceMapping",
  aws_lambda_function: "lambda:CreateFunction",
  aws_opensearch_domain: "es:CreateDomain",
  aws_opensearch_domain_saml_options: "es:UpdateDomainConfig",
  aws_s3_bucket: "s3:CreateBucket",
  aws_s3_bucket_lifecycle_configuration: "s3:PutLifecycleConfiguration",
  aws_s3_bucket_logging: "s3:PutBucketLogging",
  aws_s3_bucket_object_lock_configuration: "s3:PutBucketObjectLockConfiguration",
  aws_s3_bucket_ownership_controls: "s3:PutBucketOwnershipControls",
  aws_s3_bucket_policy: "s3:PutBucketPolicy",
  aws_s3_bucket_public_access_block: "s3:PutBucketPublicAccessBlock",
  aws_s3_bucket_replication_configuration: "s3:PutReplicationConfiguration",
  aws_s3_bucket_server_side_encryption_configuration: "s3:PutEncryptionConfiguration",
  aws_s3_bucket_versioning: "s3:PutBucketVersioning",
  aws_scheduler_schedule: "scheduler:CreateSchedule",
};
