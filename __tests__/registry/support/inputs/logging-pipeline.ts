import { keyAndRole } from "../../../support/terraform";
import { archiveKeyArn, arnIn, type ComparedInputs, DELIVERY_OPTIONS, STORED_TAGS as tags } from "./compared-inputs";

/** With the attribute of roles that the provider reads. */
const storedRoles = keyAndRole.map((resource) => ({
  ...resource,
  attributes: { ...resource.attributes, ...(resource.type === "aws_iam_role" && { managed_policy_arns: [] }) },
}));

export const comparedPipelines: ComparedInputs = [
  ["the defaults", {}],
  ["the defaults and a tag", { tags }, storedRoles],
  [
    // Without a state: the policies that quote the clean-up function's role and ARN are known after apply.
    "another name, no log group and the clean-up of indices",
    {
      name: "production",
      // Here, because a stored role with another path would be replaced.
      role_path: "/logging/",
      log_groups: {},
      streams: { all: { shards: 0 } },
      account_subscription: { stream: "all" },
      log_destination: { stream: "all", organization_id: "o-a1b2c3d4e5" },
      index_cleanup: {
        schedule: "cron(0 3 * * ? *)",
        timezone: "Europe/Berlin",
        keep_days: 90,
        keep_count: 400,
        max_disk_percent: 75,
        max_deletions_per_run: 100,
        dry_run: true,
      },
      alarms: { actions: [arnIn("sns", "alarms")], each_log_group: false },
    },
  ],
  [
    "every option of the pipeline",
    {
      tags: { ...tags, "cost center": "4711" },
      log_groups: {
        "/app/checkout": {
          shards: 4,
          retention_in_days: 30,
          filter_pattern: '{ ($.level = "ERROR") } ${x} %{y}',
          time_field: "at",
          distribution: "Random",
          reserved_concurrent_executions: 8,
        },
        "/app/audit": { shards: 0, retention_in_days: 0, index: "apps", parser: "none" },
        "/app/flows": {
          parser: "vpc_flow",
          parser_fields: "version account-id srcaddr dstaddr",
          keep_message: false,
          event_original: true,
        },
        "/aws/lambda/thumbnails": { create: false },
        "/app/cart": {
          stream: "apps",
          previous_stream: "by-applications",
          index: "carts",
          rules: [{ action: "drop", pattern: "^GET /health" }],
          metrics: { size: { value: "http.response.bytes" } },
        },
        "/app/search": { stream: "apps", keep_own_stream: true, shards: 2, parser: "none" },
      },
      streams: {
        apps: {
          shards: 0,
          retention_hours: 48,
          batch_size: 500,
          maximum_batching_window_in_seconds: 1,
          parallelization_factor: 2,
          function_memory_mib: 2_048,
          function_timeout_seconds: 300,
          reserved_concurrent_executions: 4,
          time_field: "at",
          join_lines: "^\\S",
        },
        "by-applications": {},
      },
      log_group_prefixes: {
        "/aws/": { stream: "by-applications" },
        "/aws/lambda/": {
          stream: "apps",
          filter_pattern: "ERROR",
          distribution: "Random",
          exclude: ["/aws/lambda/legacy"],
        },
      },
      log_destination: { stream: "by-applications", account_ids: ["210987654321"] },
      stream_consumers: { fraud: "/app/checkout", "a.reader_2": "apps" },
      default_index: "logs",
      batch_size: 10_000,
      maximum_batching_window_in_seconds: 300,
      parallelization_factor: 10,
      stream_retention_hours: 8_760,
      ...DELIVERY_OPTIONS,
      index_history: {
        "2026-12-01T00:00:00Z": {
          prefix: "old-",
          period: "month",
          default_index: "all",
          indices: { "/app/audit": "both" },
        },
      },
      index_template: "managed",
      record_max_bytes: 67_108_864,
      alarms: {
        actions: [arnIn("sns", "alarms")],
        ok_actions: [],
        insufficient_data_actions: [arnIn("sns", "gaps")],
        iterator_age_minutes: 600,
        failing_minutes: 30,
        quarantined_events: 10,
        nothing_arrived_minutes: 0,
        free_storage_percent: 40,
        jvm_memory_pressure_percent: 80,
      },
      dashboard: true,
      archive_bucket: "archive-of-logs",
      archive_bucket_account_id: "210987654321",
      archive_prefix: "logs/production/",
      archive_kms_key_arn: archiveKeyArn,
      kms_key_administrators: ["arn:aws:iam::123456789012:role/admin"],
      kms_key_policy_statements: [
        '{"Sid":"Shops","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::210987654321:root"},"Action":["kms:GenerateDataKey"],"Resource":["*"]}',
      ],
      kms_key_deletion_window_in_days: 7,
      permissions_boundary_arn: "arn:aws:iam::123456789012:policy/boundary",
      enforce_lambda_source_account: true,
      vpc: {
        subnet_ids: ["subnet-00000001", "subnet-00000002", "subnet-00000003"],
        security_group_ids: ["sg-00000001"],
      },
      search_domain: {
        engine_version: "Elasticsearch_7.10",
        instance_type: "r7g.large.search",
        instance_count: 6,
        volume_size_gib: 100,
        availability_zones: 3,
        dedicated_master_type: "m7g.large.search",
        master_user_arn: "arn:aws:iam::123456789012:role/master",
        audit_log_group_arn: "arn:aws:logs:eu-central-1:123456789012:log-group:audit",
        reader_arns: ["arn:aws:iam::123456789012:role/reader", "arn:aws:iam::123456789012:user/auditor"],
        cognito: {
          user_pool_id: "eu-central-1_AbCdEfGhI",
          identity_pool_id: "eu-central-1:01234567-89ab-cdef-0123-456789abcdef",
          role_arn: "arn:aws:iam::123456789012:role/cognito",
        },
      },
    },
    storedRoles,
  ],
  [
    "sign-in by SAML and by password, from some addresses",
    {
      tags,
      log_groups: {},
      search_domain: {
        ...{ instance_type: "r7g.large.search", instance_count: 3, availability_zones: 3 },
        ...{ dedicated_master_type: "m7g.large.search", multi_az_with_standby: true },
        ...{ volume_size_gib: 1_200, volume_iops: 3_600, volume_throughput_mib: 300 },
        ...{ warm_type: "ultrawarm1.large.search", warm_count: 3, cold_storage: true },
        ...{ auto_tune: true, off_peak_window_start: "21:30", auto_software_update: true },
        custom_endpoint: {
          hostname: "search.example.com",
          certificate_arn: "arn:aws:acm:eu-central-1:123456789012:certificate/01234567",
        },
        log_types: ["ES_APPLICATION_LOGS", "SEARCH_SLOW_LOGS", "AUDIT_LOGS"],
        log_retention_in_days: 30,
        master_user_secret_arn: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:master",
        ip_allow_list: ["203.0.113.0/24", "2001:db8::/32"],
        access_policy_statements: [
          '{"Sid":"A","Effect":"Allow","Principal":{"AWS":"*"},"Action":["es:ESHttpGet"],"Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}}',
          '{"Effect":"Deny","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"NotAction":"es:ESHttpGet","Resource":["*"]}',
        ],
        saml: {
          entity_id: "https://idp.example.com/${x}",
          metadata_content: '<xml a="b"/>',
          master_user_name: "admin",
          master_backend_role: "admins",
          subject_key: "mail",
          roles_key: "groups",
          session_timeout_minutes: 480,
        },
      },
    },
    storedRoles,
  ],
  [
    "a search endpoint that is a domain of AWS",
    {
      tags,
      search_endpoint: "https://search.example.com",
      search_domain_arn: "arn:aws:es:us-east-1:123456789012:domain/search",
      search_region: "us-east-1",
    },
    storedRoles,
  ],
  [
    "an endpoint with credentials of its own",
    {
      tags,
      search_endpoint: "https://logs.es.us-east-1.aws.elastic-cloud.com:9243",
      search_credentials: {
        secret_arn: "arn:aws:secretsmanager:us-east-1:210987654321:secret:search-AbCdEf",
        kms_key_arn: "arn:aws:kms:us-east-1:210987654321:key/secret",
      },
      index_cleanup: { schedule: "rate(1 day)", keep_days: 90 },
      archive_compaction: { schedule: "rate(1 hour)", look_back_hours: 24 },
      audit: { schedule: "rate(1 hour)", min_age_hours: 4, look_back_hours: 2, memory_mib: 2048 },
    },
    storedRoles,
  ],
  [
    "a stream in place of a search endpoint",
    {
      tags,
      target_stream_arn: "arn:aws:kinesis:us-east-1:210987654321:stream/app-logs",
      target_stream_kms_key_arn: archiveKeyArn,
    },
    storedRoles,
  ],
  [
    // The variables of its functions are known, unlike those with the endpoint of a domain that is to be made.
    "a search endpoint that is not a domain of AWS, and existing key and roles",
    {
      tags,
      create_forwarder_role: false,
      forwarder_role_arn: "arn:aws:iam::123456789012:role/forwarder",
      create_logs_to_kinesis_role: false,
      logs_to_kinesis_role_arn: "arn:aws:iam::123456789012:role/logs",
      create_kms_key: false,
      kms_key_arn: archiveKeyArn,
      search_endpoint: "https://search.example.com:9200",
      log_groups: {
        "/app/payments": {
          join_lines: "^\\S",
          fields: { "user.plan": { from: "url.query", pattern: "(?:^|&)plan=(?P<plan>[a-z]+)" } },
          rules: [
            { action: "keep", field: "log.level", values: ["error", "warn"] },
            { action: "sample", pattern: '^"GET /health/\\d+', rate: 0.01 },
            { action: "redact", what: ["email", "card_number"] },
          ],
          metrics: {
            errors: { where: [{ field: "log.level", values: ["error"] }, { pattern: "<pay> ${x}" }] },
            latency: {
              ...{ value: "event.duration", unit: "Milliseconds" },
              dimensions: { service: { field: "service.name", values: ["cart"] }, zone: { field: "cloud.zone" } },
            },
          },
        },
      },
      archive_content: "redacted",
    },
  ],
];
