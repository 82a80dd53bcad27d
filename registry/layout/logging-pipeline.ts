import type { FileLayout } from "./file";

/** The pipeline's resources by file, each with comments for readers of the module. */
export const pipelineLayout: readonly FileLayout[] = [
  {
    path: "main.tf",
    blocks: {
      "data.aws_caller_identity.this": {},
      "data.aws_partition.this": {},
      "data.aws_region.this": {},
      "local.streams": { comment: "The streams that log groups share, with all their settings." },
      "local.log_groups": {
        comment:
          "The log groups with all their settings: their own, those of the stream that they share, or the defaults. lane_name is\n" +
          "the name of the lane that delivers them.",
      },
      "local.lanes": {
        comment:
          "The streams with their functions, each with a name for its resources: <name>_<log group> where AWS allows it, else a\n" +
          "shortened name of the log group and a hash; <name>_<stream> of a shared one.",
      },
      "local.stream_variables": {
        comment: "What the functions of shared streams do where a log group says nothing else.",
      },
      "local.log_group_exceptions": {
        comment:
          "LOG_GROUPS of those functions: the variables in which log groups differ, by stream. Log groups that differ alike are in\n" +
          "one entry, and a log group that moved from one stream to another is in both as long as previous_stream names it.",
      },
      "local.environments": {
        comment:
          "The environment variables of each function, for their length: a precondition of the key has Lambda's limit. What\n" +
          "a plan may not know is in full length.",
      },
      "local.archive_bucket": {
        comment: "The same name as in modules/log-archive, so that neither needs the state of the other.",
      },
      "local.search_domain_arn": { comment: "Null when the search endpoint is not a domain of AWS." },
      "local.stream_arns": {
        comment: "Terraform plans a lookup by key faster than an index into the resource for each log group.",
      },
      "local.function_arns": {},
      "local.producer_policies": {
        comment:
          "What applications need that write to a stream themselves; the output producer_policies has it as JSON.",
      },
      "local.consumer_policies": {
        comment:
          "What applications need that read a stream beside its function; the output consumer_policies has it as JSON.",
      },
      "data.aws_partition.conditions": {
        comment:
          "What the values of several variables must have together. They are conditions of a data source, which asks nobody,\n" +
          "because no resource is always created.",
      },
      "aws_kms_key.this": {
        comment: "One key for the log groups, the streams, the environment of the functions, and the domain.",
      },
      "aws_kms_alias.this": {},
      "data.aws_iam_policy_document.kms_key": {
        comment:
          "IAM policies control access to the key in this account. CloudWatch Logs has no role, so the key policy allows it.",
        skipped: {
          CKV_AWS_109: "the account must be able to administer its key, otherwise nobody can",
          CKV_AWS_111: "the account must be able to administer its key, otherwise nobody can",
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
        comment:
          "CloudWatch Logs sends a test record when the filter is created, so the role needs its policy before. The filter is named\n" +
          "after its stream: when its log group moves, the old one goes after the new one has come, and nothing is missed.",
      },
      "aws_kinesis_stream_consumer.this": {},
      "local.logs_to_kinesis_role_arn": {},
      "aws_iam_role.logs_to_kinesis": {},
      "aws_iam_role_policy.logs_to_kinesis": {},
      "data.aws_iam_policy_document.logs_to_kinesis_assume_role": {},
      "data.aws_iam_policy_document.logs_to_kinesis": {
        comment: "Matches the common prefix of the streams, so its size does not depend on the number of log groups.",
      },
    },
  },
  {
    path: "selections.tf",
    blocks: {
      "local.own_log_groups": {
        comment:
          "The log groups to which the stacks of this name write: what they say about deliveries would be delivered for ever.",
      },
      "data.aws_cloudwatch_log_groups.log_groups_by_prefix": {},
      "local.known_log_groups": {
        comment:
          "Those, what has an entry, and what forwarders have that a move takes away: no filter comes while its log group goes.",
      },
      "local.found_log_groups": {
        comment:
          "By name, each with its prefix: merge keeps the last one, which is the longest. Neither the pipeline's own log groups nor those of\n" +
          "search domains.",
      },
      "local.excluded_log_groups": {
        comment: "Those, what the search domain says, and the log groups that have a filter.",
      },
      "local.selection_criteria": { comment: "AWS takes 25 KB of it: a precondition has the limit." },
      "local.selection_size": { comment: "For that precondition: Terraform would show all of the criteria." },
      "aws_cloudwatch_log_account_policy.account_subscription": {
        comment:
          "After the filters: a log group that changes sides is subscribed by one of them at any time, and by both for a moment.",
      },
      "aws_cloudwatch_log_destination.this": {},
      "aws_cloudwatch_log_destination_policy.this": {},
      "data.aws_iam_policy_document.cloudwatch_log_destination_policy": {
        comment: "Who may subscribe log groups to the destination.",
      },
      "local.log_destination_role_arn": {},
      "aws_iam_role.log_destination": {},
      "aws_iam_role_policy.log_destination": {},
      "data.aws_iam_policy_document.log_destination_assume_role": {
        comment:
          "CloudWatch Logs acts for this account when it tests the destination, and for the source when it delivers.",
      },
      "data.aws_iam_policy_document.log_destination": {},
    },
  },
  {
    path: "forwarder.tf",
    blocks: {
      "aws_cloudwatch_log_group.forwarder": {
        comment: "Otherwise Lambda creates the log groups, unencrypted and without expiration.",
      },
      "aws_lambda_function.forwarder": {
        skipped: {
          CKV_AWS_115:
            "reserved concurrency fails in new accounts, and is optional (log_groups[*].reserved_concurrent_executions)",
          CKV_AWS_116:
            "a DLQ has no effect for an event source mapping; its on-failure destination is the archive bucket",
          CKV_AWS_117: "a VPC is optional (vpc); not every search endpoint is in one",
          CKV_AWS_272:
            "the zip is part of the module and checked by its hash; a signing profile belongs to the account",
        },
      },
      "aws_lambda_event_source_mapping.this": {
        comment:
          "Lambda retries records until an hour before they expire in the stream, for 7 days at most, and then writes them to\n" +
          "the archive bucket. The number of attempts is unlimited.",
      },
      "local.forwarder_role_arn": {},
      "aws_iam_role.forwarder": {
        comment: "Lambda itself also assumes this role to read the streams and to write to the on-failure destination.",
      },
      "aws_iam_role_policy.forwarder": {},
      "data.aws_iam_policy_document.forwarder_assume_role": {},
      "data.aws_iam_policy_document.forwarder": {},
    },
  },
  {
    path: "index-cleanup.tf",
    blocks: {
      "aws_cloudwatch_log_group.index_cleanup": {},
      "aws_lambda_function.index_cleanup": {
        skipped: {
          CKV_AWS_115: "reserved concurrency fails in new accounts; one schedule invokes it",
          CKV_AWS_116: "a run that fails is repeated by the next one",
          CKV_AWS_117: "a VPC is optional (vpc); not every search endpoint is in one",
          CKV_AWS_272:
            "the zip is part of the module and checked by its hash; a signing profile belongs to the account",
        },
      },
      "aws_iam_role.index_cleanup": {},
      "aws_iam_role_policy.index_cleanup": {},
      "data.aws_iam_policy_document.index_cleanup_assume_role": {},
      "data.aws_iam_policy_document.index_cleanup": {
        comment: "The domain's own access policy has the same statements about it.",
      },
      "aws_scheduler_schedule.index_cleanup": {
        skipped: { CKV_AWS_297: "the schedule sends no data, so there is nothing that a key of its own would protect" },
      },
      "aws_iam_role.index_cleanup_schedule": {},
      "aws_iam_role_policy.index_cleanup_schedule": {},
      "data.aws_iam_policy_document.index_cleanup_schedule_assume_role": {},
      "data.aws_iam_policy_document.index_cleanup_schedule": {},
    },
  },
  {
    path: "archive-compaction.tf",
    blocks: {
      "aws_cloudwatch_log_group.archive_compaction": {},
      "aws_lambda_function.archive_compaction": {
        skipped: {
          CKV_AWS_115: "reserved concurrency fails in new accounts; one schedule invokes it",
          CKV_AWS_116: "a run that fails is repeated by the next one",
          CKV_AWS_117: "a VPC is optional (vpc); S3 is in none",
          CKV_AWS_272:
            "the zip is part of the module and checked by its hash; a signing profile belongs to the account",
        },
      },
      "aws_iam_role.archive_compaction": {},
      "aws_iam_role_policy.archive_compaction": {},
      "data.aws_iam_policy_document.archive_compaction_assume_role": {},
      "data.aws_iam_policy_document.archive_compaction": {
        comment: "It deletes nothing that has changed since it was read, and overwrites nothing.",
      },
      "aws_scheduler_schedule.archive_compaction": {
        skipped: { CKV_AWS_297: "the schedule sends no data, so there is nothing that a key of its own would protect" },
      },
      "aws_iam_role.archive_compaction_schedule": {},
      "aws_iam_role_policy.archive_compaction_schedule": {},
      "data.aws_iam_policy_document.archive_compaction_schedule_assume_role": {},
      "data.aws_iam_policy_document.archive_compaction_schedule": {},
    },
  },
  {
    path: "audit.tf",
    blocks: {
      "local.index_settings": {
        comment: "The output index_settings has it, too.",
      },
      "local.audit_event": {
        comment: "The environment of a function has no room for the settings of many log groups.",
      },
      "aws_cloudwatch_log_group.audit": {},
      "aws_lambda_function.audit": {
        skipped: {
          CKV_AWS_115: "reserved concurrency fails in new accounts; one schedule invokes it",
          CKV_AWS_116: "what a run does not compare is counted, and an alarm tells of it",
          CKV_AWS_117: "a VPC is optional (vpc); not every search endpoint is in one",
          CKV_AWS_272:
            "the zip is part of the module and checked by its hash; a signing profile belongs to the account",
        },
      },
      "aws_iam_role.audit": {},
      "aws_iam_role_policy.audit": {},
      "data.aws_iam_policy_document.audit_assume_role": {},
      "data.aws_iam_policy_document.audit": {
        comment:
          "It reads, and writes nothing but its log. The domain's own access policy has the same statements about it.",
      },
      "aws_scheduler_schedule.audit": {
        skipped: {
          CKV_AWS_297: "it sends what the output index_settings has: names and patterns, which are no secrets",
        },
      },
      "aws_iam_role.audit_schedule": {},
      "aws_iam_role_policy.audit_schedule": {},
      "data.aws_iam_policy_document.audit_schedule_assume_role": {},
      "data.aws_iam_policy_document.audit_schedule": {},
    },
  },
  {
    path: "search.tf",
    blocks: {
      "local.search_endpoint": {},
      "local.browsers_come_unsigned": {
        comment:
          "By SAML, or by user and password. If the access policy names a principal, AWS demands a signature of everybody.",
      },
      "local.access_condition": {},
      "local.access_policies": {
        comment: "What people may do, by function; the output access_policies has it as JSON.",
      },
      "aws_cloudwatch_log_group.domain": {},
      "aws_cloudwatch_log_resource_policy.domain": {
        comment: "One for all logs of the domain: CloudWatch Logs has ten of them in an account and region.",
      },
      "data.aws_iam_policy_document.domain": {},
      "data.aws_secretsmanager_secret_version.master_user": {
        comment: "Its value, and so the password, is in the state.",
      },
      "aws_opensearch_domain.this": {
        skipped: {
          CKV_AWS_137:
            "a VPC is optional (vpc) and cannot be changed later; the access policy names the role that may write",
          CKV_AWS_248: "without a VPC the access policy names the principals; nobody else may read or write",
          CKV_AWS_317: "audit logs are optional (log_types, audit_log_group_arn) and need fine-grained access control",
          CKV_AWS_318:
            "dedicated masters and three nodes are optional (dedicated_master_type, instance_count) and cost more",
          CKV2_AWS_52: "fine-grained access control is optional (master_user_arn), because it cannot be disabled later",
          CKV2_AWS_59: "dedicated masters are optional (dedicated_master_type) and cost more",
        },
      },
      "data.aws_iam_policy_document.opensearch_domain": {
        comment:
          "The forwarder may write, the clean-up function may delete, readers may read; IAM policies of other principals decide\n" +
          "about their access. For browsers that do not sign their requests it names nobody, because AWS would demand a signature\n" +
          "of each request: fine-grained access control decides then, and the functions' own policies.",
        skipped: {
          CKV_AWS_283: "names nobody only with fine-grained access control, which then authenticates each request",
        },
      },
      "local.periods_kept": { comment: "The periods whose indices are kept; null where nothing limits them." },
      "local.shards_needed": {
        comment: "The shards of all indices once the first is deleted; after a year if none is.",
      },
      "local.shards_carried": {
        comment: "25 for each GiB of the nodes' heap: half of their memory, up to 32 GiB. null for an unknown type.",
      },
      "check.shards": {},
      "aws_opensearch_domain_saml_options.this": {},
      "check.ways_in": {},
    },
  },
  {
    path: "alarms.tf",
    blocks: {
      "local.alarms": {
        comment:
          "The functions' own metrics have no dimensions: one alarm on each, however many log groups there are. The domain's are AWS's\n" +
          "recommendation.",
      },
      "aws_cloudwatch_metric_alarm.this": {},
      "local.log_group_alarms": {
        comment:
          "By <log group or shared stream>:<alarm>. The values of the dimension DestinationType are not documented, so the metrics of a subscription\n" +
          "filter are queried by its name.",
      },
      "aws_cloudwatch_metric_alarm.log_group": {},
    },
  },
  {
    path: "dashboard.tf",
    blocks: {
      "aws_cloudwatch_dashboard.this": {
        comment:
          "Searches find the streams, filters and functions by the name in theirs, so the body has a constant size.",
      },
    },
  },
];
