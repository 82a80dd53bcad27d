import type { FileLayout } from "./file";

/** The root module's resources by concern, with what a reader should know of each. */
export const pipelineLayout: readonly FileLayout[] = [
  {
    path: "main.tf",
    blocks: {
      "data.aws_caller_identity.this": {},
      "data.aws_partition.this": {},
      "data.aws_region.this": {},
      "local.lanes": {
        comment:
          "The log groups, each with a name for what it makes: <name>_<log group> where AWS allows it, else what can be\n" +
          "kept of the log group's name and a hash.",
      },
      "local.archive_bucket": {
        comment: "The same name as in modules/log-archive, so neither needs the other's state.",
      },
      "local.search_domain_arn": { comment: "Null when AWS does not run the search endpoint." },
      "local.stream_arns": {
        comment: "Looked up by key: faster to plan than an index into the resource, for each log group.",
      },
      "local.function_arns": {},
      "aws_kms_key.this": {
        comment: "One key for the log groups, the streams, the functions' environment and the domain.",
      },
      "aws_kms_alias.this": {},
      "data.aws_iam_policy_document.kms_key": {
        comment: "IAM decides about the key in this account; CloudWatch Logs has no role, so it is allowed here.",
        skipped: {
          CKV_AWS_109: "the account must be able to administer its key, else nobody can",
          CKV_AWS_111: "the account must be able to administer its key, else nobody can",
          CKV_AWS_356: "in a key policy, * is the key itself",
        },
      },
    },
  },
  {
    path: "sources.tf",
    blocks: {
      "aws_cloudwatch_log_group.this": {},
      "aws_kinesis_stream.this": {},
      "aws_cloudwatch_log_subscription_filter.this": {
        comment: "CloudWatch Logs sends a test record when the filter is made, so the role must have its policy.",
      },
      "aws_iam_role.logs_to_kinesis": {},
      "aws_iam_role_policy.logs_to_kinesis": {},
      "data.aws_iam_policy_document.logs_to_kinesis_assume_role": {},
      "data.aws_iam_policy_document.logs_to_kinesis": {
        comment: "By the streams' common prefix: the policy stays as small with five hundred log groups.",
      },
    },
  },
  {
    path: "forwarder.tf",
    blocks: {
      "aws_cloudwatch_log_group.forwarder": {
        comment: "Lambda would make the log groups itself, unencrypted and kept for ever.",
      },
      "aws_lambda_function.forwarder": {
        skipped: {
          CKV_AWS_115:
            "reserving concurrency fails in new accounts; shards and parallelization_factor bound it already",
          CKV_AWS_116:
            "a DLQ has no effect for an event source mapping; its on-failure destination is the archive bucket",
          CKV_AWS_117: "a VPC is an option (vpc); not every search endpoint is in one",
          CKV_AWS_272: "the zip is part of the module and checked by its hash; a signing profile is the account's own",
        },
      },
      "aws_lambda_event_source_mapping.this": {
        comment:
          "Records are retried until an hour before the stream forgets them, at most 7 days; then they go to the archive\n" +
          "bucket. They are never dropped for a number of attempts.",
      },
      "aws_iam_role.forwarder": {
        comment: "Lambda itself reads the streams and writes to the on-failure destination in this role, too.",
      },
      "aws_iam_role_policy.forwarder": {},
      "data.aws_iam_policy_document.forwarder_assume_role": {},
      "data.aws_iam_policy_document.forwarder": {},
    },
  },
  {
    path: "search.tf",
    blocks: {
      "local.search_endpoint": {},
      "aws_opensearch_domain.this": {
        skipped: {
          CKV_AWS_137:
            "a VPC is an option (vpc), which cannot be changed later; the access policy names the role that may write",
          CKV_AWS_248: "without a VPC the access policy names the principals; nobody else may read or write",
          CKV_AWS_317: "audit logs are an option (audit_log_group_arn), which needs fine-grained access control",
          CKV_AWS_318:
            "dedicated masters and three nodes are an option (dedicated_master_type, instance_count), and cost",
          CKV2_AWS_52:
            "fine-grained access control is an option (master_user_arn), because it cannot be switched off again",
          CKV2_AWS_59: "dedicated masters are an option (dedicated_master_type), and cost",
        },
      },
      "data.aws_iam_policy_document.opensearch_domain": {
        comment:
          "The forwarder may write, readers may read; who else may do what is decided by their own IAM policies.",
      },
    },
  },
];
